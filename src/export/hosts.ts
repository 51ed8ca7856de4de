import { namesOf } from '../cluster/aliases.ts';
import type { Cluster } from '../cluster/model.ts';

/** A line of hosts(5) for every node: its address, its name, and the short form that the step `hosts-file` writes. */
export function hostsText({ nodes }: Cluster): string {
  return nodes.map((node) => `${node.address} ${namesOf(node, nodes).join(' ')}\n`).join('');
}
