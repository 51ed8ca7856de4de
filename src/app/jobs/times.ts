/** Time limits of a run in milliseconds; the clock stops during prompts. */
export interface JobTimes {
  /** Silence after which a node counts as lost; the controller sends a sign of life every three seconds. */
  readonly silenceMs: number;
  /** Until the first frame; the controller may have to write a lot to a slow disk. */
  readonly firstFrameMs: number;
  /** Between two requests to cancel. */
  readonly cancelRetryMs: number;
  /** How long after a cancellation to keep trying to reach an unreachable node. */
  readonly cancelReconnectMs: number;
  /** For a single answer: to a cancellation, to the confirmation of a login, for the boot id. */
  readonly answerMs: number;
  /** Without output of a check; the slowest ones download package lists from slow mirrors. */
  readonly checkSilenceMs: number;
  /** For the check of one step. */
  readonly checkStepMs: number;
  /** Until a node is back after a reboot. */
  readonly rebootMs: number;
  /** Between two questions to a node that reboots. */
  readonly rebootPollMs: number;
  /** Between two signs to a node that the run, which waits between two steps, still needs it; the node expects one every 30 s. */
  readonly keepMs: number;
  /** For one other member of a quorum to come back, before this one may reboot. */
  readonly quorumWaitMs: number;
  /** For the members of a service to answer, before and after a reboot. */
  readonly serviceBackMs: number;
  /** How long to repeat a login that worked before and is refused; a node that may roll back does so only at its next boot. */
  readonly refusedMs: number;
}

const defaults: JobTimes = {
  silenceMs: 25_000,
  firstFrameMs: 90_000,
  cancelRetryMs: 5_000,
  cancelReconnectMs: 30_000,
  answerMs: 20_000,
  checkSilenceMs: 600_000,
  checkStepMs: 1_800_000,
  rebootMs: 900_000,
  rebootPollMs: 1_000,
  keepMs: 10_000,
  quorumWaitMs: 2_700_000,
  serviceBackMs: 600_000,
  refusedMs: 180_000,
};

export function jobTimes({ times = {} }: { readonly times?: Partial<JobTimes> }): JobTimes {
  return { ...defaults, ...times };
}

/** Waits between logins while a node that may roll back refuses them, milliseconds; the last one repeats. */
export const refusalWaitsMs = [2_000, 3_000, 5_000, 8_000, 12_000, 15_000] as const;

/** The wait at an index, the last one repeating, with jitter: nodes that were lost together should not reconnect together. */
export function withJitter(waits: readonly number[], index: number): number {
  return (waits[Math.min(index, waits.length - 1)] ?? 0) * (0.75 + Math.random() / 2);
}

/** The pauses between refused logins, until the node has rolled back or has started. */
export class RefusalPauses {
  readonly #waitsMs: readonly number[];
  readonly #maxMs: number;
  #count = 0;
  #passedMs = 0;

  constructor(waitsMs: readonly number[] = refusalWaitsMs, maxMs: number = defaults.refusedMs) {
    this.#waitsMs = waitsMs;
    this.#maxMs = maxMs;
  }

  get isOver(): boolean {
    return this.#passedMs >= this.#maxMs;
  }

  /** The next pause, milliseconds. */
  next(): number {
    const wait = withJitter(this.#waitsMs, this.#count);
    this.#count += 1;
    this.#passedMs += wait;
    return wait;
  }
}
