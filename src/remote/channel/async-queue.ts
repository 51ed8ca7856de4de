/** Above the high mark the sender is paused; below the low mark it is resumed. */
const HIGH_WATER_BYTES = 1_048_576;
const LOW_WATER_BYTES = 262_144;

export interface FlowControl {
  pause(): void;
  resume(): void;
}

/** A queue from events to an async reader; pauses the sender when too much is queued. */
export class AsyncQueue<Item> {
  readonly #items: { readonly item: Item; readonly bytes: number }[] = [];
  readonly #flow: FlowControl;
  #bytes = 0;
  #isPaused = false;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(flow: FlowControl) {
    this.#flow = flow;
  }

  /** Ignored after the last item. */
  put(item: Item, bytes: number): void {
    if (this.#isClosed) return;
    this.#items.push({ item, bytes });
    this.#bytes += bytes;
    if (this.#bytes > HIGH_WATER_BYTES && !this.#isPaused) {
      this.#isPaused = true;
      this.#flow.pause();
    }
    this.#wake?.();
  }

  /** Adds the last item; `dropping` discards the queued ones. */
  close(last: Item, { dropping }: { readonly dropping: boolean }): void {
    if (this.#isClosed) return;
    if (dropping) this.#items.length = 0;
    this.put(last, 0);
    this.#isClosed = true;
  }

  /** Waits for the next item. Only one reader at a time, and no call after the last item. */
  async take(): Promise<Item> {
    for (;;) {
      const next = this.#items.shift();
      if (next) {
        this.#bytes -= next.bytes;
        if (this.#isPaused && this.#bytes < LOW_WATER_BYTES) {
          this.#isPaused = false;
          this.#flow.resume();
        }
        return next.item;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
