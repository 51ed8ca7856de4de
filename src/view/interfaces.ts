import type { NodeStatus } from '../run/state.ts';

/** The network interfaces that nodes said they have, with how many nodes have each. */
export type KnownInterfaces = Readonly<Record<string, number>>;

/** The loopback, and what hypervisors and container engines make as they go; a network of the file is on none of them. */
const notForNetworks = /^(?:lo$|ovs-system$|br-(?:int|tun)$|veth|tap|vnet|virbr|docker|q(?:br|vb|vo|g-|r-))/;

/** The interfaces of a cluster's nodes that a network can be on, those of most nodes first. */
export function knownInterfaces(nodes: Readonly<Record<string, NodeStatus>>): KnownInterfaces {
  const counts = new Map<string, number>();
  for (const { facts } of Object.values(nodes))
    for (const { name } of facts?.interfaces ?? [])
      if (!notForNetworks.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)));
}
