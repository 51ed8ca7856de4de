import { isNode } from '../../cluster/aliases.ts';
import { parseCidr } from '../../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { answerValues, neededInterfaces } from '../../packstack/hosts.ts';

/** The node's interfaces in the cluster file; device and prefix are empty if there is none. */
export interface Interfaces {
  readonly management: string;
  readonly prefix: number | '';
  readonly provider: string;
  /** Interfaces of other networks, which must exist. */
  readonly others: readonly string[];
}

/** Whether the node needs the provider interface: with Packstack, only hosts whose bridges it joins. */
function hasProvider(cluster: Cluster, node: ClusterNode): boolean {
  if (cluster.openstack.installer !== 'packstack') return true;
  const device = cluster.networks.provider?.interface;
  return neededInterfaces(answerValues(cluster)).some(
    (each) => each.device === device && isNode(node, each.host, cluster.nodes),
  );
}

/** The interfaces of a node in the cluster file. */
export function interfacesOf(cluster: Cluster, node: ClusterNode): Interfaces {
  const { address = '' } = node;
  const { management, provider, ...rest } = cluster.networks;
  const range = management?.cidr === undefined ? undefined : parseCidr(management.cidr);
  const device = management?.interface;
  const others = Object.values(rest).flatMap((network) => network.interface ?? []);
  const fits = device !== undefined && range?.family === 4 && /^\d+(\.\d+){3}$/.test(address);
  return {
    management: fits ? device : '',
    prefix: fits ? range.prefix : '',
    provider: hasProvider(cluster, node) ? (provider?.interface ?? '') : '',
    others: device !== undefined && !range ? [device, ...others] : others,
  };
}

/** What the interfaces of a node end up with. */
export function wantedInterfaces(
  cluster: Cluster,
  node: ClusterNode,
): Readonly<Record<string, 'address' | 'up'>> {
  const { management, provider } = interfacesOf(cluster, node);
  return {
    ...(management === '' ? {} : { [management]: 'address' as const }),
    ...(provider === '' ? {} : { [provider]: 'up' as const }),
  };
}
