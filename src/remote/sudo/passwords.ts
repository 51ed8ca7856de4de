import { orAborted } from '../base/abort.ts';

/** A password for one attempt. Exactly one of accepted, refused and untried must be called; the first call counts. */
export interface PasswordAttempt {
  readonly password: string;
  accepted(): void;
  refused(): void;
  /** Unknown: sudo did not ask, or the connection ended. */
  untried(): void;
  /** No result yet: others need not wait any longer, but the result may still come. */
  timedOut(): void;
}

/** The passwords that the user did not enter in one run, by entry: its other nodes do not ask again, however late they come. */
export type DeclinedPasswords = Set<string>;

export interface PasswordRequest {
  /** The nodes that share passwords: those of one cluster. */
  readonly group: string;
  readonly user: string;
  readonly node: string;
  /** Prompts for the password; `isRepeated` after a wrong one. `undefined` means no answer. */
  readonly ask: (isRepeated: boolean) => Promise<string | undefined>;
  /** Called once for each password that was tried. */
  readonly checked: (isRight: boolean) => void;
  /** Of the run; without it, every request may prompt. */
  readonly declined?: DeclinedPasswords;
  readonly signal: AbortSignal;
}

interface Entry {
  readonly key: string;
  value?: { readonly password: string; readonly isAccepted: boolean };
  /** The attempt in progress; the others wait for its result. */
  leader?: Promise<'declined' | 'go on'>;
  /** Whether the entry is for a single node, where the shared password is wrong. */
  readonly isOwn: boolean;
  wasRefused: boolean;
  /** The last password that each node refused; another one may be right there. */
  readonly refusedOn: Map<string, string>;
}

/**
 * The sudo passwords, in memory only. A new password is tried on one node first, so that a typo costs one attempt and does not
 * lock an account shared by many nodes.
 */
export class SudoPasswords {
  readonly #entries = new Map<string, Entry>();

  /** Returns a password for the user on the node; undefined if none was entered. */
  async take(wanted: PasswordRequest): Promise<PasswordAttempt | undefined> {
    for (;;) {
      const entry = this.#entryOf(wanted);
      const { value } = entry;
      if (value?.isAccepted) return this.#attempt(entry, wanted, value.password);
      if (!entry.leader) {
        const isDeclined = !value && wanted.declined?.has(entry.key);
        return isDeclined ? undefined : this.#lead(entry, wanted);
      }
      const led = await orAborted(entry.leader, wanted.signal);
      if (led === undefined || led === 'declined' || wanted.signal.aborted) return undefined;
    }
  }

  /** Clears all passwords. */
  clear(): void {
    this.#entries.clear();
  }

  /** The user's password for all nodes; a node that refused the shared password gets its own entry. */
  #entryOf({ group, user, node }: PasswordRequest): Entry {
    const shared = this.#get(JSON.stringify([group, user]), false);
    if (!shared.value?.isAccepted || shared.refusedOn.get(node) !== shared.value.password) return shared;
    return this.#get(JSON.stringify([group, user, node]), true);
  }

  #get(key: string, isOwn: boolean): Entry {
    const entry = this.#entries.get(key) ?? { key, isOwn, wasRefused: isOwn, refusedOn: new Map() };
    this.#entries.set(key, entry);
    return entry;
  }

  async #lead(entry: Entry, wanted: PasswordRequest): Promise<PasswordAttempt | undefined> {
    let settle: (what: 'declined' | 'go on') => void = () => undefined;
    const leader = new Promise<'declined' | 'go on'>((resolve) => {
      settle = resolve;
    });
    entry.leader = leader;
    const done = (what: 'declined' | 'go on') => {
      if (entry.leader === leader) delete entry.leader;
      settle(what);
    };
    try {
      const password = entry.value?.password ?? (await wanted.ask(entry.wasRefused));
      if (password === undefined) {
        // If only this one was cancelled, the next one may prompt.
        if (!wanted.signal.aborted) wanted.declined?.add(entry.key);
        done(wanted.signal.aborted ? 'go on' : 'declined');
        return undefined;
      }
      entry.value = { password, isAccepted: false };
      const attempt = this.#attempt(entry, wanted, password);
      const then = (act: () => void, isRight?: boolean) => () => {
        act();
        if (isRight !== undefined && entry.leader === leader) wanted.checked(isRight);
        done('go on');
      };
      return {
        password,
        accepted: then(attempt.accepted, true),
        refused: then(attempt.refused, false),
        untried: then(attempt.untried),
        timedOut: () => done('go on'),
      };
    } catch (error) {
      done('go on');
      throw error;
    }
  }

  #attempt(entry: Entry, { node }: PasswordRequest, password: string): PasswordAttempt {
    let isOver = false;
    const once = (act: () => void) => () => {
      if (isOver) return;
      isOver = true;
      act();
    };
    return {
      password,
      accepted: once(() => {
        entry.value = { password, isAccepted: true };
        entry.wasRefused = false;
      }),
      refused: once(() => {
        entry.refusedOn.set(node, password);
        if (!entry.isOwn && entry.value?.isAccepted) return;
        delete entry.value;
        entry.wasRefused = true;
      }),
      untried: once(() => undefined),
      timedOut: () => undefined,
    };
  }
}
