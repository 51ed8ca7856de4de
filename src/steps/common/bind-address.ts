import { own } from '../../base/own.ts';
import { reachedAt } from '../../cluster/aliases.ts';
import { addressValue, contains, parseCidr } from '../../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';

function isIn(address: string, cidr: string | undefined): boolean {
  const [value, range] = [addressValue(address), parseCidr(cidr ?? '')];
  return value !== undefined && range !== undefined && contains(range, value);
}

/** Where a service listens: an address, or arguments of `ip addr show` that find it on the node. */
export interface BindSource {
  /** Empty if only the node knows it. */
  readonly address: string;
  readonly network: string;
}

/**
 * The listen address of a service: as written, or the node's own in a network of the cluster file. Outside the network of its
 * `address`, only the node knows it.
 */
export function bindSource(cluster: Cluster, node: ClusterNode, written: string | undefined): BindSource {
  if (written === undefined || written === 'management') return { address: reachedAt(node), network: '' };
  const network = own(cluster.networks, written);
  if (!network) return { address: written, network: '' };
  if (node.address !== undefined && network.cidrs?.some((cidr) => isIn(node.address ?? '', cidr)))
    return { address: node.address, network: '' };
  const [known] = own(node.addresses, written) ?? [];
  if (known !== undefined) return { address: known, network: '' };
  const { interface: device, cidrs: [cidr, ...others] = [] } = network;
  // `ip` takes one range; the interface of a network with several has no address of another one.
  const isByDevice = device !== undefined && others.length > 0;
  const words = [
    ...(device === undefined ? [] : ['dev', device]),
    ...(cidr === undefined || isByDevice ? [] : ['to', cidr]),
  ];
  return { address: '', network: words.join(' ') };
}
