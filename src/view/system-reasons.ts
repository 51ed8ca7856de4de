import { type Message, msg } from '../base/l10n.ts';

/** The texts of the reasons of the steps `kernel` and `users`, by code. */
export const systemReasons: Readonly<Record<string, (...args: readonly string[]) => Message>> = {
  'file-obsolete': (path = '') =>
    msg('The cluster file has no settings for {0}. A run removes the file.', path),
  'module-unknown': (name = '', kernel = '') =>
    msg(
      'Kernel {1} has no module {0}. Fix the name; in a container, load the module on the host.',
      name,
      kernel,
    ),
  'module-not-loaded': (name = '') => msg('The kernel module {0} is not loaded.', name),
  'parameter-absent': (key = '') => msg('{0} does not exist until its module is loaded.', key),
  'parameter-unknown': (key = '', kernel = '') =>
    msg(
      'Kernel {1} has no parameter {0}. Fix the name, or add the module that provides it to kernel.modules.',
      key,
      kernel,
    ),
  'parameter-differs': (key = '', now = '', wanted = '') => msg('{0} is {1}, not {2}.', key, now, wanted),
  'parameter-read-only': (key = '', now = '', wanted = '') =>
    msg(
      '{0} is {1}, not {2}. It is read-only in this kernel or container: set it on the host.',
      key,
      now,
      wanted,
    ),
  'parameter-set-elsewhere': (key = '', other = '', path = '') =>
    msg('{2} sets {0} to {1}, which `sysctl --system` would restore. Remove that line.', key, other, path),
  'parameter-set-later': (key = '', other = '', place = '') =>
    msg(
      '{2} sets {0} to {1} and is read later at boot. Remove that line, or take the value into the cluster file.',
      key,
      other,
      place,
    ),
  'limit-set-later': (limit = '', other = '', place = '') =>
    msg(
      '{2} sets the limit `{0}` to {1} and is read later at login. Remove that line, or take the value into the cluster file.',
      limit,
      other,
      place,
    ),
  'link-not-of-root': (path = '', target = '') =>
    msg(
      '{0} is a symbolic link to {1}, which other users could replace. Move that file to a folder that only root can write, or replace the link with the file.',
      path,
      target,
    ),
  'user-missing': (user = '') => msg('There is no user {0} yet.', user),
  'user-shell': (user = '', now = '', wanted = '') =>
    msg('The shell of {0} is {1}, not {2}.', user, now, wanted),
  'user-not-in-group': (user = '', group = '') => msg('{0} is not in the group {1}.', user, group),
  'group-missing': (group = '') =>
    msg('The node has no group {0}. Correct the name, or create the group in a custom step before.', group),
  'shell-missing': (path = '') =>
    msg('The node has no shell {0}. Correct the path, or install its package in a custom step before.', path),
  'user-key-unread': (user = '', path = '') =>
    msg(
      'The public key {1} of {0} could not be read on this computer. Correct its path under users.{0}.keys.',
      user,
      path,
    ),
  'password-differs': (user = '') => msg('The password of {0} differs from the secret.', user),
  'password-unfit': (user = '') =>
    msg(
      'The secret cannot be the password of {0}: it must be one line of 1 to 127 bytes. Set the secret again.',
      user,
    ),
  'password-unreadable': (user = '') =>
    msg('The password of {0} cannot be checked: the node has no unix_chkpwd (package pam).', user),
  'sudoers-broken': () =>
    msg('sudo cannot read its configuration; the log has the message of visudo. Fix the file that it names.'),
  'sudo-rules-refused': () =>
    msg('visudo refuses the rules of sudo; the log has its message. The rules were not changed.'),
  'sudo-not-in-effect': (user = '', now = '', wanted = '') =>
    msg(
      'sudo has {1} for {0}, not {2}: another rule in /etc/sudoers or /etc/sudoers.d comes later. `sudo -l -U {0}` lists them.',
      user,
      now,
      wanted,
    ),
  'sudo-locks-out': (user = '') =>
    msg('This would end the sudo of {0}, the login user; its rules were restored.', user),
  'login-user-stays': (user = '') =>
    msg('{0} is the login user: what it has was not taken away. Undo as another user to do that.', user),
  'home-stays': (user = '', path = '') => msg('The home of {0} stays: {1}.', user, path),
};
