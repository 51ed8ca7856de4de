import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, FailureCode } from '../../base/failure.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import type { Connected, Transport } from '../../remote/transport.ts';
import type { Connector } from '../ports.ts';

/** Waits between attempts to reach a node again, milliseconds; the last one repeats. */
const waits = [100, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000] as const;

/** What another attempt cannot mend: a person has to look. */
const final: ReadonlySet<FailureCode> = new Set([
  'name-invalid',
  'host-key-unknown',
  'host-key-changed',
  'host-key-revoked',
  'identity-unreadable',
  'auth',
  'become',
  'cancelled',
]);

/** Whether the node let nobody in: it refused the login, or wanted an answer that nobody gave. */
export function isShut({ code }: Failure): boolean {
  return code === 'auth' || code === 'cancelled';
}

/** Whether only a person can mend it. */
export function isFinal({ code }: Failure): boolean {
  return final.has(code);
}

/** How long a node that is out of reach is sought, milliseconds; its job goes on meanwhile, and can be resumed after. */
export const defaultReach = 3 * 3_600_000;

export interface LinkOptions {
  readonly node: ClusterNode;
  readonly connector: Connector;
  readonly reach?: number;
}

/** The way to one node over the whole run: one connection at a time, a fresh one when it was lost. */
export class Link {
  readonly node: ClusterNode;
  readonly #connector: Connector;
  readonly #reach: number;
  #transport: Transport | undefined;

  constructor({ node, connector, reach = defaultReach }: LinkOptions) {
    this.node = node;
    this.#connector = connector;
    this.#reach = reach;
  }

  /** The open connection; undefined where there is none. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  /** One attempt, which asks nobody if it is to be quiet; the failure where it does not succeed. */
  async connect(signal: AbortSignal, isQuiet = false): Promise<Failure | undefined> {
    const connected = await this.#connector.connect(this.node, signal, isQuiet);
    if (!connected.ok) return connected.failure;
    this.#transport = connected.transport;
    return undefined;
  }

  /** Closes what is open and connects anew, again and again; the failure that ended it where that did not succeed. */
  async again(signal: AbortSignal, isQuiet = false): Promise<Failure | undefined> {
    await this.close();
    let left = this.#reach;
    for (let attempt = 0; ; attempt += 1) {
      const failure = await this.connect(signal, isQuiet);
      if (!failure || isFinal(failure) || left <= 0) return failure;
      const base = waits[Math.min(attempt, waits.length - 1)] ?? 0;
      // Nodes that were lost together do not come back together.
      const wait = base * (0.75 + Math.random() / 2);
      left -= wait;
      try {
        await sleep(wait, undefined, { signal });
      } catch {
        return failure;
      }
    }
  }

  /** A second connection beside this one: the proof that a login still gets through. */
  beside(signal: AbortSignal, isQuiet: boolean): Promise<Connected> {
    return this.#connector.connect(this.node, signal, isQuiet);
  }

  async close(): Promise<void> {
    const transport = this.#transport;
    this.#transport = undefined;
    await transport?.dispose();
  }
}
