import { type Message, msg } from '../core/l10n.ts';
import { tryKey } from './login-key.ts';
import type { LoginKey } from './login-keys.ts';
import { tryKeyboard, tryPasswords } from './login-prompts.ts';
import type { LoginQuestions } from './login-questions.ts';
import type { AnyAuthMethod, AuthenticationType } from './ssh2.ts';

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

/**
 * The methods of one login in their order: keys, password, questions of the machine. RFC 4252; the library passes on what the
 * server accepts after every method except `agent`, after which it has to be asked with `none`.
 */
export async function* login(plan: LoginPlan): LoginSteps<LoginEnd> {
  const { keys, tried } = plan;
  const none: AnyAuthMethod = { type: 'none', username: plan.user };
  // A single key is tried unasked: one round trip less. With several, asking first spares attempts (MaxAuthTries).
  let offered = keys.length === 1 ? undefined : (yield none).offered;
  for (const key of keys) {
    if (offered && !offered.includes('publickey')) break;
    const attempt = yield* tryKey(key, plan);
    if (attempt.cancelled) return 'cancelled';
    tried.push(attempt.tried);
    if (attempt.wasWanted) offered = (yield none).offered;
  }
  offered ??= (yield none).offered;
  const passwords = yield* tryPasswords(plan, offered);
  if (passwords === 'cancelled' || passwords === 'exhausted') return passwords;
  yield* tryKeyboard(plan, passwords);
  if (tried.length === 0) tried.push(msg('it offers only {0}', offered.join(', ')));
  return 'exhausted';
}
