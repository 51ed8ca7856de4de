import type { Message } from '../../base/l10n.ts';

/** The way to the person; questions of several nodes may arrive at once, whoever implements this asks them in turn. */
export interface Prompts {
  /** `undefined` means that the person cancelled; the signal aborts when the question has become pointless. */
  secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined>;
  hostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<HostKeyAnswer>;
  /** Whether the key of a rebuilt node takes the place of the one that is known; without it the answer is no. */
  changedHostKey?(question: ChangedHostKeyQuestion, signal: AbortSignal): Promise<boolean>;
  /** Tells whether an answer that may be kept was right. */
  answerChecked?(storageKey: string, isRight: boolean): Promise<void>;
  /** Whether a new key pair may be made on this computer at that path; without this no key is ever made. */
  makeKey?(path: string, signal: AbortSignal): Promise<boolean>;
}

export interface SecretQuestion {
  /** A node's password, a key file's passphrase, a question that the node's own login asks, or the password for sudo. */
  readonly kind: 'password' | 'passphrase' | 'keyboard' | 'sudo';
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly text: Message;
  /** Whether what is typed may be shown. */
  readonly echo: boolean;
  /** 1 at first; 2 and 3 after an answer that was wrong. */
  readonly attempt: number;
  /** The key file that a passphrase is for. */
  readonly identity?: string;
  /** The name under which the answer may be kept for another time. */
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
  /** Why the key is unknown although a known_hosts file speaks of the host. */
  readonly note?: Message;
}

/** A host shows another key than the one that is known; nothing has been sent to it. */
export interface ChangedHostKeyQuestion extends HostKeyQuestion {
  readonly old: {
    readonly algorithm: string;
    readonly fingerprint: string;
    /** The known_hosts file and the line (from 1) that vouch for it. */
    readonly file: string;
    readonly line: number;
  };
}

/** `save` writes the key to Stackprep's own store, `once` trusts it for this connection only. */
export type HostKeyAnswer = 'save' | 'once' | 'reject';
