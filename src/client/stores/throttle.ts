/** Does some work again and again, as seldom as its cost demands. */
export interface Throttle {
  /** Asks for the work; requests that come before it is due are met by one. */
  request(): void;
  dispose(): void;
}

/** How much of the time the work may take: a tenth. */
const share = 10;

/** The work is done at most every `least` milliseconds, and the less often the longer it takes. */
export function createThrottle(least: number, work: () => void): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  const run = (): void => {
    timer = undefined;
    const begun = performance.now();
    work();
    const ended = performance.now();
    due = ended + Math.max(least, share * (ended - begun));
  };
  return {
    request: () => {
      timer ??= setTimeout(run, Math.max(0, due - performance.now()));
    },
    dispose: () => clearTimeout(timer),
  };
}
