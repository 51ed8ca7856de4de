import type { Failure } from '../../base/failure.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { nameOf, notFollowedText, placeOf, printable, type Target } from './target.ts';
import { noTcpAnswer } from './timeouts.ts';

/** The raw cause of a failure: from a system call, the library or the peer. */
export interface Cause {
  readonly message: string;
  readonly code?: unknown;
  readonly level?: unknown;
  /** The code of a refused channel (RFC 4254, 5.1). */
  readonly reason?: unknown;
}

/** A host, user, port, key file or alias that OpenSSH would refuse, of the node or a jump host; the caller adds the node's name. */
export function nameFailure(flaw: Message, jump?: string): Failure {
  return {
    code: 'name-invalid',
    message: msg(
      'invalid connection setting: {0}.',
      jump === undefined ? flaw : msg('jump host {0}, {1}', jump, flaw),
    ),
    action: msg('Nothing was started. Correct it in the cluster file or in your ssh config.'),
  };
}

/** The advice, with settings that are not followed and may be the cause. */
function adviceOn(target: Target, action: Message): Message {
  const ignored = notFollowedText(target, 'connect');
  if (ignored === undefined) return action;
  return joined([action, msg('{0} in your ssh config is not followed.', ignored)], ' ');
}

/** A failed TCP connection; codes are errno names of connect(2) and getaddrinfo(3). */
export function dialFailure(target: Target, cause: Cause): Failure {
  const [name, place, detail] = [nameOf(target), placeOf(target), printable(cause.message)];
  if (
    target.bindAddress !== undefined &&
    /^(EADDRNOTAVAIL|EINVAL|ERR_INVALID_IP_ADDRESS)$/.test(String(cause.code))
  )
    return wrongBindAddress(target, target.bindAddress, detail);
  switch (cause.code) {
    case 'ECONNREFUSED':
      return {
        code: 'refused',
        message: msg('{0} ({1}) refuses SSH connections.', name, place),
        action: msg('Check that sshd is running on the host and that the port is correct.'),
        detail,
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return {
        code: 'name-not-found',
        message: msg("{0} ({1}): the host name can't be resolved.", name, place),
        action: msg(
          "Check the spelling and this computer's name server or hosts file, or use an IP address.",
        ),
        detail,
      };
    case 'ETIMEDOUT':
      return { ...noTcpAnswer(target), detail };
    case 'ECONNRESET':
      return handshakeFailure(target, cause, '');
    default:
      return {
        code: 'unreachable',
        message: msg('{0} ({1}) is unreachable.', name, place),
        action: adviceOn(
          target,
          msg("Check the address, this computer's network or VPN, and firewalls in between."),
        ),
        detail,
      };
  }
}

/** AddressFamily excludes the address. */
export function wrongFamily(target: Target): Failure {
  return {
    code: 'unreachable',
    message: msg(
      '{0} ({1}): AddressFamily in your ssh config excludes this address.',
      nameOf(target),
      placeOf(target),
    ),
    action: msg('Change AddressFamily for this host in your ssh config, or use another address.'),
  };
}

/** BindAddress is not an address of this computer. */
function wrongBindAddress(target: Target, address: string, detail: string): Failure {
  return {
    code: 'unreachable',
    message: msg(
      "{0} ({1}): can't connect from {2} (BindAddress in your ssh config).",
      nameOf(target),
      placeOf(target),
      address,
    ),
    action: msg('Use an address of this computer.'),
    detail,
  };
}

/** The peer closed the connection or broke the protocol before the login was complete; `greeting` is what it sent instead of SSH. */
export function handshakeFailure(target: Target, cause: Cause, greeting: string): Failure {
  const [name, place, said] = [nameOf(target), placeOf(target), printable(greeting)];
  const detail = said === '' ? printable(cause.message) : `${printable(cause.message)}; ${said}`;
  if (/not allowed at this time/i.test(greeting))
    return {
      code: 'handshake',
      message: msg('{0} ({1}) temporarily refuses connections from this computer.', name, place),
      action: msg('Its sshd penalizes failed logins (PerSourcePenalties). Wait a few minutes and try again.'),
      detail,
    };
  if (/no matching/i.test(cause.message))
    return {
      code: 'handshake',
      message: msg('{0} ({1}) and Stackprep have no SSH algorithm in common.', name, place),
      action: msg('Update OpenSSH on the host, or allow current algorithms in its sshd settings.'),
      detail,
    };
  if (/bad packet length/i.test(cause.message))
    return {
      code: 'handshake',
      message: msg('{0} ({1}) sent an SSH packet that is too long.', name, place),
      action: msg(
        'Stackprep accepts packets of 35,000 bytes, as RFC 4253 demands: shorten the Banner of its sshd, or check what is between.',
      ),
      detail,
    };
  if (said !== '' && !said.startsWith('SSH-') && !/MaxStartups/i.test(greeting))
    return {
      code: 'handshake',
      message: msg('{0} ({1}) is not an SSH server.', name, place),
      action: msg('Check the port; another program is listening on it.'),
      detail,
    };
  return {
    code: 'handshake',
    message: msg('{0} ({1}) closed the connection during the SSH handshake.', name, place),
    action: msg(
      'Its sshd may be overloaded (MaxStartups) or configured to refuse this computer. Try again; if that fails, check its log.',
    ),
    detail,
  };
}

/** The peer sends without an end before the login. */
export function tooMuchSent(target: Target, maxBytes: number): Failure {
  return {
    code: 'handshake',
    message: msg(
      '{0} ({1}) sent more than {2} MB before the login.',
      nameOf(target),
      placeOf(target),
      maxBytes / 1_048_576,
    ),
    action: msg('Check the port; another program is listening on it.'),
  };
}

/** An established connection was lost. */
export function connectionLost(target: Target, cause: Cause): Failure {
  return {
    code: 'lost',
    message: msg('{0} ({1}): the connection was lost.', nameOf(target), placeOf(target)),
    action: msg(
      'Check the network and reconnect. Commands already started on the node may still be running.',
    ),
    detail: printable(cause.message),
  };
}

/** An unexpected error. */
export function protocolFailure(target: Target, cause: Cause): Failure {
  return {
    code: 'protocol',
    message: msg('{0} ({1}): the connection ended unexpectedly.', nameOf(target), placeOf(target)),
    action: msg('Try again. If the problem persists, report it with the details.'),
    detail: printable(cause.message),
  };
}

/** The server refused another channel; OpenSSH limits them per connection (MaxSessions, 10 by default). */
export function channelFailure(target: Target, cause: Cause): Failure {
  if (!/channel open failure/i.test(cause.message)) return protocolFailure(target, cause);
  return {
    code: 'sessions',
    message: msg(
      '{0} ({1}) does not allow another command on this connection.',
      nameOf(target),
      placeOf(target),
    ),
    action: msg(
      'Nothing was started. Run fewer commands at once, or raise MaxSessions in the sshd settings.',
    ),
    detail: printable(cause.message),
  };
}

/** The jump host is reachable, but can't reach the target. */
export function forwardFailure(
  jump: Target,
  target: { readonly host: string; readonly port: number },
  cause: Cause,
): Failure {
  // RFC 4254, 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED. The words of the server may be anything.
  const isForbidden = cause.reason === 1 || /prohibited/i.test(cause.message);
  return {
    code: 'jump',
    message: msg("{0} ({1}) can't connect to {2}.", nameOf(jump), placeOf(jump), placeOf(target)),
    action: isForbidden
      ? msg('Its sshd forbids forwarding; set `AllowTcpForwarding yes` on the jump host.')
      : msg('Check that the jump host can reach that address and port.'),
    detail: isForbidden
      ? `administratively prohibited; ${printable(cause.message)}`
      : printable(cause.message),
  };
}

/** The jump host can't be determined. */
export function jumpFailure(jump: string, why: Message, action: Message, detail?: string): Failure {
  return {
    code: 'jump',
    message: msg("Jump host {0} can't be used: {1}.", jump, why),
    action,
    ...(detail !== undefined && { detail: printable(detail) }),
  };
}

/** Prefixes a failure with the name of the node. */
export function withNodeName(node: string, failure: Failure): Failure {
  const isNamed = 'args' in failure.message && failure.message.args[0] === node;
  return isNamed ? failure : { ...failure, message: joined([node, failure.message], ': ') };
}

/** This side closed the connection. */
export function connectionClosed(target: Target): Failure {
  return {
    code: 'cancelled',
    message: msg('{0} ({1}): the connection was closed.', nameOf(target), placeOf(target)),
    action: msg('Connect again to continue.'),
  };
}
