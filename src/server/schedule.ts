/** Work on documents that waits until the typing pauses. */
export interface Schedule {
  /** Does the work for this key soon, in place of what waits for it; slow work waits longer the next time. */
  soon(key: string, work: () => Promise<void>): void;
  forget(key: string): void;
  dispose(): void;
}

export interface Pauses {
  /** Milliseconds of quiet that every work waits for after the first. */
  readonly least: number;
  /** Work that took longer than this many milliseconds waits for that time, so that half of the time is left for questions, but never longer than two seconds. */
  readonly quick: number;
}

const longest = 2000;

/** New documents are worked on at once, changed ones after a pause; work that throws is told to `failed`. */
export function createSchedule({ least, quick }: Pauses, failed: (cause: unknown) => void): Schedule {
  const waiting = new Map<string, NodeJS.Timeout>();
  const delays = new Map<string, number>();
  const stop = (key: string): void => {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  };
  return {
    soon: (key, work) => {
      stop(key);
      const start = async (): Promise<void> => {
        waiting.delete(key);
        const begun = performance.now();
        await work();
        const took = performance.now() - begun;
        delays.set(key, took <= quick ? least : Math.min(longest, Math.max(least, took)));
      };
      const timer = setTimeout(() => void start().catch(failed), delays.get(key) ?? 0);
      waiting.set(key, timer);
    },
    forget: (key) => {
      stop(key);
      delays.delete(key);
    },
    dispose: () => {
      for (const key of [...waiting.keys()]) stop(key);
    },
  };
}
