import { namesOf } from './aliases.ts';
import type { Cluster } from './model.ts';

/**
 * Lines of hosts(5): the virtual address, if it has a name, then every node with its address, its name, and its short name.
 * A node without an address is for the DNS.
 */
export function hostLines({ nodes, vip }: Cluster): readonly string[] {
  return [
    ...(vip?.name === undefined ? [] : [`${vip.address} ${vip.name}\n`]),
    ...nodes.flatMap((node) =>
      node.address === undefined ? [] : [`${node.address} ${namesOf(node, nodes).join(' ')}\n`],
    ),
  ];
}
