/** Work on documents that waits until the typing pauses. */
export interface Schedule {
  /** Does the work for this key soon, in place of what waits for it; the slower it was last time, the longer it waits. */
  soon(key: string, work: () => Promise<void>): void;
  forget(key: string): void;
  dispose(): void;
}

/** Milliseconds of quiet before a document is read: at least, and at most. */
const quiet = { least: 150, most: 2000 };

/** A new document is read at once, a changed one after a pause; work that throws is told to `failed`. */
export function createSchedule(failed: (cause: unknown) => void): Schedule {
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
        delays.set(key, Math.min(quiet.most, Math.max(quiet.least, 2 * took)));
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
