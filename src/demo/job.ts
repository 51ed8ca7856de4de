import { setImmediate } from 'node:timers/promises';

export type Pace = 'realistic' | 'fast';

/** How much of a realistic wait is waited. */
const share: Readonly<Record<Pace, number>> = { realistic: 1, fast: 0.004 };

/** A running command of a simulated node, as the node's process table knows it. */
export class Job {
  readonly pid: number;
  readonly #share: number;
  #signal: 'INT' | 'TERM' | undefined;
  #hurried = false;
  #wake: () => void = () => undefined;

  /** `slowness` is the node's: 1 waits as long as the pace says, 1.2 a fifth longer. */
  constructor(pid: number, pace: Pace, slowness: number) {
    this.pid = pid;
    this.#share = share[pace] * slowness;
  }

  /** An interrupt has to wait, as in rpm's transaction. */
  isUninterruptible = false;

  /** The signal that it got. */
  get signal(): 'INT' | 'TERM' | undefined {
    return this.#signal;
  }

  kill(signal: 'INT' | 'TERM'): void {
    this.#signal = signal;
    this.#wake();
  }

  /** From now on no wait is waited: nobody watches. */
  hurry(): void {
    this.#hurried = true;
    this.#wake();
  }

  /** Waits that long, in realistic milliseconds; a signal or a hurry ends the wait. */
  async pause(realistic: number): Promise<void> {
    const milliseconds = realistic * this.#share;
    if (this.#hurried || milliseconds < 1) return setImmediate();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
