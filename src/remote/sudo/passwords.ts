import { orAborted } from '../base/abort.ts';

/** A password to try once; the first of accepted, refused and untried that is called counts, and one has to be. */
export interface PasswordAttempt {
  readonly password: string;
  accepted(): void;
  refused(): void;
  /** Nothing is known: sudo was never asked, or the connection ended. */
  untried(): void;
  /** sudo says neither: whoever waits for this try need not wait any longer, and it may still come to one of the three. */
  timedOut(): void;
}

export interface PasswordRequest {
  /** The nodes that share passwords: those of one cluster. */
  readonly group: string;
  readonly user: string;
  readonly node: string;
  /** Asks the person; `isRepeated` after an answer that was wrong. `undefined` means no answer. */
  readonly ask: (isRepeated: boolean) => Promise<string | undefined>;
  /** Called once for every answer that was tried. */
  readonly checked: (isRight: boolean) => void;
  readonly signal: AbortSignal;
}

interface Entry {
  value?: { readonly password: string; readonly isAccepted: boolean };
  /** The one who asks or tries; the others wait for what comes of it. */
  leader?: Promise<'declined' | 'go on'>;
  /** Whether it is for one node, where the password of the others is wrong. */
  readonly isOwn: boolean;
  wasRefused: boolean;
  readonly refusedOn: Set<string>;
}

/**
 * The sudo passwords of a session, in memory only. A new password is tried on one node before any other gets it, so that a
 * mistyped one costs one attempt and locks no account that many nodes share.
 */
export class SudoPasswords {
  readonly #entries = new Map<string, Entry>();

  /** A password for the user on the node; undefined when the person gave none. */
  async take(wanted: PasswordRequest): Promise<PasswordAttempt | undefined> {
    for (;;) {
      const entry = this.#entryOf(wanted);
      const { value } = entry;
      if (value?.isAccepted) return this.#attempt(entry, wanted, value.password);
      if (!entry.leader) return this.#lead(entry, wanted);
      const led = await orAborted(entry.leader, wanted.signal);
      if (led === undefined || led === 'declined' || wanted.signal.aborted) return undefined;
    }
  }

  /** Forgets every password. */
  clear(): void {
    this.#entries.clear();
  }

  /** The user's password for all nodes; a node that refused the one that others accept has one of its own. */
  #entryOf({ group, user, node }: PasswordRequest): Entry {
    const shared = this.#get(JSON.stringify([group, user]), false);
    if (!shared.value?.isAccepted || !shared.refusedOn.has(node)) return shared;
    return this.#get(JSON.stringify([group, user, node]), true);
  }

  #get(key: string, isOwn: boolean): Entry {
    const entry = this.#entries.get(key) ?? { isOwn, wasRefused: isOwn, refusedOn: new Set() };
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
        // Whoever waits may ask in its turn when only this one was called off.
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
        entry.refusedOn.add(node);
        if (!entry.isOwn && entry.value?.isAccepted) return;
        delete entry.value;
        entry.wasRefused = true;
      }),
      untried: once(() => undefined),
      timedOut: () => undefined,
    };
  }
}
