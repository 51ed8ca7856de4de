import type { Failure } from '../../base/failure.ts';
import { english, joined, type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import { nameOf, notFollowedText, placeOf, type Target } from './target.ts';

/** How a login failed. */
export interface FailedLogin {
  /** The methods, and why each failed. */
  readonly tried: readonly Message[];
  /** The server's banner. */
  readonly banner?: string;
  /** A question could not be asked, since there is no terminal. */
  readonly isUnasked?: boolean;
  /** The ssh config forbade to ask for a passphrase. */
  readonly isForbidden?: boolean;
  /** The server closed the connection instead of refusing a method. */
  readonly isClosed?: boolean;
}

function authAction(target: Target, failed: FailedLogin, reasons: string): Message {
  const { tried, isUnasked, isForbidden, isClosed } = failed;
  if (/too many/i.test(reasons))
    return msg('Set `ssh: identity` in the cluster file to the right key, so that it is tried first.');
  if (/too open/.test(reasons))
    return msg(
      'Run `chmod 600` on the key file: like ssh, Stackprep uses no private key that others can read.',
    );
  if (isUnasked)
    return msg('Use an SSH agent or a key file without a passphrase, or run this in a terminal.');
  if (isForbidden)
    return msg(
      'Add the key to the agent, or remove {0} from your ssh config.',
      target.security?.unaskedBy ?? '',
    );
  if (/certificate/i.test(reasons))
    return msg(
      'Check that TrustedUserCAKeys in the sshd_config of the node has the authority of the certificate, and that the certificate is valid and has {0} as a principal (AuthorizedPrincipalsFile).',
      target.user,
    );
  if (isClosed)
    return msg(
      'Look into the log of sshd on the node (`journalctl -u sshd`): the account may have expired or be limited, or a PAM module refused it.',
    );
  if (tried.some((each) => /not accepted|another method/.test(english(each))))
    return msg(
      "Check the user name (PermitRootLogin, AllowUsers in sshd_config), that the public key is in that user's ~/.ssh/authorized_keys on the node, and that only the user can write to the home directory, .ssh and that file (StrictModes).",
    );
  return msg(
    "Check the user name, and add the public key to that user's ~/.ssh/authorized_keys on the node.",
  );
}

/** All login methods failed. */
export function authFailure(target: Target, failed: FailedLogin): Failure {
  const { tried, banner = '' } = failed;
  const ignored = notFollowedText(target, 'login');
  const all = [
    ...tried,
    ...(ignored === undefined ? [] : [msg('{0} in your ssh config is not followed', ignored)]),
  ];
  const reasons = all.length === 0 ? msg('no login method is available') : joined(all, '; ');
  return {
    code: 'auth',
    message: msg(
      '{0} ({1}): login of {2} failed: {3}.',
      nameOf(target),
      placeOf(target),
      target.user,
      reasons,
    ),
    action: authAction(target, failed, english(reasons)),
    detail: lastLines(banner) || english(reasons),
  };
}

/** The password must be changed first, which only works in a terminal. */
export function passwordExpired(target: Target): Failure {
  return {
    code: 'auth',
    message: msg('{0} ({1}): the password of {2} has expired.', nameOf(target), placeOf(target), target.user),
    action: msg('Log in with ssh in a terminal and set a new password.'),
  };
}
