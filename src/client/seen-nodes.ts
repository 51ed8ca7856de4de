import { own } from '../base/own.ts';
import type { Cluster } from '../cluster/model.ts';
import type { SeenNode } from '../rules/live.ts';
import type { NodeStatus } from '../run/state.ts';

/** Records the address that the facts of each node come from: the facts are invalid if the node now has another address. */
export interface SeenNodes {
  /** The nodes of a file with valid facts. */
  take(
    uri: string,
    cluster: Cluster,
    known: Readonly<Record<string, NodeStatus>>,
  ): ReadonlyMap<string, SeenNode>;
}

interface Remembered {
  readonly at: number;
  readonly machine: string;
}

export function createSeenNodes(): SeenNodes {
  const remembered = new Map<string, Remembered>();
  return {
    take: (uri, cluster, known) => {
      const seen = new Map<string, SeenNode>();
      for (const { name, ssh } of cluster.nodes) {
        const { facts, factsAt } = own(known, name) ?? {};
        if (!facts || factsAt === undefined) continue;
        const key = `${uri} ${name}`;
        const machine = JSON.stringify([ssh.host, ssh.port, ssh.jump]);
        const before = remembered.get(key);
        if (before?.at !== factsAt) remembered.set(key, { at: factsAt, machine });
        if (remembered.get(key)?.machine === machine) seen.set(name, { facts, at: factsAt });
      }
      return seen;
    },
  };
}
