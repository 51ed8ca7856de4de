import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import { nameOf, placeOf, type Target } from '../base/target.ts';

function becomeFailure(message: Message, action: Message, said: string): Failure {
  return { code: 'become', message, action, ...(said !== '' && { detail: lastLines(said) }) };
}

/** The password was wrong; it was tried once. */
export function wrongPassword(target: Target, said: string): Failure {
  return becomeFailure(
    msg('{0} ({1}): sudo rejected the password of {2}.', nameOf(target), placeOf(target), target.user),
    msg(
      'Try again for this node and enter the sudo password of {0} on it. It was tried only once, to avoid locking the account.',
      target.user,
    ),
    said,
  );
}

/** No password was entered. */
export function noPassword(target: Target, said: string): Failure {
  return becomeFailure(
    msg(
      '{0} ({1}): sudo needs the password of {2}, but none was entered.',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    msg(
      'Try again and enter it, or allow {0} to use sudo without a password (NOPASSWD in /etc/sudoers.d on the node).',
      target.user,
    ),
    said,
  );
}

/** sudo neither started the command nor exited; its question is unknown, so nothing is answered. */
export function sudoTimedOut(
  target: Target,
  { seconds, said }: { readonly seconds: number; readonly said: string },
): Failure {
  const [name, place] = [nameOf(target), placeOf(target)];
  if (said === '')
    return becomeFailure(
      msg('{0} ({1}): sudo did not answer within {2} seconds.', name, place, seconds),
      msg(
        "Log in with ssh in a terminal and try `sudo -v`. The node's directory service (LDAP, SSSD) or name server may not respond.",
      ),
      said,
    );
  return becomeFailure(
    msg('{0} ({1}): sudo started no command within {2} seconds.', name, place, seconds),
    msg(
      'Stackprep answers only the password prompt. Log in with ssh in a terminal and run `sudo -v` to answer the others, or configure sudo without them.',
    ),
    said,
  );
}

/** sudo exited before the command started; the messages are those of sudo 1.8, 1.9 and sudo-rs. */
export function sudoFailed(target: Target, said: string): Failure {
  const [name, place, { user }] = [nameOf(target), placeOf(target), target];
  if (/not found|No such file|Unknown command/i.test(said))
    return becomeFailure(
      msg('{0} ({1}): sudo is not installed.', name, place),
      msg('Install sudo on the node, or log in as root (`ssh: user`).'),
      said,
    );
  if (/not in the sudoers|may not run sudo|is not allowed|I'm afraid/i.test(said))
    return becomeFailure(
      msg('{0} ({1}): {2} may not use sudo.', name, place, user),
      msg('Add {0} to the wheel group on the node, or to a file in /etc/sudoers.d.', user),
      said,
    );
  return becomeFailure(
    msg('{0} ({1}): sudo failed before the command started.', name, place),
    msg('Log in with ssh, try `sudo -v`, and fix what it reports.'),
    said,
  );
}
