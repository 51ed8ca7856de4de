import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, FailureCode } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import type { Connected, Transport } from '../../remote/base/transport.ts';
import type { Connector } from './ports.ts';
import { withJitter } from './times.ts';

/** Waits between attempts to reconnect, milliseconds; the last one repeats. */
const defaultWaitsMs = [100, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000] as const;
/** Stop after this many useless logins in a row, about three minutes. */
const maxFailedLogins = 12;
/** A connection that lasted this long counts as useful, milliseconds. */
const settledMs = 60_000;

/** Failures that a retry cannot fix. */
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

/** Whether the node refused the login, or a prompt was not answered. */
export function isLoginRefused({ code }: Failure): boolean {
  return code === 'auth' || code === 'cancelled';
}

/** Whether a retry is pointless. */
export function isFinal({ code }: Failure): boolean {
  return final.has(code);
}

function tooManyLogins({ name }: ClusterNode, logins: number): Failure {
  return {
    code: 'lost',
    message: msg('{0}: the connection was lost after each of {1} logins; giving up.', name, logins),
    action: msg('Log in with ssh in a terminal to find out why the connection is closed, then try again.'),
  };
}

/** How long to keep reconnecting to an unreachable node, milliseconds; its job continues and can be resumed later. */
export const defaultReconnectMs = 3 * 3_600_000;

export interface NodeConnectionOptions {
  readonly node: ClusterNode;
  readonly connector: Connector;
  readonly reconnectMs?: number;
  /** Waits between attempts, milliseconds. */
  readonly waitsMs?: readonly number[];
}

/** The connection to one node during a run: one at a time, reopened when it is lost. */
export class NodeConnection {
  readonly node: ClusterNode;
  readonly #connector: Connector;
  readonly #reconnectMs: number;
  readonly #waitsMs: readonly number[];
  #transport: Transport | undefined;
  #connectedAt = 0;
  #hasProgress = false;
  #failedLogins = 0;

  constructor({
    node,
    connector,
    reconnectMs = defaultReconnectMs,
    waitsMs = defaultWaitsMs,
  }: NodeConnectionOptions) {
    this.node = node;
    this.#connector = connector;
    this.#reconnectMs = reconnectMs;
    this.#waitsMs = waitsMs;
  }

  /** The open connection, if any. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  /** Data arrived: the connection counts as useful. */
  progress(): void {
    this.#hasProgress = true;
  }

  /** Connects once, without prompts if `isQuiet`; returns the failure, if any. */
  async connect(signal: AbortSignal, isQuiet = false): Promise<Failure | undefined> {
    const connected = await this.#connector.connect(this.node, signal, isQuiet);
    if (!connected.ok) return connected.failure;
    this.#transport = connected.transport;
    this.#connectedAt = performance.now();
    this.#hasProgress = false;
    return undefined;
  }

  /**
   * Closes the connection and reconnects; returns the last failure, if any. After a useful connection the first attempt is
   * immediate; further ones wait longer each time, up to a limit.
   */
  async reconnect(signal: AbortSignal, isQuiet = false): Promise<Failure | undefined> {
    await this.close();
    let leftMs = this.#reconnectMs;
    for (let attempt = 0; ; attempt += 1) {
      if (this.#failedLogins >= maxFailedLogins) return tooManyLogins(this.node, this.#failedLogins);
      const round = attempt + this.#failedLogins;
      if (round > 0) {
        const wait = withJitter(this.#waitsMs, round - 1);
        leftMs -= wait;
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
      const failure = await this.connect(signal, isQuiet);
      if (!failure || isFinal(failure) || leftMs <= 0 || signal.aborted) return failure;
    }
  }

  /** Opens a second connection, which confirms that logins still work. */
  secondLogin(signal: AbortSignal, isQuiet: boolean): Promise<Connected> {
    return this.#connector.connect(this.node, signal, isQuiet);
  }

  async close(): Promise<void> {
    const transport = this.#transport;
    if (!transport) return;
    const wasUseful = this.#hasProgress || performance.now() - this.#connectedAt > settledMs;
    this.#failedLogins = wasUseful ? 0 : this.#failedLogins + 1;
    this.#transport = undefined;
    await transport.dispose();
  }
}
