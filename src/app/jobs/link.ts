import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, FailureCode } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import type { Connected, Transport } from '../../remote/base/transport.ts';
import type { Connector } from './ports.ts';
import { varied } from './times.ts';

/** Waits between attempts to reach a node again, milliseconds; the last one repeats. */
const usualWaits = [100, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000] as const;
/** Logins in a row that brought nothing, after which no more are tried: some three minutes. */
const maxFruitless = 12;
/** A connection that lasted so long was of use, milliseconds. */
const settledMs = 60_000;

/** What another attempt cannot fix: a person has to check. */
const final: ReadonlySet<FailureCode> = new Set([
  'name-invalid',
  'host-key-unknown',
  'host-key-changed',
  'host-key-revoked',
  'identity-unreadable',
  'auth',
  'become',
  'login-shell',
  'cancelled',
]);

/** Whether the node let nobody in: it refused the login, or wanted an answer that nobody gave. */
export function isShut({ code }: Failure): boolean {
  return code === 'auth' || code === 'cancelled';
}

/** Whether only a person can fix it. */
export function isFinal({ code }: Failure): boolean {
  return final.has(code);
}

function fruitless({ name }: ClusterNode, logins: number): Failure {
  return {
    code: 'lost',
    message: msg(
      '{0}: the connection broke off after each of {1} logins, so no more are tried.',
      name,
      logins,
    ),
    action: msg('Log in with ssh in a terminal and find out what ends the connection, then start again.'),
  };
}

/** How long a node that is out of reach is sought, milliseconds; its job goes on meanwhile, and can be resumed after. */
export const defaultReach = 3 * 3_600_000;

export interface LinkOptions {
  readonly node: ClusterNode;
  readonly connector: Connector;
  readonly reach?: number;
  /** Between attempts in place of the usual ones, milliseconds. */
  readonly waits?: readonly number[];
}

/** The way to one node over the whole run: one connection at a time, a fresh one when it was lost. */
export class Link {
  readonly node: ClusterNode;
  readonly #connector: Connector;
  readonly #reach: number;
  readonly #waits: readonly number[];
  #transport: Transport | undefined;
  #connectedAt = 0;
  #hasProgress = false;
  #fruitless = 0;

  constructor({ node, connector, reach = defaultReach, waits = usualWaits }: LinkOptions) {
    this.node = node;
    this.#connector = connector;
    this.#reach = reach;
    this.#waits = waits;
  }

  /** The open connection; undefined where there is none. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  /** The connection has brought something that was not known: another login after it is no repetition. */
  progress(): void {
    this.#hasProgress = true;
  }

  /** One attempt, which asks nobody if it is to be quiet; the failure where it does not succeed. */
  async connect(signal: AbortSignal, isQuiet = false): Promise<Failure | undefined> {
    const connected = await this.#connector.connect(this.node, signal, isQuiet);
    if (!connected.ok) return connected.failure;
    this.#transport = connected.transport;
    this.#connectedAt = performance.now();
    this.#hasProgress = false;
    return undefined;
  }

  /**
   * Closes what is open and connects anew; the failure that ended it where that did not succeed. The first login after a connection
   * that was of use comes at once, every further one after a longer wait, and their number has an end.
   */
  async again(signal: AbortSignal, isQuiet = false): Promise<Failure | undefined> {
    await this.close();
    let left = this.#reach;
    for (let attempt = 0; ; attempt += 1) {
      if (this.#fruitless >= maxFruitless) return fruitless(this.node, this.#fruitless);
      const round = attempt + this.#fruitless;
      if (round > 0) {
        const wait = varied(this.#waits, round - 1);
        left -= wait;
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
      const failure = await this.connect(signal, isQuiet);
      if (!failure || isFinal(failure) || left <= 0 || signal.aborted) return failure;
    }
  }

  /** A second connection beside this one: the proof that a login still gets through. */
  beside(signal: AbortSignal, isQuiet: boolean): Promise<Connected> {
    return this.#connector.connect(this.node, signal, isQuiet);
  }

  async close(): Promise<void> {
    const transport = this.#transport;
    if (!transport) return;
    const wasOfUse = this.#hasProgress || performance.now() - this.#connectedAt > settledMs;
    this.#fruitless = wasOfUse ? 0 : this.#fruitless + 1;
    this.#transport = undefined;
    await transport.dispose();
  }
}
