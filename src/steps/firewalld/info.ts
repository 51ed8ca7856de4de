import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const firewalld: StepInfo = {
  id: 'firewalld',
  isAvailable: true,
  title: msg('Firewall (firewalld)'),
  what: msg(
    'Disabled: stops firewalld and keeps it off. Enabled: runs it, with the ports of SSH and the APIs open, and between the nodes those of the services, now and at boot.',
  ),
  why: msg(
    'A restrictive firewall is on by default, and the services cannot reach one another; Packstack brings rules of its own and wants firewalld off.',
  ),
  undo: msg('Undo restores the zone file and the state of the service; ports that others opened stay.'),
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
