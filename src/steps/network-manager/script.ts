import { networkSh } from '../../shell/network.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { networkManagerSh } from './network-manager.sh.ts';

export const script = scriptFrom(
  networkManagerSh,
  ({ cluster, node }) => ({
    network_manager_wanted: cluster.system['network-manager'] ?? 'enabled',
    network_manager_address: node.address ?? '',
  }),
  [networkSh],
);
