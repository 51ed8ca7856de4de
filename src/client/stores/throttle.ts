/** Repeats work no more often than its cost allows. */
export interface Throttle {
  /** Requests the work; requests before it is due are merged. */
  request(): void;
  dispose(): void;
}

/** The work may take at most 1/`share` of the time. */
const share = 10;

/** Runs the work at most every `least` milliseconds, and less often the longer it takes. */
export function createThrottle(minIntervalMs: number, work: () => void): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  const run = (): void => {
    timer = undefined;
    const begun = performance.now();
    work();
    const ended = performance.now();
    due = ended + Math.max(minIntervalMs, share * (ended - begun));
  };
  return {
    request: () => {
      timer ??= setTimeout(run, Math.max(0, due - performance.now()));
    },
    dispose: () => clearTimeout(timer),
  };
}
