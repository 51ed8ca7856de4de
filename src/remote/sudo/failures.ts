import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import { nameOf, placeOf, type Target } from '../base/target.ts';

function becomeFailure(message: Message, action: Message, said: string): Failure {
  return { code: 'become', message, action, ...(said !== '' && { detail: lastLines(said) }) };
}

/** The password was wrong; it was tried once. */
export function wrongPassword(target: Target, said: string, askedFor = target.user): Failure {
  if (askedFor !== target.user)
    return becomeFailure(
      msg(
        '{0} ({1}): sudo rejected the password: it asks for that of {2}, not of {3} (rootpw, targetpw or runaspw in sudoers).',
        nameOf(target),
        placeOf(target),
        askedFor,
        target.user,
      ),
      msg(
        'Try again and enter the password of {0}. It was tried only once, to avoid locking the account.',
        askedFor,
      ),
      said,
    );
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
      'Try again and enter it, or allow {0} to use sudo without a password (NOPASSWD: ALL in /etc/sudoers.d on the node).',
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

/** After the password, sudo asked for something else: a second factor. It was not answered. */
export function sudoAsksMore(target: Target, said: string): Failure {
  return becomeFailure(
    msg(
      '{0} ({1}): after the password of {2}, sudo asks for something else, such as a one-time code.',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    msg(
      'Stackprep answers only the password prompt. Configure sudo without a second factor for {0} (PAM), or allow it without a password.',
      target.user,
    ),
    said,
  );
}

/** sudo forbids what it starts to start programs (`noexec`), so no script can run. */
export function sudoNoexec(target: Target, said: string): Failure {
  return becomeFailure(
    msg(
      '{0} ({1}): sudo lets the commands of {2} start no other programs (noexec in sudoers).',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    msg('Allow {0} the tag EXEC in /etc/sudoers.d on the node.', target.user),
    said,
  );
}

/** sudo is not in PATH; `found` are programs elsewhere that could take its place. */
function noSudo(target: Target, found: readonly string[], said: string): Failure {
  const [name, place, { user }] = [nameOf(target), placeOf(target), target];
  const elsewhere = found.find((path) => path.endsWith('/sudo'));
  if (elsewhere !== undefined)
    return becomeFailure(
      msg('{0} ({1}): sudo is at {2}, which is not in PATH of {3}.', name, place, elsewhere, user),
      msg('Add the folder to PATH in the start files of {0}, or make a link in /usr/bin.', user),
      said,
    );
  if (found.some((path) => path.endsWith('/doas')))
    return becomeFailure(
      msg('{0} ({1}): sudo is not installed, only doas, which Stackprep does not use.', name, place),
      msg('Install sudo on the node, or log in as root (`ssh: user`).'),
      said,
    );
  return becomeFailure(
    msg('{0} ({1}): sudo is not installed.', name, place),
    msg('Install sudo on the node, or log in as root (`ssh: user`).'),
    said,
  );
}

/** Whether the shell, or `env`, has not found sudo. */
export function isSudoMissing(said: string): boolean {
  return /^(?:.{0,100}: )?['‘]?sudo['’]?: (?:command )?(?:not found|No such file)|Unknown command/im.test(
    said,
  );
}

/** Whether PAM refuses the account, with a password or without one; messages of sudo's pam.c. */
export function isAccountRefused(said: string): boolean {
  return /account validation failure|account or password is expired|password expired, contact|account expired or PAM|PAM account management error/i.test(
    said,
  );
}

/** sudo exited before the command started; the messages are those of sudo 1.8, 1.9 and sudo-rs. */
export function sudoFailed(target: Target, said: string, found: readonly string[] = []): Failure {
  const [name, place, { user }] = [nameOf(target), placeOf(target), target];
  if (isSudoMissing(said)) return noSudo(target, found, said);
  if (/exec: .{0,100}Permission denied/i.test(said)) return sudoNoexec(target, said);
  if (/must have a tty|no tty present/i.test(said))
    return becomeFailure(
      msg(
        '{0} ({1}): sudo wants a terminal (requiretty), but the login of {2} gets none.',
        name,
        place,
        user,
      ),
      msg(
        'Remove requiretty from sudoers on the node for {0}, or allow terminals (PermitTTY) in its sshd settings.',
        user,
      ),
      said,
    );
  if (/not in the sudoers|may not run sudo|is not allowed|I'm afraid/i.test(said))
    return becomeFailure(
      msg('{0} ({1}): {2} may not use sudo.', name, place, user),
      msg('Add {0} to the wheel group on the node, or to a file in /etc/sudoers.d.', user),
      said,
    );
  if (isAccountRefused(said))
    return becomeFailure(
      msg(
        '{0} ({1}): sudo refuses the account of {2}: it is expired or locked, or PAM does not allow it.',
        name,
        place,
        user,
      ),
      msg('Log in with ssh in a terminal and try `sudo -v`, or ask an administrator of the node.'),
      said,
    );
  // PAM has refused before it asked: pam_faillock.
  if (/incorrect password|incorrect authentication/i.test(said))
    return becomeFailure(
      msg('{0} ({1}): sudo refuses {2} without asking for the password.', name, place, user),
      msg(
        'The account may be locked after failed logins: run `faillock --user {0}` as root on the node.',
        user,
      ),
      said,
    );
  return becomeFailure(
    msg('{0} ({1}): sudo failed before the command started.', name, place),
    msg('Log in with ssh, try `sudo -v`, and fix what it reports.'),
    said,
  );
}
