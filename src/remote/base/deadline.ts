import { onAbort } from './abort.ts';

/** Times in milliseconds. */
export interface PatienceLimits {
  /** For the first step; later ones bring their own. */
  readonly stepMs: number;
  /** For all steps together. */
  readonly totalMs: number;
}

/** A deadline for each step and for all of them; it stands still while a person is thinking. */
export class Patience {
  readonly #expired: (limitMs: number) => void;
  readonly #totalMs: number;
  #stepMs: number;
  #step: number;
  #total: number;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holds = 0;
  #over = false;
  readonly #waiting: (() => void)[] = [];

  /** `expired` hears which limit it was. */
  constructor({ stepMs, totalMs }: PatienceLimits, expired: (limitMs: number) => void) {
    this.#stepMs = this.#step = stepMs;
    this.#totalMs = this.#total = totalMs;
    this.#expired = expired;
    this.#run();
  }

  /** Something has come: another step begins, which may take so long. */
  step(milliseconds: number): void {
    if (this.#over) return;
    if (this.#holds === 0) this.#pause();
    this.#stepMs = this.#step = milliseconds;
    if (this.#holds === 0) this.#run();
  }

  /** Waits for the person without counting the time. */
  async hold<T>(thinking: () => Promise<T>): Promise<T> {
    if (this.#holds++ === 0) this.#pause();
    try {
      return await thinking();
    } finally {
      if (--this.#holds === 0) {
        for (const wake of this.#waiting.splice(0)) wake();
        if (!this.#over) this.#run();
      }
    }
  }

  /** Resolves when no person is thinking any more, or when the signal aborts. */
  idle(signal: AbortSignal): Promise<void> {
    if (this.#holds === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const release = onAbort(signal, resolve);
      this.#waiting.push(() => {
        release();
        resolve();
      });
    });
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** Ends the deadline for good. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #run(): void {
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
