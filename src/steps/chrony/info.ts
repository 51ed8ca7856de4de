import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';
import { packagesOf } from '../common/services.ts';

export const chronyPackages = packagesOf('chrony');

export const chrony: StepInfo = {
  id: 'chrony',
  isAvailable: true,
  title: msg('Time by chrony'),
  what: msg(
    'Installs chrony; the controllers use the time servers of the file and serve the other nodes. Other server, pool and peer lines of /etc/chrony.conf become comments; chronyd starts at boot and now, and must list its sources.',
  ),
  why: msg(
    'Tokens expire by the clock and compute nodes count as down by it; the nodes must agree on the time.',
  ),
  undo: msg(
    'Undo restores /etc/chrony.conf and the state of chronyd; the package stays. By hand: remove the marked block and the comment signs, then restart chronyd.',
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
