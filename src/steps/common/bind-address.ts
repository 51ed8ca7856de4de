import { own } from '../../base/own.ts';
import { addressValue, contains, parseCidr } from '../../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';

function isIn(address: string, cidr: string | undefined): boolean {
  const [value, range] = [addressValue(address), parseCidr(cidr ?? '')];
  return value !== undefined && range !== undefined && contains(range, value);
}

/** Where a service of a node listens: an address, or arguments of `ip addr show` that find it on the node. */
export interface BindSource {
  /** Empty where only the node knows it. */
  readonly address: string;
  readonly network: string;
}

/**
 * The address that a service of the node must listen on: an address as it is written, or the node's own in a network of the
 * file. Only the node knows its address in any other network than that of its `address`.
 */
export function bindSource(cluster: Cluster, node: ClusterNode, written: string | undefined): BindSource {
  if (written === undefined || written === 'management') return { address: node.address, network: '' };
  const network = own(cluster.networks, written);
  if (!network) return { address: written, network: '' };
  if (isIn(node.address, network.cidr)) return { address: node.address, network: '' };
  const words = [
    ...(network.interface === undefined ? [] : ['dev', network.interface]),
    ...(network.cidr === undefined ? [] : ['to', network.cidr]),
  ];
  return { address: '', network: words.join(' ') };
}
