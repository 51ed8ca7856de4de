import type { Failure } from '../base/failure.ts';
import type { Message } from '../base/l10n.ts';
import type { Banner } from './banner.ts';
import type { Patience } from './deadline.ts';
import type { Dialled } from './dialled.ts';
import type { Ending } from './ending.ts';
import type { FoundRecords, HostKeys } from './host-keys.ts';
import type { Keyring } from './keyring.ts';
import type { KeyFiles } from './login-keys.ts';
import type { Memory } from './login-questions.ts';
import type { Prompts } from './prompts.ts';
import type { Client } from './ssh2.ts';
import type { SudoPasswords } from './sudo/passwords.ts';
import type { SudoGroup } from './sudo/question.ts';
import type { Target } from './target.ts';

/** Times in milliseconds; human thinking does not count. */
export interface Limits {
  /** For dialling, handshake and login together. */
  readonly readyMs: number;
  /** A dead link is found after `keepaliveMs` x (`keepaliveCount` + 1) at the latest. */
  readonly keepaliveMs: number;
  readonly keepaliveCount: number;
}

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
}

/** A logged-in client; `ending` tells when it is gone. */
export interface Session {
  readonly client: Client;
  readonly ending: Ending;
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
}
