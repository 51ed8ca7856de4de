import { onAbort } from './abort.ts';

/** Milliseconds. */
export interface DeadlineLimits {
  /** For the first step; later steps set their own. */
  readonly stepMs: number;
  /** For all steps together. */
  readonly totalMs: number;
}

/** The longest time that is counted at once, milliseconds: while this process is busy or the computer sleeps, no peer is late. */
const sliceMs = 250;

/** A deadline for each step and for all of them; it is paused during prompts. */
export class Deadline {
  readonly #expired: (limitMs: number) => void;
  readonly #totalMs: number;
  #stepMs: number;
  #step: number;
  #total: number;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauses = 0;
  /** Changes whenever the time left does. */
  #round = 0;
  #isStopped = false;
  readonly #waiting: (() => void)[] = [];

  /** `expired` receives the limit that was exceeded. */
  constructor({ stepMs, totalMs }: DeadlineLimits, expired: (limitMs: number) => void) {
    this.#stepMs = this.#step = stepMs;
    this.#totalMs = this.#total = totalMs;
    this.#expired = expired;
    this.#start();
  }

  /** Starts the next step, with its own limit. */
  step(milliseconds: number): void {
    if (this.#isStopped) return;
    if (this.#pauses === 0) this.#pause();
    this.#stepMs = this.#step = milliseconds;
    if (this.#pauses === 0) this.#start();
  }

  /** Pauses the deadline until the prompt is answered. */
  async pauseWhile<T>(thinking: () => Promise<T>): Promise<T> {
    if (this.#pauses++ === 0) this.#pause();
    try {
      return await thinking();
    } finally {
      if (--this.#pauses === 0) {
        for (const wake of this.#waiting.splice(0)) wake();
        if (!this.#isStopped) this.#start();
      }
    }
  }

  /** Resolves when no prompt is open, or when the signal aborts. */
  resumed(signal: AbortSignal): Promise<void> {
    if (this.#pauses === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const release = onAbort(signal, resolve);
      this.#waiting.push(() => {
        release();
        resolve();
      });
    });
  }

  get isPaused(): boolean {
    return this.#pauses > 0;
  }

  /** Stops the deadline for good. */
  stop(): void {
    this.#isStopped = true;
    this.#round += 1;
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#tick(), Math.min(sliceMs, this.#step, this.#total));
  }

  #tick(): void {
    this.#pause();
    if (this.#step > 0 && this.#total > 0) this.#start();
    else this.#expireSoon();
  }

  #expireSoon(): void {
    const limitMs = this.#total < this.#step ? this.#totalMs : this.#stepMs;
    const round = this.#round;
    // What has arrived while this process was busy is read first.
    setImmediate(() => {
      if (round === this.#round) this.#expired(limitMs);
    });
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
    const passed = Math.min(performance.now() - this.#since, 2 * sliceMs);
    this.#step = Math.max(0, this.#step - passed);
    this.#total = Math.max(0, this.#total - passed);
  }
}
