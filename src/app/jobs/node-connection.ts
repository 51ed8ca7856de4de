import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, FailureCode } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import { oneLine } from '../../base/visible.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import type { Connected, Transport } from '../../remote/base/transport.ts';
import type { Connector } from './ports.ts';
import { RefusalPauses, withJitter } from './times.ts';

/** Waits between attempts to reconnect, milliseconds; the last one repeats. */
const defaultWaitsMs = [100, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000] as const;
/** Stop after this many useless logins in a row, about three minutes. */
const maxFailedLogins = 12;
/** A connection that lasted this long counts as useful, milliseconds. */
const settledMs = 60_000;

/** The limit on logins to a node in a minute, whatever the reason: sshd and fail2ban block computers that log in too often. */
const defaultLoginsPerMinute = 20;
const minuteMs = 60_000;

/** What pam_nologin and systemd-user-sessions print while a node starts or stops. */
const notUpYet = /not permitted to log in|booting up|going down|shutting down/i;
/** How long to repeat refused logins then: as long as a reboot may take, milliseconds. */
const notUpMs = 900_000;

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
  /** Waits between logins that the node refuses although one worked before, milliseconds. */
  readonly refusedWaitsMs?: readonly number[];
  /** How long to repeat them, milliseconds. */
  readonly refusedMs?: number;
  readonly loginsPerMinute?: number;
}

/** The connection to one node during a run: one at a time, reopened when it is lost. */
export class NodeConnection {
  readonly node: ClusterNode;
  readonly #connector: Connector;
  readonly #reconnectMs: number;
  readonly #waitsMs: readonly number[];
  readonly #refusedWaitsMs: readonly number[] | undefined;
  readonly #refusedMs: number | undefined;
  readonly #loginsPerMinute: number;
  /** When the logins of the last minute began, milliseconds of the monotonic clock. */
  #logins: number[] = [];
  #hasLoggedIn = false;
  #transport: Transport | undefined;
  #connectedAt = 0;
  #hasProgress = false;
  #failedLogins = 0;

  constructor({
    node,
    connector,
    reconnectMs = defaultReconnectMs,
    waitsMs = defaultWaitsMs,
    refusedWaitsMs,
    refusedMs,
    loginsPerMinute = defaultLoginsPerMinute,
  }: NodeConnectionOptions) {
    this.node = node;
    this.#connector = connector;
    this.#reconnectMs = reconnectMs;
    this.#waitsMs = waitsMs;
    this.#refusedWaitsMs = refusedWaitsMs;
    this.#refusedMs = refusedMs;
    this.#loginsPerMinute = loginsPerMinute;
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
    const connected = await this.#logIn(signal, isQuiet);
    if (!connected.ok) return connected.failure;
    this.#transport = connected.transport;
    this.#hasLoggedIn = true;
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
      const found = await this.connect(signal, isQuiet);
      const failure = found && !isQuiet ? await this.#repeatRefused(found, signal) : found;
      if (!failure || isFinal(failure) || leftMs <= 0 || signal.aborted) return failure;
    }
  }

  /** Opens a second connection, which confirms that logins still work. */
  secondLogin(signal: AbortSignal, isQuiet: boolean): Promise<Connected> {
    return this.#logIn(signal, isQuiet);
  }

  /** Logs in, when the node has had fewer logins in the last minute than the limit. */
  async #logIn(signal: AbortSignal, isQuiet: boolean): Promise<Connected> {
    const recent = (now: number) => this.#logins.filter((begun) => now - begun < minuteMs);
    this.#logins = recent(performance.now());
    const oldest = this.#logins[this.#logins.length - this.#loginsPerMinute];
    const wait = oldest === undefined ? 0 : oldest + minuteMs - performance.now();
    if (wait > 0) await this.#wait(wait, signal, 'wait-logins', String(this.#loginsPerMinute));
    this.#logins.push(performance.now());
    return this.#connector.connect(this.node, signal, isQuiet);
  }

  /** Waits, and shows why. */
  async #wait(ms: number, signal: AbortSignal, code: string, ...args: readonly string[]): Promise<void> {
    this.#connector.waiting?.(this.node, { code, args });
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    this.#connector.waiting?.(this.node, undefined);
  }

  /**
   * A login that worked before may be refused for a while: a node that starts admits only root (pam_nologin), and its directory
   * service may start last. Repeats it without prompts; returns the failure if it is still refused in the end.
   */
  async #repeatRefused(refused: Failure, signal: AbortSignal): Promise<Failure | undefined> {
    if (!this.#hasLoggedIn || refused.code !== 'auth') return refused;
    let failure = refused;
    const isNotUp = () => notUpYet.test(failure.detail ?? '');
    const pauses = new RefusalPauses(this.#refusedWaitsMs, isNotUp() ? notUpMs : this.#refusedMs);
    while (!pauses.isOver && !signal.aborted) {
      const said = oneLine(failure.detail ?? '');
      await this.#wait(pauses.next(), signal, 'wait-refused', said);
      const again = await this.connect(signal, true);
      // Without prompts, a login that needs one ends as cancelled.
      if (again?.code === 'cancelled') return failure;
      if (again?.code !== 'auth') return again;
      failure = again;
    }
    return failure;
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
