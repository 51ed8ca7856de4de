import { parseCidr } from '../../cluster/cidr.ts';
import type { Cluster, ClusterNode } from '../../cluster/model.ts';
import { answerValues, neededInterfaces } from '../../packstack/hosts.ts';
import { networkSh } from '../../shell/network.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { networkInterfacesSh } from './network-interfaces.sh.ts';

/** The node's interfaces in the cluster file; device and prefix are empty if there is none. */
interface Interfaces {
  readonly management: string;
  readonly prefix: number | '';
  readonly provider: string;
  /** Interfaces of other networks, which must exist. */
  readonly others: readonly string[];
}

/** Whether the node needs the provider interface: with Packstack, only hosts whose bridges it joins. */
function hasProvider(cluster: Cluster, { name, address }: ClusterNode): boolean {
  if (cluster.openstack.installer !== 'packstack') return true;
  const device = cluster.networks.provider?.interface;
  return neededInterfaces(answerValues(cluster)).some(
    (each) => each.device === device && (each.host === address || each.host === name),
  );
}

function interfacesOf(cluster: Cluster, node: ClusterNode): Interfaces {
  const { address } = node;
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

export const script = scriptFrom(
  networkInterfacesSh,
  ({ cluster, node }) => {
    const { management, prefix, provider, others } = interfacesOf(cluster, node);
    return {
      network_interfaces_address: node.address,
      network_interfaces_management: management,
      network_interfaces_prefix: prefix,
      network_interfaces_provider: provider,
      network_interfaces_others: others.join(' '),
      network_interfaces_manager: cluster.system['network-manager'] ?? '',
    };
  },
  [networkSh],
);
