import { onAbort } from './abort.ts';

/** Milliseconds. */
export interface DeadlineLimits {
  /** For the first step; later steps set their own. */
  readonly stepMs: number;
  /** For all steps together. */
  readonly totalMs: number;
}

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
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#since = performance.now();
    const isTotal = this.#total < this.#step;
    const limitMs = isTotal ? this.#totalMs : this.#stepMs;
    this.#timer = setTimeout(() => this.#expired(limitMs), isTotal ? this.#total : this.#step);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    const passed = performance.now() - this.#since;
    this.#step = Math.max(0, this.#step - passed);
    this.#total = Math.max(0, this.#total - passed);
  }
}
