import type { NodeStatus } from '../run/state.ts';

/** The network interfaces reported by the nodes, with the number of nodes that have each. */
export type KnownInterfaces = Readonly<Record<string, number>>;

/** The loopback interface, and interfaces created by hypervisors and container engines; never used for a network of the file. */
const notForNetworks = /^(?:lo$|ovs-system$|br-(?:int|tun)$|veth|tap|vnet|virbr|docker|q(?:br|vb|vo|g-|r-))/;

/** The interfaces of a cluster's nodes that a network can use, the most common first. */
export function knownInterfaces(nodes: Readonly<Record<string, NodeStatus>>): KnownInterfaces {
  const counts = new Map<string, number>();
  for (const { facts } of Object.values(nodes))
    for (const { name } of facts?.interfaces ?? [])
      if (!notForNetworks.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)));
}
