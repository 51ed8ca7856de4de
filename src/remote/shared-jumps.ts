import type { Failure } from '../base/failure.ts';
import { orAborted } from './base/abort.ts';
import type { Connection } from './connection.ts';

export type ConnectResult =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly failure: Failure };

export type LeaseResult =
  | { readonly ok: true; readonly connection: Connection; readonly release: () => void }
  | { readonly ok: false; readonly failure: Failure };

export interface LeaseRequest {
  /** Identifies the jump host: equal names share one connection. */
  readonly name: string;
  /** Logs in; the signal aborts when the connection is no longer needed. */
  readonly connect: (signal: AbortSignal) => Promise<ConnectResult>;
  readonly signal: AbortSignal;
  /** The result if the signal aborts. */
  readonly cancelled: Failure;
}

interface Entry {
  readonly result: Promise<ConnectResult>;
  readonly stop: AbortController;
  connection?: Connection;
  users: number;
  timer?: NodeJS.Timeout;
}

/** Shares one login and connection per jump host among several nodes. */
export class SharedJumps {
  readonly #entries = new Map<string, Entry>();
  readonly #lingerMs: number;

  constructor(lingerMs: number) {
    this.#lingerMs = lingerMs;
  }

  /** Returns the open connection of that name or a new one; call `release` when it is no longer needed. */
  async lease({ name, connect, signal, cancelled }: LeaseRequest): Promise<LeaseResult> {
    if (signal.aborted) return { ok: false, failure: cancelled };
    const entry = this.#entries.get(name) ?? this.#open(name, connect);
    clearTimeout(entry.timer);
    entry.users++;
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      if (--entry.users === 0) this.#leave(name, entry);
    };
    const connected = await orAborted(entry.result, signal);
    if (connected?.ok) return { ok: true, connection: connected.connection, release };
    release();
    return connected ?? { ok: false, failure: cancelled };
  }

  async dispose(): Promise<void> {
    const entries = [...this.#entries];
    await Promise.all(entries.map(([name, entry]) => this.#close(name, entry)));
  }

  #open(name: string, connect: LeaseRequest['connect']): Entry {
    const stop = new AbortController();
    const forget = () => this.#forget(name, entry);
    const result = connect(stop.signal).then((connected) => {
      if (!connected.ok) forget();
      else {
        entry.connection = connected.connection;
        connected.connection.onEnd(forget);
        // The connection became ready just as the last user gave up.
        if (stop.signal.aborted) void connected.connection.dispose();
      }
      return connected;
    });
    const entry: Entry = { result, stop, users: 0 };
    this.#entries.set(name, entry);
    return entry;
  }

  /** After the last user: cancel a login in progress, but keep an open connection for a while. */
  #leave(name: string, entry: Entry): void {
    if (!entry.connection) {
      this.#forget(name, entry);
      entry.stop.abort();
      return;
    }
    entry.timer = setTimeout(() => void this.#close(name, entry), this.#lingerMs);
    if (this.#lingerMs > 0) entry.timer.unref();
  }

  async #close(name: string, entry: Entry): Promise<void> {
    this.#forget(name, entry);
    clearTimeout(entry.timer);
    entry.stop.abort();
    await entry.connection?.dispose();
  }

  #forget(name: string, entry: Entry): void {
    if (this.#entries.get(name) === entry) this.#entries.delete(name);
  }
}
