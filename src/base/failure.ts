import { type Message, type MessageArg, msg } from './l10n.ts';

/** Why a node could not be used; an expected outcome, not an exception. */
export type FailureCode =
  | 'name-invalid'
  | 'name-not-found'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'handshake'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'identity-unreadable'
  | 'auth'
  | 'jump'
  | 'config'
  | 'sessions'
  /** The login worked, and its shell started no command. */
  | 'login-shell'
  | 'lost'
  | 'cancelled'
  | 'become'
  | 'protocol'
  | 'secret-missing'
  /** What is stored was written by a later version. */
  | 'later-format'
  | 'not-kept';

/** A failure names the node in its message and says in `action` what to do about it; `detail` is the raw cause, untranslated. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: Message;
  readonly action: Message;
  readonly detail?: string;
}

/** A person stopped it on a node, or on a jump host on the way there. */
export function cancelled(name: MessageArg): Failure {
  return {
    code: 'cancelled',
    message: msg('{0}: cancelled.', name),
    action: msg('Start it again to continue.'),
  };
}
