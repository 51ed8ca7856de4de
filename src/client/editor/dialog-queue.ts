/** Runs tasks one at a time, in the order of the requests. */
export interface Turns {
  /** Waits for its turn; resolves immediately with `otherwise` if the signal aborts before or during the turn. */
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
      // The next turn starts when the dialog of this one is closed, regardless of its outcome.
      last = turn.catch(() => undefined);
      return Promise.race([turn, aborted]);
    },
  };
}
