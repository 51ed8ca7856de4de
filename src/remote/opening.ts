import type { Failure } from '../base/failure.ts';
import type { Message } from '../base/l10n.ts';
import type { Banner } from './banner.ts';
import type { Deadline } from './base/deadline.ts';
import type { Ending } from './base/ending.ts';
import type { Limits, LoginPhase } from './base/limits.ts';
import type { Prompts } from './base/prompts.ts';
import type { Target } from './base/target.ts';
import type { Waits } from './base/waits.ts';
import type { Session } from './channel/session.ts';
import type { DialResult } from './dial-result.ts';
import type { Greeting } from './greeting.ts';
import type { FoundRecords, HostKeys } from './host-keys/host-keys.ts';
import type { HostToVerify } from './host-keys/verify-host.ts';
import type { Keyring } from './keys/keyring.ts';
import type { KeyFiles } from './keys/login-keys.ts';
import type { LoginMemory } from './login/login-questions.ts';
import type { Refused } from './refused.ts';
import type { SudoPasswords } from './sudo/passwords.ts';
import type { SudoGroup } from './sudo/question.ts';

/** A line about the login to a host: technical, not translated, of the library or the peer, so it is foreign. */
export type Trace = (target: Target, line: string) => void;

/** What opening a session needs. */
export interface Access {
  readonly prompts: Prompts;
  readonly hostKeys: HostKeys;
  readonly keyring: Keyring;
  readonly refused?: Refused;
  readonly passwords: SudoPasswords;
  readonly group: SudoGroup;
  readonly limits: Limits;
  readonly waits: Waits;
  /** To find `ssh-keygen`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Receives what happens during a login, line by line, as `ssh -v` prints it; without secrets. */
  readonly trace?: Trace;
  /** Aborts opening a session; an open session is not affected. */
  readonly signal: AbortSignal;
}

export interface SessionRequest {
  readonly target: Target;
  readonly keyFiles: KeyFiles;
  /** Opens the byte stream to the target. */
  readonly dial: (ending: Ending) => Promise<DialResult>;
  readonly access: Access;
  readonly memory: LoginMemory;
  /** The jump host on the way, if any. */
  readonly via?: Target;
}

/** `mayRetry`: the host closed the connection during a prompt, and the answer can be used in another attempt. */
export type SessionOpened =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly failure: Failure; readonly mayRetry: boolean };

/** The state shared by handshake and login. */
export interface Opening extends SessionRequest {
  readonly ending: Ending;
  readonly deadline: Deadline;
  readonly found: FoundRecords;
  readonly atAddress?: HostToVerify['atAddress'];
  readonly tried: Message[];
  readonly banner: Banner;
  readonly greeting: Greeting;
  /** Starts the next phase of the login. */
  enterPhase(phase: LoginPhase): void;
}
