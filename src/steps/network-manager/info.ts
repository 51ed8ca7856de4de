import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const networkManager: StepInfo = {
  id: 'network-manager',
  isAvailable: true,
  title: msg('NetworkManager'),
  what: msg(
    'Disabled: the network service takes over every interface that carries the node’s address, then NetworkManager stops for good; EL9 has nothing that could take over, so there it is refused. Enabled: runs it, now and at every start.',
  ),
  why: msg(
    'Packstack warns where NetworkManager runs; stopping it with nothing to take over, over the very link that it carries, cuts the node off.',
  ),
  undo: msg(
    'Revert starts and enables NetworkManager again; the network service is left running, for its stop takes the interfaces down.',
  ),
  reverts: true,
  drifts: true,
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
