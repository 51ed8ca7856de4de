import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const shellProfile: StepInfo = {
  id: 'shell-profile',
  title: msg('Shell prompt and aliases'),
  what: msg(
    'Writes /etc/profile.d/stackprep.sh: a prompt with user, host and directory, and an alias from vi to vim if vim is installed.',
  ),
  why: msg('With several terminals open, the prompt should show which node each one is on.'),
  undo: msg(
    'Undo removes /etc/profile.d/stackprep.sh or restores the former file; lines added manually since then stay.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: () => false,
  intent: () => ({ files: ['/etc/profile.d/stackprep.sh'] }),
};
