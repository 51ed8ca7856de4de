import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const selinux: StepInfo = {
  id: 'selinux',
  isAvailable: true,
  title: msg('SELinux mode'),
  what: msg(
    'Sets the mode in /etc/selinux/config and, as far as the running kernel allows, now; reports what needs a reboot.',
  ),
  why: msg(
    'The guides ask for permissive, not for disabled: from disabled there is no way back without a relabel of the whole disk.',
  ),
  undo: msg(
    'Revert puts /etc/selinux/config and the running mode back; labels that a relabel wrote do no harm and stay.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.selinux !== undefined,
  intent: () => ({ files: ['/etc/selinux/config'], settings: { '/etc/selinux/config': ['SELINUX'] } }),
};
