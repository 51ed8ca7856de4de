import type { Duplex } from 'node:stream';
import type { Failure } from '../base/failure.ts';
import { type Command, commandLine } from '../shell/command.ts';
import type { Ending } from './base/ending.ts';
import { forwardFailure } from './base/failures.ts';
import type { Target } from './base/target.ts';
import type { ExecOptions, Output, Transport } from './base/transport.ts';
import { inputOnly } from './channel/dialogue.ts';
import { execute } from './channel/exec.ts';
import type { Session } from './channel/session.ts';
import type { DialResult } from './dial-result.ts';
import { Sudo, type SudoAccess } from './sudo/sudo.ts';

/** An open session as a transport, and as a jump host. */
export class Connection implements Transport {
  readonly #session: Session;
  readonly #target: Target;
  readonly #sudo: Sudo;

  constructor(session: Session, target: Target, access: SudoAccess) {
    this.#session = session;
    this.#target = target;
    this.#sudo = new Sudo(session, target, access);
  }

  exec(command: Command, signal: AbortSignal, { onStarted }: ExecOptions = {}): AsyncIterable<Output> {
    if (command.become === 'sudo') return this.#sudo.execute(command, signal, onStarted);
    const dialogue = inputOnly(command.stdin ?? '', onStarted);
    return execute({
      session: this.#session,
      target: this.#target,
      line: commandLine(command),
      dialogue,
      signal,
    });
  }

  /** Calls the listener when the connection has ended, for any reason. */
  onEnd(listener: (failure: Failure) => void): void {
    this.#session.ending.onEnd(listener);
  }

  get isOver(): boolean {
    return this.#session.ending.failure !== undefined;
  }

  /** A byte stream to a host reached through this one (direct-tcpip, RFC 4254, 7.2; not counted by MaxSessions). */
  forward(to: { readonly host: string; readonly port: number }, ending: Ending): Promise<DialResult> {
    const { client } = this.#session;
    return new Promise((resolve) => {
      const fail = (failure: Failure) => resolve({ ok: false, failure });
      const giveUp = (failure: Failure) => {
        // The next host reached through this one must not wait for a dead connection again.
        if (failure.code === 'timeout') this.#session.watchKeepalive();
        fail(failure);
      };
      const releases = [ending.onEnd(giveUp), this.#session.ending.onEnd(fail)];
      const settle = (stream: Duplex | undefined, error: Error | undefined) => {
        for (const release of releases) release();
        if (stream) this.#session.watchKeepalive();
        if (ending.failure) stream?.destroy();
        else if (stream) resolve({ ok: true, stream });
        else
          fail(
            this.#session.ending.failure ?? forwardFailure(this.#target, to, error ?? new Error('no stream')),
          );
      };
      try {
        client.forwardOut('127.0.0.1', 0, to.host, to.port, (error, stream) => settle(stream, error));
      } catch (error) {
        // The library throws if its socket has just become unwritable.
        settle(undefined, error as Error);
      }
    });
  }

  dispose(): Promise<void> {
    return this.#session.close();
  }
}
