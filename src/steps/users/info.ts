import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const users: StepInfo = {
  id: 'users',
  title: msg('Users, their keys and sudo'),
  what: msg(
    'Creates the users and sets their shell, groups, keys and, from a secret, password. Writes their sudo rules to /etc/sudoers.d/stackprep after a check with visudo, and checks what sudo allows.',
  ),
  why: msg(
    'A syntax error in a sudoers file disables sudo for everyone, and a password on a command line is visible to all users of the node.',
  ),
  undo: msg(
    'Undo removes the users that the step created (their home directories stay) and restores the rules, groups, shells, passwords and keys of the others. The login user is not changed.',
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
