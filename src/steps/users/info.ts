import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const users: StepInfo = {
  id: 'users',
  isAvailable: true,
  title: msg('Users, their keys and sudo'),
  what: msg(
    'Creates the users, gives them shell, groups, keys, and the password of a secret, and writes their rules of sudo, after visudo has read them, to /etc/sudoers.d/stackprep; checks what sudo then allows.',
  ),
  why: msg(
    'An error in a file of sudo disables sudo for everybody, and a password on a command line can be read by every user of the node.',
  ),
  undo: msg(
    'Undo removes the users that the step created (their homes stay) and restores rules, groups, shells, passwords and keys of the others. What the login user has stays.',
  ),
  drifts: true,
  reverts: true,
  impliedBy: (cluster) => Object.keys(cluster.users).length > 0,
  intent: ({ cluster }) => ({
    files: Object.values(cluster.users).some(({ sudo = 'none' }) => sudo !== 'none')
      ? ['/etc/sudoers.d/stackprep']
      : [],
  }),
  secrets: ({ cluster }) => Object.values(cluster.users).flatMap(({ password }) => password?.secret ?? []),
};
