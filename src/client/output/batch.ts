/** Collects items and passes them on together, so that a burst costs one call. */
export interface Batch<T> {
  add(item: T): void;
  /** Whether the item is still pending. */
  has(item: T): boolean;
  /** Passes on the pending items. */
  flush(): void;
}

/** `every` is in milliseconds. */
export function createBatch<T>(every: number, hand: (items: readonly T[]) => void): Batch<T> {
  let waiting = new Set<T>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    const items = [...waiting];
    waiting = new Set();
    hand(items);
  };
  return {
    add: (item) => {
      waiting.add(item);
      timer ??= setTimeout(flush, every);
    },
    has: (item) => waiting.has(item),
    flush,
  };
}
