import type { Failure } from '../../base/failure.ts';
import type { ClientChannel } from '../base/ssh2.ts';
import type { Waits } from '../base/waits.ts';
import type { Dialogue, TimedWait } from './dialogue.ts';

export interface WaitClockOptions {
  readonly dialogue: Dialogue;
  readonly channel: ClientChannel;
  readonly waits: Waits;
  /** Ends the command. */
  readonly end: (failure: Failure) => void;
}

/** Enforces the time limits of a dialogue, and names its waits. */
export class WaitClock {
  readonly #dialogue: Dialogue;
  readonly #channel: ClientChannel;
  readonly #end: (failure: Failure) => void;
  readonly #waits: Waits;
  #waiting: TimedWait | undefined;
  #endWait: () => void = () => undefined;
  #idle: NodeJS.Timeout | undefined;
  #total: NodeJS.Timeout | undefined;

  constructor({ dialogue, channel, waits, end }: WaitClockOptions) {
    this.#waits = waits;
    this.#dialogue = dialogue;
    this.#channel = channel;
    this.#end = end;
  }

  /** Call at the beginning and after every output. */
  follow(): void {
    const { waiting } = this.#dialogue;
    clearTimeout(this.#idle);
    if (waiting !== this.#waiting) {
      clearTimeout(this.#total);
      this.#waiting = waiting;
      this.#endWait();
      this.#endWait = waiting ? this.#waits.begin(waiting.code, ...waiting.args) : () => undefined;
      if (waiting) this.#total = setTimeout(() => this.#expire(waiting.totalMs), waiting.totalMs);
    }
    if (waiting) this.#idle = setTimeout(() => this.#expire(waiting.idleMs), waiting.idleMs);
  }

  stop(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
    this.#endWait();
  }

  #expire(milliseconds: number): void {
    this.stop();
    const failure = this.#waiting?.onTimeout(milliseconds / 1_000, this.#channel);
    if (failure) this.#end(failure);
    else this.follow();
  }
}
