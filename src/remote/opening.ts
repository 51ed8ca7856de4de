import type { Failure } from '../base/failure.ts';
import type { Message } from '../base/l10n.ts';
import type { Banner } from './banner.ts';
import type { Deadline } from './base/deadline.ts';
import type { Ending } from './base/ending.ts';
import type { Limits, LoginPhase } from './base/limits.ts';
import type { Prompts } from './base/prompts.ts';
import type { Target } from './base/target.ts';
import type { Session } from './channel/session.ts';
import type { DialResult } from './dialled.ts';
import type { Greeting } from './greeting.ts';
import type { FoundRecords, HostKeys } from './host-keys/host-keys.ts';
import type { Keyring } from './keys/keyring.ts';
import type { KeyFiles } from './keys/login-keys.ts';
import type { LoginMemory } from './login/login-questions.ts';
import type { SudoPasswords } from './sudo/passwords.ts';
import type { SudoGroup } from './sudo/question.ts';

/** What opening a session draws on. */
export interface Access {
  readonly prompts: Prompts;
  readonly hostKeys: HostKeys;
  readonly keyring: Keyring;
  readonly passwords: SudoPasswords;
  readonly group: SudoGroup;
  readonly limits: Limits;
  /** For finding `ssh-keygen`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the opening; an open session is not its business. */
  readonly signal: AbortSignal;
}

export interface SessionRequest {
  readonly target: Target;
  readonly keyFiles: KeyFiles;
  /** Makes the byte stream to the target. */
  readonly dial: (ending: Ending) => Promise<DialResult>;
  readonly access: Access;
  readonly memory: LoginMemory;
  /** The jump host that the stream leads over. */
  readonly via?: Target;
}

/** `again`: the machine hung up while the person was thinking, and the answer is worth another attempt. */
export type SessionOpened =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly failure: Failure; readonly mayRetry: boolean };

/** What the two halves of an opening share. */
export interface Opening extends SessionRequest {
  readonly ending: Ending;
  readonly deadline: Deadline;
  readonly found: FoundRecords;
  readonly tried: Message[];
  readonly banner: Banner;
  readonly greeting: Greeting;
  /** Another step of the login begins. */
  enterPhase(phase: LoginPhase): void;
}
