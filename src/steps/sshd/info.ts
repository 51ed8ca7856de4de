import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const sshd: StepInfo = {
  id: 'sshd',
  isAvailable: true,
  title: msg('SSH server (sshd)'),
  what: msg(
    'Writes the settings under `sshd` where the first value wins: its own file in sshd_config.d, or a marked block at the top of sshd_config; tests them with `sshd -t`, reloads sshd, and checks what `sshd -T` reports for this login.',
  ),
  why: msg(
    'A setting further down has no effect, a Match block can undo it, and a wrong one locks everybody out.',
  ),
  undo: msg(
    'Revert puts the former sshd_config back and reloads sshd; ports that SELinux or the firewall learned of stay allowed.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => Object.keys(cluster.sshd).length > 0,
  intent: () => ({ files: ['/etc/ssh/sshd_config'], services: { sshd: 'enabled' } }),
};
