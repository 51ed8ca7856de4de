/** How many values may wait for the consumer before the sources pause. */
const maxReady = 512;

/** Runs a generator per item, at most `limit` at once, and yields their values as they arrive. */
export async function* merge<Item, Value>(
  items: readonly Item[],
  limit: number,
  source: (item: Item) => AsyncIterable<Value>,
): AsyncGenerator<Value> {
  const waiting = [...items];
  const ready: Value[] = [];
  let running = 0;
  let failure: { readonly cause: unknown } | undefined;
  let isAbandoned = false;
  let wake: () => void = () => undefined;
  let drained: (() => void)[] = [];
  const pump = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      for await (const value of source(item)) {
        if (isAbandoned) return;
        ready.push(value);
        wake();
        if (ready.length >= maxReady) await new Promise<void>((resolve) => drained.push(resolve));
      }
    }
  };
  const start = async (): Promise<void> => {
    try {
      await pump();
    } catch (cause) {
      failure ??= { cause };
    }
    running -= 1;
    wake();
  };
  for (let worker = 0; worker < Math.min(limit, items.length); worker += 1) {
    running += 1;
    void start();
  }
  try {
    while (true) {
      while (ready.length > 0) yield* ready.splice(0);
      for (const resume of drained.splice(0)) resume();
      drained = [];
      if (failure) throw failure.cause;
      if (running === 0 && ready.length === 0) return;
      if (ready.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    // The consumer stopped early: nothing more is read.
    isAbandoned = true;
    waiting.length = 0;
    for (const resume of drained) resume();
  }
}
