/** What may wait in a mailbox before its sender is asked to pause, and to go on; bytes. */
const HIGH_WATER_BYTES = 1_048_576;
const LOW_WATER_BYTES = 262_144;

export interface FlowControl {
  pause(): void;
  resume(): void;
}

/** Items from events, taken one by one; asks the sender to pause when too much waits. */
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

  /** Has no effect after the last item. */
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

  /** Puts the last item; `dropping` throws away what waits before it. */
  close(last: Item, { dropping }: { readonly dropping: boolean }): void {
    if (this.#isClosed) return;
    if (dropping) this.#items.length = 0;
    this.put(last, 0);
    this.#isClosed = true;
  }

  /** The next item, waiting for it if need be; one taker at a time, none after the last item. */
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
