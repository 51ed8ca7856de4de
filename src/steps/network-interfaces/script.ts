import { networkSh } from '../../shell/network.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { interfacesOf } from './interfaces.ts';
import { networkInterfacesSh } from './network-interfaces.sh.ts';

export const script = scriptFrom(
  networkInterfacesSh,
  ({ cluster, node }) => {
    const { management, prefix, provider, others } = interfacesOf(cluster, node);
    return {
      network_interfaces_address: node.address ?? '',
      network_interfaces_management: management,
      network_interfaces_prefix: prefix,
      network_interfaces_provider: provider,
      network_interfaces_others: others.join(' '),
      network_interfaces_manager: cluster.system['network-manager'] ?? '',
    };
  },
  [networkSh],
);
