import { assertNever } from '../../base/assert-never.ts';
import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import type { LoginPhase } from './limits.ts';
import { nameOf, placeOf, type Target } from './target.ts';

/** A deadline that expired before a session was open. */
export interface LoginWait {
  readonly phase: LoginPhase;
  readonly seconds: number;
  /** What the peer, or the ProxyCommand, printed. */
  readonly said: string;
  /** The jump host on the way, if any. */
  readonly via?: Target;
}

function timeout(message: Message, action: Message, said = ''): Failure {
  const detail = lastLines(said);
  return { code: 'timeout', message, action, ...(detail !== '' && { detail }) };
}

/** No answer to a TCP connection; with `seconds` if the deadline was this program's. */
export function noTcpAnswer(target: Target, seconds?: number): Failure {
  const [name, place] = [nameOf(target), placeOf(target)];
  return timeout(
    seconds === undefined
      ? msg('{0} ({1}) does not answer.', name, place)
      : msg('{0} ({1}) did not answer within {2} seconds.', name, place, seconds),
    msg('Check that the host is up, that the address is correct, and that no firewall drops the packets.'),
  );
}

/** The peer is connected but sent no SSH identification. */
function noGreeting(target: Target, seconds: number, said: string): Failure {
  const [name, place] = [nameOf(target), placeOf(target)];
  if (target.proxyCommand !== undefined)
    return timeout(
      msg(
        '{0} ({1}): the ProxyCommand in your ssh config did not reach an SSH server within {2} seconds.',
        name,
        place,
        seconds,
      ),
      msg('Run it in a terminal to see what it waits for, or set `jump` in the cluster file instead.'),
      said,
    );
  return timeout(
    msg(
      '{0} ({1}) accepted the connection but sent no SSH identification within {2} seconds.',
      name,
      place,
      seconds,
    ),
    msg('Check that sshd listens on that port, and that it is not overloaded or waiting for a name server.'),
    said,
  );
}

/** The failure for a login that timed out, with the phase it was in. */
export function loginTimeout(target: Target, { phase, seconds, said, via }: LoginWait): Failure {
  const [name, place] = [nameOf(target), placeOf(target)];
  switch (phase) {
    case 'dial':
      if (!via) return noTcpAnswer(target, seconds);
      return timeout(
        msg('{0} ({1}): {2} did not connect within {3} seconds.', name, place, nameOf(via), seconds),
        msg('Check that the jump host can reach that address and port.'),
        said,
      );
    case 'greeting':
      return noGreeting(target, seconds, said);
    case 'key-exchange':
      return timeout(
        msg(
          '{0} ({1}) stopped answering during the key exchange (waited {2} seconds).',
          name,
          place,
          seconds,
        ),
        msg(
          "Check whether a firewall or VPN drops large packets (MTU), and whether the node's load is high.",
        ),
        said,
      );
    case 'login':
      return timeout(
        msg(
          '{0} ({1}) stopped answering during the login of {2} (waited {3} seconds).',
          name,
          place,
          target.user,
          seconds,
        ),
        msg(
          "Log in with ssh in a terminal to compare. The node's directory service (LDAP, SSSD), name server or a PAM module may not respond.",
        ),
        said,
      );
    default:
      return assertNever(phase);
  }
}

/** The login succeeded, but no session was opened. */
export function sessionTimeout(target: Target, seconds: number): Failure {
  return timeout(
    msg(
      '{0} ({1}): {2} logged in, but no session was opened within {3} seconds.',
      nameOf(target),
      placeOf(target),
      target.user,
      seconds,
    ),
    msg(
      'Log in with ssh in a terminal to compare. A PAM module, D-Bus or an NFS home directory may not respond.',
    ),
  );
}
