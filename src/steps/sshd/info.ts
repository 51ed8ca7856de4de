import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const sshd: StepInfo = {
  id: 'sshd',
  title: msg('SSH server (sshd)'),
  what: msg(
    'Writes the settings under `sshd` where they take precedence: to a file in sshd_config.d, or a marked block at the top of sshd_config. Tests them with `sshd -t`, reloads sshd, and checks the output of `sshd -T` for this login.',
  ),
  why: msg(
    'sshd uses the first value of a setting, a Match block can override it, and a wrong setting locks everyone out.',
  ),
  undo: msg(
    'Undo takes the step’s changes to the files of sshd back and reloads it; later manual changes stay, and so do ports that were allowed in SELinux or the firewall.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => Object.keys(cluster.sshd).length > 0,
  intent: () => ({ files: ['/etc/ssh/sshd_config'], services: { sshd: 'enabled' } }),
};
