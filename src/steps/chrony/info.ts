import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf } from '../common/services.ts';

export const chronyPackages = packagesOf('chrony');

export const chrony: StepInfo = {
  id: 'chrony',
  title: msg('Time synchronization (chrony)'),
  what: msg(
    'Installs chrony. Controllers use the time servers in the cluster file and serve the other nodes. Other server, pool and peer lines in /etc/chrony.conf are commented out. Enables and starts chronyd, and checks that it lists its sources.',
  ),
  why: msg(
    'Token expiry and the state of compute nodes depend on the clock, so all nodes must have the same time.',
  ),
  undo: msg(
    'Undo takes the step’s changes to /etc/chrony.conf back and restores the state of chronyd; later manual changes and the package stay. Manually: remove the marked block, uncomment the other lines and restart chronyd.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.services.chrony !== undefined,
  intent: () => ({
    packages: chronyPackages,
    files: ['/etc/chrony.conf'],
    services: { chronyd: 'enabled' },
  }),
};
