import type { Cluster } from '../cluster/model.ts';
import { nodesOn } from '../cluster/on.ts';

/** Nodes of which one at a time may be away: the members of a service with a quorum, or the controllers. */
export interface QuorumGroup {
  readonly name: string;
  readonly nodes: readonly string[];
}

/** The groups of a cluster that have several members. */
export function quorumGroups({ nodes, services }: Cluster): readonly QuorumGroup[] {
  const { rabbitmq, etcd, mariadb } = services;
  const placed = Object.entries({ etcd, rabbitmq, mariadb });
  const groups = placed.flatMap(([name, service]) =>
    service ? [{ name, nodes: nodesOn(nodes, service.on) }] : [],
  );
  const controllers = nodes.filter(({ roles }) => roles.includes('controller')).map(({ name }) => name);
  return [...groups, { name: 'controller', nodes: controllers }].filter((group) => group.nodes.length > 1);
}

/** The member for which a reboot has to wait. */
export interface AwayMember {
  readonly node: string;
  readonly group: string;
  /** It did not come back. */
  readonly isLost: boolean;
}

/** Lets one member of each group be away at a time. */
export class RebootQueue {
  readonly #groups: readonly QuorumGroup[];
  /** The nodes that are away, and whether for good. */
  readonly #away = new Map<string, { readonly isLost: boolean }>();
  #wake: (() => void)[] = [];

  constructor(groups: readonly QuorumGroup[]) {
    this.#groups = groups;
  }

  /** The groups of a node. */
  of(node: string): readonly QuorumGroup[] {
    return this.#groups.filter(({ nodes }) => nodes.includes(node));
  }

  /** Lets the node be away, or returns the member that has to come back first. */
  leave(node: string): AwayMember | undefined {
    for (const { name: group, nodes } of this.of(node))
      for (const other of nodes) {
        const away = other === node ? undefined : this.#away.get(other);
        if (away) return { node: other, group, ...away };
      }
    this.#away.set(node, { isLost: false });
    return undefined;
  }

  /** The node is back, or is given up. */
  end(node: string, isBack: boolean): void {
    if (isBack) this.#away.delete(node);
    else this.#away.set(node, { isLost: true });
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Resolves when another node is back or given up. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }
}
