/** Times of a run in milliseconds; none of them counts while a person is asked. */
export interface JobTimes {
  /** A node that says nothing for so long is taken for lost; the controller sends a sign of life every three seconds. */
  readonly silence: number;
  /** Before its first word the controller may have to write much to a slow disk. */
  readonly first: number;
  /** Between two requests to end. */
  readonly cancel: number;
  /** How long after a cancellation a node that does not answer is sought to tell it. */
  readonly farewell: number;
  /** For the answer to one question: to cancel, to prove a login, for the id of a boot. */
  readonly answer: number;
  /** Without a word from a check: the longest ones fetch package lists from slow mirrors. */
  readonly checkSilence: number;
  /** For the check of one step. */
  readonly checkStep: number;
}

const defaults: JobTimes = {
  silence: 25_000,
  first: 90_000,
  cancel: 5_000,
  farewell: 30_000,
  answer: 20_000,
  checkSilence: 600_000,
  checkStep: 1_800_000,
};

export function jobTimes({ times = {} }: { readonly times?: Partial<JobTimes> }): JobTimes {
  return { ...defaults, ...times };
}

/** Waits between logins that a node with a change to roll back refuses, milliseconds; the last one repeats. */
export const refusalWaits = [2_000, 3_000, 5_000, 8_000, 12_000, 15_000] as const;
/** For so long such a node, which may roll back at its next boot only, may refuse them, milliseconds. */
const maxRefusedMs = 180_000;

/** A wait of a list by its place, the last one where it is at its end, and varied: nodes that were lost together do not come back together. */
export function varied(waits: readonly number[], index: number): number {
  return (waits[Math.min(index, waits.length - 1)] ?? 0) * (0.75 + Math.random() / 2);
}

/** The pauses between logins that a node refuses until it has rolled back. */
export class RefusalPauses {
  #count = 0;
  #passedMs = 0;

  get isOver(): boolean {
    return this.#passedMs >= maxRefusedMs;
  }

  /** The next one, milliseconds. */
  next(): number {
    const wait = varied(refusalWaits, this.#count);
    this.#count += 1;
    this.#passedMs += wait;
    return wait;
  }
}
