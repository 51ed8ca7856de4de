import { msg } from '../../base/l10n.ts';
import { quorumServices, type StepInfo } from '../common/definition.ts';

export const upgrade: StepInfo = {
  id: 'upgrade',
  title: msg('All packages up to date'),
  what: msg('Runs yum or dnf upgrade, and reports if a new kernel requires a reboot.'),
  why: msg('The RDO packages are built against the current packages of the system.'),
  undo: msg("An upgrade can't be undone safely; take a snapshot of the node first."),
  reverts: false,
  drifts: false,
  // The packages of RabbitMQ and MariaDB restart them (%systemd_postun_with_restart in their spec files).
  restarts: quorumServices,
  impliedBy: (cluster) => cluster.openstack.release !== undefined,
  intent: () => ({ upgrade: true }),
};
