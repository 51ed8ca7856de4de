/** Gathers texts and hands them on together, so that a burst costs one call. */
export interface Batch {
  add(text: string): void;
  /** Hands on what waits. */
  flush(): void;
}

/** `every` is in milliseconds. */
export function createBatch(every: number, hand: (text: string) => void): Batch {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const texts = waiting;
    waiting = [];
    hand(texts.join(''));
  };
  return {
    add: (text) => {
      waiting.push(text);
      timer ??= setTimeout(flush, every);
    },
    flush,
  };
}
