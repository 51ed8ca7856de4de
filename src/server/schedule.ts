/** Debounces work on documents. */
export interface Schedule {
  /** Schedules work for a key, replacing pending work; slow work is delayed longer the next time. */
  soon(key: string, work: () => Promise<void>): void;
  forget(key: string): void;
  dispose(): void;
}

export interface Pauses {
  /** Delay after the last change in milliseconds, except for the first run of a key. */
  readonly minDelayMs: number;
  /** Work that took longer than this many milliseconds is delayed by that time, up to two seconds, to leave half of the time for requests. */
  readonly quickMs: number;
}

const maxDelayMs = 2000;

/** New documents are processed immediately, changed ones after a pause; exceptions go to `failed`. */
export function createSchedule({ minDelayMs, quickMs }: Pauses, failed: (cause: unknown) => void): Schedule {
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
        delays.set(key, took <= quickMs ? minDelayMs : Math.min(maxDelayMs, Math.max(minDelayMs, took)));
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
