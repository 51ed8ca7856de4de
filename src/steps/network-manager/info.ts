import { msg } from '../../base/l10n.ts';
import { quorumServices, type StepInfo } from '../common/definition.ts';

export const networkManager: StepInfo = {
  id: 'network-manager',
  title: msg('NetworkManager'),
  what: msg(
    'Disabled: the network service takes over the interfaces with the node’s address, then NetworkManager is stopped and disabled. Not possible on EL9, which has no network service. Enabled: enables and starts NetworkManager.',
  ),
  why: msg(
    'Packstack warns if NetworkManager is running. Stopping it without another service that configures the interfaces cuts off the node.',
  ),
  undo: msg(
    'Undo enables and starts NetworkManager. The network service keeps running, since stopping it takes the interfaces down.',
  ),
  reverts: true,
  drifts: true,
  // It takes the interfaces down for a moment.
  restarts: quorumServices,
  impliedBy: (cluster) => cluster.system['network-manager'] !== undefined,
  intent: ({ cluster }) =>
    cluster.system['network-manager'] === 'disabled'
      ? {
          packages: [{ 7: 'initscripts', 8: 'network-scripts' }],
          services: { network: 'enabled', NetworkManager: 'disabled' },
        }
      : {
          packages: [{ 7: 'NetworkManager', 8: 'NetworkManager', 9: 'NetworkManager' }],
          services: { NetworkManager: 'enabled' },
        },
};
