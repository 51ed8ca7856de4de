import type { Message } from '../../base/l10n.ts';
import type { Occupant } from '../../base/occupant.ts';

/** There is no terminal to ask on. An object, since the front ends and the engine are separate bundles. */
export interface NoTerminal {
  readonly hasTerminal: false;
}

export const noTerminal: NoTerminal = { hasTerminal: false };

/** `undefined` if the user cancelled. */
export type SecretAnswer = string | undefined | NoTerminal;

/** Prompts for the user. Questions of several nodes may arrive at once; the implementation queues them. */
export interface Prompts {
  /** The signal aborts when the answer is no longer needed. */
  secret(question: SecretQuestion, signal: AbortSignal): Promise<SecretAnswer>;
  hostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<HostKeyAnswer>;
  /** Whether to replace the known key of a rebuilt node; without it, never. */
  changedHostKey?(question: ChangedHostKeyQuestion, signal: AbortSignal): Promise<boolean>;
  /** Reports whether an answer that may be stored was accepted. */
  answerChecked?(storageKey: string, isRight: boolean): Promise<void>;
  /** Whether a new key pair may be created at that path; without it, never. */
  makeKey?(path: string, signal: AbortSignal): Promise<boolean>;
  /** What to do about a run of another window or computer on a node; without it, the node is left out. */
  occupied?(question: OccupiedQuestion, signal: AbortSignal): Promise<OccupiedAnswer>;
}

export interface SecretQuestion {
  /** A node's password, the passphrase of a key file, a keyboard-interactive question, or the password for sudo. */
  readonly kind: 'password' | 'passphrase' | 'keyboard' | 'sudo';
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly text: Message;
  /** Whether the input may be shown. */
  readonly echo: boolean;
  /** 1 at first; 2 and 3 after a wrong answer. */
  readonly attempt: number;
  /** The key file of a passphrase. */
  readonly identity?: string;
  /** The key under which the answer may be stored. */
  readonly keep?: string;
}

export interface HostKeyQuestion {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  /** Key type: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, … */
  readonly algorithm: string;
  /** `SHA256:` and the digest in base64 without padding, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** Why the key is unknown although a known_hosts file has the host. */
  readonly note?: Message;
}

/** The host presents a different key than the known one; nothing was sent to it. */
export interface ChangedHostKeyQuestion extends HostKeyQuestion {
  readonly old: {
    readonly algorithm: string;
    readonly fingerprint: string;
    /** The known_hosts file and line (from 1) with the known key. */
    readonly file: string;
    readonly line: number;
  };
}

/** `save` adds the key to Stackprep's known_hosts file, `once` trusts it for this connection only. */
export type HostKeyAnswer = 'save' | 'once' | 'reject';

/** Another run works on the node. */
export interface OccupiedQuestion {
  readonly node: string;
  readonly by: Occupant;
}

/** `join` follows its log, `wait` starts after its end, `leave` leaves the node out. */
export type OccupiedAnswer = 'join' | 'wait' | 'leave';
