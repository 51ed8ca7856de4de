import { onAbort } from './base/abort.ts';

/** Limits how many may proceed at once; the others wait in a queue. */
export class Semaphore {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  /** Acquires a permit; call the result to release it. Returns at once, without a permit, if the signal aborts. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    if (this.#free === 0) {
      const isAcquired = await new Promise<boolean>((resolve) => {
        const pass = () => resolve(true);
        this.#waiting.push(pass);
        onAbort(signal, () => {
          const at = this.#waiting.indexOf(pass);
          // It may have been acquired at this very moment.
          if (at === -1) return;
          this.#waiting.splice(at, 1);
          resolve(false);
        });
      });
      if (!isAcquired) return () => undefined;
    } else this.#free--;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
  }
}
