import type { Message } from '../../base/l10n.ts';
import type { AnyAuthMethod, AuthenticationType } from '../base/ssh2.ts';
import type { LoginKey } from '../keys/login-keys.ts';
import type { LoginQuestions } from './login-questions.ts';

/** What the server says to a method that did not log in: what it accepts now, and whether this was one step of several. */
export interface Refusal {
  readonly offered: readonly AuthenticationType[];
  readonly partial: boolean;
}

export interface LoginPlan {
  readonly user: string;
  readonly keys: readonly LoginKey[];
  /** Grows with every method that failed, and says why. */
  readonly tried: Message[];
  readonly questions: LoginQuestions;
  /** Ends the login from within a question of the machine: answering it with nothing would count as a wrong try. */
  readonly cancel: () => void;
  /** Takes what the library throws when a signature comes after the connection's end. */
  readonly broken: (error: Error) => void;
}

/** Nothing more is tried. */
export type LoginEnd = 'cancelled' | 'exhausted';

/** Yields what to send and takes the server's refusal; whoever drives it stops asking once the server lets the user in. */
export type LoginSteps<Result> = AsyncGenerator<AnyAuthMethod, Result, Refusal>;
