/** Lets callers have something one after another, in the order in which they asked. */
export interface Turns {
  /** Waits for its turn; resolves with `otherwise` at once when the signal aborts, before the turn or in the middle of it. */
  take<T>(signal: AbortSignal, otherwise: T, act: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (signal, otherwise, act) => {
      const aborted = new Promise<typeof otherwise>((resolve) => {
        if (signal.aborted) resolve(otherwise);
        signal.addEventListener('abort', () => resolve(otherwise), { once: true });
      });
      const turn = last.then(() => (signal.aborted ? otherwise : act()));
      // The next turn begins when this one's question is off the screen, however it ended.
      last = turn.catch(() => undefined);
      return Promise.race([turn, aborted]);
    },
  };
}
