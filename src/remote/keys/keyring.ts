import { orAborted } from '../base/abort.ts';
import type { SecretAnswer } from '../base/prompts.ts';
import { defaultAttempts } from '../base/security.ts';
import type { ParsedKey } from '../base/ssh2.ts';
import { unlock } from './key-file.ts';

/** `aborted`: the signal of the node that asked ended the prompt; `unasked`: there is no terminal; `forbidden`: the ssh config. */
export type UnlockResult =
  | { readonly ok: true; readonly key: ParsedKey }
  | { readonly ok: false; readonly why: 'cancelled' | 'aborted' | 'unasked' | 'forbidden' }
  | { readonly ok: false; readonly why: 'wrong-passphrase' | 'unsupported'; readonly cause: string };

/** Prompts for the passphrase, starting with attempt 1. */
export type AskPassphrase = (attempt: number) => Promise<SecretAnswer>;

/** Why a result is that of one node alone: the next one asks. */
const ofOneNode: readonly string[] = ['aborted', 'forbidden'];

/** Key files whose passphrase was wrong or cancelled in one run: its other nodes do not ask again, however late they come. */
export type RefusedKeys = Map<string, UnlockResult>;

export interface OpenKey {
  /** Without it, the node may ask nothing: a locked key is of use only if another node has unlocked it. */
  readonly ask?: AskPassphrase;
  /** How often it is asked. */
  readonly attempts?: number;
  readonly signal: AbortSignal;
  /** Of the run; without it, every login asks. */
  readonly refused?: RefusedKeys;
}

/** Decrypted keys, in memory only; nodes with the same key file share one prompt and one key derivation. */
export class Keyring {
  readonly #keys = new Map<string, ParsedKey>();
  readonly #opening = new Map<string, Promise<UnlockResult>>();

  /** Decrypts the key of a file; if the node that prompts is aborted or may not ask, the next one prompts. */
  async open(text: string, how: OpenKey): Promise<UnlockResult> {
    const { signal, refused } = how;
    for (;;) {
      const key = this.#keys.get(text);
      if (key) return { ok: true, key };
      const before = refused?.get(text);
      if (before) return before;
      const others = this.#opening.get(text);
      if (!others) return await this.#lead(text, how);
      const opened = await orAborted(others, signal);
      if (!opened) return { ok: false, why: 'aborted' };
      if (opened.ok || !ofOneNode.includes(opened.why) || signal.aborted) return opened;
    }
  }

  /** Clears all keys. */
  clear(): void {
    this.#keys.clear();
  }

  #lead(text: string, how: OpenKey): Promise<UnlockResult> {
    const { refused } = how;
    const opening = openFile(text, how)
      .then((opened) => {
        if (opened.ok) this.#keys.set(text, opened.key);
        else if (!ofOneNode.includes(opened.why)) refused?.set(text, opened);
        return opened;
      })
      .finally(() => this.#opening.delete(text));
    this.#opening.set(text, opening);
    return opening;
  }
}

async function openFile(
  text: string,
  { ask, signal, attempts = defaultAttempts }: OpenKey,
): Promise<UnlockResult> {
  let unlocked = await unlock(text);
  for (let attempt = 1; !unlocked.ok; attempt++) {
    if (unlocked.why === 'unsupported') return { ok: false, why: 'unsupported', cause: unlocked.cause };
    if (ask && attempt > attempts) return { ok: false, why: 'wrong-passphrase', cause: unlocked.cause };
    if (!ask) return { ok: false, why: 'forbidden' };
    const passphrase = await ask(attempt);
    if (passphrase === undefined) return { ok: false, why: signal.aborted ? 'aborted' : 'cancelled' };
    if (typeof passphrase === 'object') return { ok: false, why: 'unasked' };
    try {
      unlocked = await unlock(text, passphrase, signal);
    } catch (error) {
      if (signal.aborted) return { ok: false, why: 'aborted' };
      throw error;
    }
  }
  return unlocked;
}
