import type { QuorumGroup } from '../plan/quorum-groups.ts';

/** The member that has to come back first. */
export interface AwayMember {
  readonly node: string;
  readonly group: string;
  /** It did not come back. */
  readonly isLost: boolean;
}

interface Absence {
  readonly groups: readonly string[];
  readonly isLost: boolean;
}

/** Lets one member of each group be away at a time: while its node reboots, or a step may restart its service. */
export class Absences {
  readonly #groups: readonly QuorumGroup[];
  readonly #away = new Map<string, Absence>();
  #wake: (() => void)[] = [];

  constructor(groups: readonly QuorumGroup[]) {
    this.#groups = groups;
  }

  /** The groups of a node. */
  of(node: string): readonly QuorumGroup[] {
    return this.#groups.filter(({ nodes }) => nodes.includes(node));
  }

  /** Lets the node be away from these groups, or returns the member that has to come back first. */
  leave(node: string, groups: readonly QuorumGroup[]): AwayMember | undefined {
    for (const { name: group, nodes } of groups)
      for (const other of nodes) {
        const away = other === node ? undefined : this.#away.get(other);
        if (away?.groups.includes(group)) return { node: other, group, isLost: away.isLost };
      }
    this.isAway(node, groups);
    return undefined;
  }

  /** The node is away from these groups already, as an earlier process left it. */
  isAway(node: string, groups: readonly QuorumGroup[]): void {
    if (groups.length > 0) this.#away.set(node, { groups: groups.map(({ name }) => name), isLost: false });
  }

  /** The node is back, or is given up. */
  end(node: string, isBack: boolean): void {
    const away = this.#away.get(node);
    if (!away) return;
    if (isBack) this.#away.delete(node);
    else this.#away.set(node, { ...away, isLost: true });
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Resolves when another node is back or given up. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }
}
