import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const selinux: StepInfo = {
  id: 'selinux',
  title: msg('SELinux mode'),
  what: msg(
    'Sets the mode in /etc/selinux/config and, if the running kernel allows it, immediately. Reports if a reboot is required.',
  ),
  why: msg(
    'The installation guides ask for permissive, not disabled: enabling SELinux again requires relabeling the whole file system.',
  ),
  undo: msg('Undo restores /etc/selinux/config and the running mode; file labels stay.'),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.selinux !== undefined,
  intent: () => ({ files: ['/etc/selinux/config'], settings: { '/etc/selinux/config': ['SELINUX'] } }),
};
