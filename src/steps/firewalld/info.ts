import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const firewalld: StepInfo = {
  id: 'firewalld',
  title: msg('Firewall (firewalld)'),
  what: msg(
    'Disabled: disables and stops firewalld. Enabled: enables and starts it, opens the SSH and API ports, and opens the service ports between the nodes, permanently.',
  ),
  why: msg(
    'The default firewall blocks the services from one another. Packstack adds its own rules and needs firewalld disabled.',
  ),
  undo: msg(
    'Undo closes the ports that the step opened and restores the state of the service; what was changed in the zone since stays.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.firewalld !== undefined,
  intent: ({ cluster }) =>
    cluster.system.firewalld === 'enabled'
      ? {
          packages: [{ 7: 'firewalld', 8: 'firewalld', 9: 'firewalld' }],
          services: { firewalld: 'enabled' },
        }
      : { services: { firewalld: 'disabled' } },
};
