import type { Message } from '../../base/l10n.ts';
import type { AnyAuthMethod, AuthenticationType, ParsedKey } from '../base/ssh2.ts';
import type { LoginKey } from '../keys/login-key.ts';
import type { LoginQuestions } from './login-questions.ts';

/** The server's answer to a failed method: what it accepts now, and whether the method was one of several required. */
export interface Refusal {
  readonly offered: readonly AuthenticationType[];
  readonly partial: boolean;
}

export interface LoginPlan {
  readonly user: string;
  readonly keys: readonly LoginKey[];
  /** All failed methods, with the reason. */
  readonly tried: Message[];
  readonly questions: LoginQuestions;
  /** Receives each key before the server is asked whether it accepts it. */
  readonly offering?: (name: Message, key: ParsedKey) => void;
  /** How often a password is asked for. */
  readonly attempts: number;
  /** Call when a question could not be asked, since there is no terminal. */
  readonly unasked: () => void;
  /** The keyword of the ssh config that forbids questions, for a message. */
  readonly unaskedBy: string;
  /** Call when it forbade a question. */
  readonly forbidden: () => void;
  /** Ends the login from within a keyboard-interactive prompt: an empty answer would count as a wrong one. */
  readonly cancel: () => void;
  /** Ends the login as failed from within such a prompt, for the same reason. */
  readonly giveUp: () => void;
  /** Receives errors that the library throws for a signature after the connection has ended. */
  readonly broken: (error: Error) => void;
}

/** Nothing more to try. */
export type LoginEnd = 'cancelled' | 'exhausted';

/** Yields the methods to send and receives the server's refusals; the caller stops once the login succeeded. */
export type LoginSteps<Result> = AsyncGenerator<AnyAuthMethod, Result, Refusal>;
