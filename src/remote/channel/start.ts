import { randomBytes } from 'node:crypto';
import type { Failure } from '../../base/failure.ts';
import { goAhead } from '../../shell/announce.ts';
import type { Limits } from '../base/limits.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Target } from '../base/target.ts';
import type { Output } from '../base/transport.ts';
import type { Dialogue, TimedWait } from './dialogue.ts';
import { LineFinder } from './line-finder.ts';
import {
  startAsks,
  startEnded,
  startNested,
  startRedirected,
  startReplaced,
  startTimedOut,
  startTooNoisy,
} from './start-failures.ts';

export interface StartOptions {
  readonly target: Target;
  readonly limits: Limits;
  readonly tty: boolean;
  readonly marker: string;
  /** Takes over once the command has started. */
  readonly next: Dialogue;
}

/** Limit for the output of start files before the command. */
const maxNoiseBytes = 16 * 1024 * 1024;
/** How much of the end of it is quoted. */
const maxQuotedBytes = 4_096;

export function newStartMarker(): string {
  return `stackprep-start-${randomBytes(12).toString('hex')}`;
}

type Data = Extract<Output, { type: 'data' }>;

/**
 * Waits for the marker that the login shell prints before it starts the command (shell/announce.ts); what start files print
 * before is dropped. No input is sent before.
 */
export class StartDialogue implements Dialogue {
  readonly #start: StartOptions;
  readonly #finders: { readonly stdout: LineFinder; readonly stderr: LineFinder };
  #state: 'starting' | 'input-ended' | 'running' = 'starting';
  #waiting: TimedWait;
  #said = '';
  #noise = 0;

  constructor(start: StartOptions) {
    this.#start = start;
    this.#finders = { stdout: new LineFinder(start.marker), stderr: new LineFinder(start.marker) };
    const { startMs, startTotalMs } = start.limits;
    this.#waiting = {
      ...{ code: 'wait-start-files', args: [start.target.user] },
      idleMs: startMs,
      totalMs: startTotalMs,
      onTimeout: (seconds, channel) => this.#endInput(seconds, channel),
    };
  }

  get waiting(): TimedWait | undefined {
    return this.#state === 'running' ? this.#start.next.waiting : this.#waiting;
  }

  begin(): void {
    // Only after the marker.
  }

  onOutput(output: Output, channel: ClientChannel): readonly Output[] {
    if (output.type === 'data') return this.#hearData(output, channel);
    if (this.#state === 'running') return this.#start.next.onOutput(output, channel);
    if (output.type === 'lost') return [output];
    const { target } = this.#start;
    const end = { ...output, said: this.#said };
    return this.#fail(
      this.#state === 'starting' ? startEnded(target, end) : startReplaced(target, this.#said),
    );
  }

  #hearData(output: Data, channel: ClientChannel): readonly Output[] {
    const { next, target } = this.#start;
    const finder = this.#finders[output.stream];
    if (!finder.isFound) {
      const rest = finder.push(output.bytes);
      if (!rest) return this.#skip(output.bytes);
      if (output.stream === 'stdout') {
        if (this.#state === 'input-ended') return this.#fail(startAsks(target, this.#said));
        this.#state = 'running';
        channel.write(goAhead);
        next.begin(channel);
      }
      if (rest.length === 0) return [];
      output = { ...output, bytes: rest };
    }
    return this.#state === 'running' ? next.onOutput(output, channel) : [];
  }

  #skip(bytes: Uint8Array): readonly Output[] {
    if (this.#state === 'running') return [];
    this.#noise += bytes.length;
    const end = Buffer.from(bytes.subarray(-maxQuotedBytes)).toString('utf8');
    this.#said = `${this.#said}${end}`.slice(-maxQuotedBytes);
    const { target } = this.#start;
    const failure =
      this.#noise > maxNoiseBytes ? startTooNoisy(target, maxNoiseBytes) : startNested(target, this.#said);
    return failure ? this.#fail(failure) : [];
  }

  /** Ends the input to find out what reads it: a shell that replaced this one, or a question. */
  #endInput(seconds: number, channel: ClientChannel): Failure | undefined {
    const { target, tty, limits } = this.#start;
    const silent = (): Failure =>
      this.#finders.stderr.isFound
        ? startRedirected(target)
        : startTimedOut(target, { seconds, said: this.#said });
    // A terminal has no end of input.
    if (tty || this.#finders.stderr.isFound) return silent();
    this.#state = 'input-ended';
    const ms = limits.startGraceMs;
    this.#waiting = { ...this.#waiting, idleMs: ms, totalMs: ms, onTimeout: silent };
    channel.end();
    return undefined;
  }

  #fail(failure: Failure): readonly Output[] {
    return [{ type: 'lost', failure }];
  }
}
