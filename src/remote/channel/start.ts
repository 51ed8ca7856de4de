import { randomBytes } from 'node:crypto';
import type { Failure } from '../../base/failure.ts';
import { goAhead } from '../../shell/announce.ts';
import type { Limits } from '../base/limits.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Target } from '../base/target.ts';
import type { Output } from '../base/transport.ts';
import type { Dialogue, Waiting } from './dialogue.ts';
import {
  startAsks,
  startEnded,
  startFloods,
  startHidden,
  startReplaced,
  startSilent,
} from './start-failures.ts';
import { WordFinder } from './word-finder.ts';

export interface Start {
  readonly target: Target;
  readonly limits: Limits;
  readonly tty: boolean;
  readonly word: string;
  /** What follows once the command has begun. */
  readonly next: Dialogue;
}

/** Start files may print so much before the command, bytes. */
const maxNoise = 16 * 1024 * 1024;
/** So much of the end of it is quoted. */
const keptNoise = 4_096;

export function newWord(): string {
  return `stackprep-start-${randomBytes(12).toString('hex')}`;
}

type Data = Extract<Output, { type: 'data' }>;

/**
 * Waits for the word that the login's shell says before it becomes the command (shell/announce.ts); what start files print before
 * it belongs to nobody. Nothing of the input is sent before.
 */
export class StartDialogue implements Dialogue {
  readonly #start: Start;
  readonly #finders: { readonly stdout: WordFinder; readonly stderr: WordFinder };
  #stage: 'starting' | 'input-ended' | 'running' = 'starting';
  #waiting: Waiting;
  #said = '';
  #noise = 0;

  constructor(start: Start) {
    this.#start = start;
    this.#finders = { stdout: new WordFinder(start.word), stderr: new WordFinder(start.word) };
    const { startMs, startTotalMs } = start.limits;
    this.#waiting = {
      idleMs: startMs,
      totalMs: startTotalMs,
      expire: (seconds, channel) => this.#endInput(seconds, channel),
    };
  }

  get waiting(): Waiting | undefined {
    return this.#stage === 'running' ? this.#start.next.waiting : this.#waiting;
  }

  begin(): void {
    // Not before the word.
  }

  hear(output: Output, channel: ClientChannel): readonly Output[] {
    if (output.type === 'data') return this.#hearData(output, channel);
    if (this.#stage === 'running') return this.#start.next.hear(output, channel);
    if (output.type === 'lost') return [output];
    const { target } = this.#start;
    const end = { ...output, said: this.#said };
    return this.#fail(
      this.#stage === 'starting' ? startEnded(target, end) : startReplaced(target, this.#said),
    );
  }

  #hearData(output: Data, channel: ClientChannel): readonly Output[] {
    const { next, target } = this.#start;
    const finder = this.#finders[output.stream];
    if (!finder.isFound) {
      const rest = finder.hear(output.bytes);
      if (!rest) return this.#skip(output.bytes);
      if (output.stream === 'stdout') {
        if (this.#stage === 'input-ended') return this.#fail(startAsks(target, this.#said));
        this.#stage = 'running';
        channel.write(goAhead);
        next.begin(channel);
      }
      if (rest.length === 0) return [];
      output = { ...output, bytes: rest };
    }
    return this.#stage === 'running' ? next.hear(output, channel) : [];
  }

  #skip(bytes: Uint8Array): readonly Output[] {
    if (this.#stage === 'running') return [];
    this.#noise += bytes.length;
    const end = Buffer.from(bytes.subarray(-keptNoise)).toString('utf8');
    this.#said = `${this.#said}${end}`.slice(-keptNoise);
    return this.#noise > maxNoise ? this.#fail(startFloods(this.#start.target, maxNoise)) : [];
  }

  /** Who reads the input itself is found by its end: a shell that replaced this one, or a question. */
  #endInput(seconds: number, channel: ClientChannel): Failure | undefined {
    const { target, tty, limits } = this.#start;
    const silent = (): Failure =>
      this.#finders.stderr.isFound ? startHidden(target) : startSilent(target, { seconds, said: this.#said });
    // A terminal knows no end of input.
    if (tty || this.#finders.stderr.isFound) return silent();
    this.#stage = 'input-ended';
    this.#waiting = { idleMs: limits.startGraceMs, totalMs: limits.startGraceMs, expire: silent };
    channel.end();
    return undefined;
  }

  #fail(failure: Failure): readonly Output[] {
    return [{ type: 'lost', failure }];
  }
}
