import { setImmediate } from 'node:timers/promises';

export type Pace = 'slow' | 'realistic' | 'fast';

/** The share of a realistic delay that is used. */
const share: Readonly<Record<Pace, number>> = { slow: 3, realistic: 1, fast: 0.004 };

/** A running command of a simulated node. */
export class Job {
  readonly pid: number;
  readonly #share: number;
  #signal: 'INT' | 'TERM' | undefined;
  #hurried = false;
  #isProven = false;
  #wake: () => void = () => undefined;

  /** `slowness` is that of the node: a factor for all delays. */
  constructor(pid: number, pace: Pace, slowness: number) {
    this.pid = pid;
    this.#share = share[pace] * slowness;
  }

  /** Whether an interrupt must wait, as during an rpm transaction. */
  isUninterruptible = false;

  /** The received signal. */
  get signal(): 'INT' | 'TERM' | undefined {
    return this.#signal;
  }

  kill(signal: 'INT' | 'TERM'): void {
    this.#signal = signal;
    this.#wake();
  }

  /** A second login was confirmed. */
  prove(): void {
    this.#isProven = true;
    this.#wake();
  }

  get isProven(): boolean {
    return this.#isProven;
  }

  /** Waits for the confirmation of a second login or a signal, at most that many milliseconds, at any pace. */
  async awaitProof(milliseconds: number): Promise<void> {
    if (this.#isProven || this.#signal !== undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Skips all further delays: the connection is closed. */
  finishNow(): void {
    this.#hurried = true;
    this.#wake();
  }

  /** Waits for a realistic delay in milliseconds; ends early on a signal or on `hurry`. */
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
