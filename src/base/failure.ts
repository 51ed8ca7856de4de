import { type Message, type MessageArg, msg } from './l10n.ts';

/** Why a node could not be used: an expected outcome, not an exception. */
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
  /** The login succeeded, but its shell did not start the command. */
  | 'login-shell'
  | 'lost'
  | 'cancelled'
  | 'become'
  | 'protocol'
  /** A run of another window or computer works on the node. */
  | 'occupied'
  | 'secret-missing'
  /** A file or command for secrets cannot be used. */
  | 'secret-source'
  /** The stored data was written by a later version. */
  | 'later-format'
  | 'journal-unwritable';

/** The message names the node, `action` says what to do, and `detail` is the raw cause, not translated. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: Message;
  readonly action: Message;
  readonly detail?: string;
}

/** The user stopped it on a node, or on a jump host on the way there. */
export function cancelled(name: MessageArg): Failure {
  return {
    code: 'cancelled',
    message: msg('{0}: cancelled.', name),
    action: msg('Start again to continue.'),
  };
}
