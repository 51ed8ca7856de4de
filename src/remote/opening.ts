import type { Failure } from '../base/failure.ts';
import type { Message } from '../base/l10n.ts';
import type { Banner } from './banner.ts';
import type { Patience } from './deadline.ts';
import type { Dialled } from './dialled.ts';
import type { Ending } from './ending.ts';
import type { Greeting } from './greeting.ts';
import type { FoundRecords, HostKeys } from './host-keys.ts';
import type { Keyring } from './keyring.ts';
import type { Limits, LoginPhase } from './limits.ts';
import type { KeyFiles } from './login-keys.ts';
import type { Memory } from './login-questions.ts';
import type { Prompts } from './prompts.ts';
import type { Client } from './ssh2.ts';
import type { SudoPasswords } from './sudo/passwords.ts';
import type { SudoGroup } from './sudo/question.ts';
import type { Target } from './target.ts';

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
  readonly reach: (ending: Ending) => Promise<Dialled>;
  readonly access: Access;
  readonly memory: Memory;
  /** The jump host that the stream leads over. */
  readonly via?: Target;
}

/** A logged-in client; `ending` tells when it is gone. */
export interface Session {
  readonly client: Client;
  readonly ending: Ending;
  readonly limits: Limits;
  /** To be called when the other side has opened a channel: from now on a silent link is a dead one. */
  watchLink(): void;
  /** Says goodbye; safe to call twice. */
  close(): Promise<void>;
}

/** `again`: the machine hung up while the person was thinking, and the answer is worth another attempt. */
export type SessionOpened =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly failure: Failure; readonly again: boolean };

/** What the two halves of an opening share. */
export interface Opening extends SessionRequest {
  readonly ending: Ending;
  readonly patience: Patience;
  readonly found: FoundRecords;
  readonly tried: Message[];
  readonly banner: Banner;
  readonly greeting: Greeting;
  /** Another step of the login begins. */
  enter(phase: LoginPhase): void;
}
