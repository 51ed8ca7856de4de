import { onAbort } from './abort.ts';

/** A deadline that stands still while a person is thinking. */
export class Patience {
  readonly #expired: () => void;
  #left: number;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holds = 0;
  #over = false;
  readonly #waiting: (() => void)[] = [];

  constructor(milliseconds: number, expired: () => void) {
    this.#left = milliseconds;
    this.#expired = expired;
    this.#run();
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
    this.#timer = setTimeout(this.#expired, this.#left);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#left = Math.max(0, this.#left - (performance.now() - this.#since));
  }
}
