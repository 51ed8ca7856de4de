import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const shellProfile: StepInfo = {
  id: 'shell-profile',
  isAvailable: true,
  title: msg('Shell prompt and aliases'),
  what: msg(
    'Writes /etc/profile.d/stackprep.sh: a prompt with user, host and directory, and vi as vim where vim is installed.',
  ),
  why: msg('With four terminals open the prompt must say which node it is.'),
  undo: msg(
    'Undo removes /etc/profile.d/stackprep.sh, or restores what was there; lines that were added by hand since then stay.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: () => false,
  intent: () => ({ files: ['/etc/profile.d/stackprep.sh'] }),
};
