import type { WaitListener } from '../remote/base/waits.ts';
import type { TimedEvent } from '../run/events.ts';

/** What the nodes of a run wait for, as events between the others. */
export class NodeWaits {
  readonly #ready: TimedEvent[] = [];
  #wake: () => void = () => undefined;

  /** For the connections to a node. */
  listenerOf(node: string): WaitListener {
    return (reason) => {
      this.#ready.push({ type: 'node-waiting', node, ...(reason && { reason }), at: Date.now() });
      this.#wake();
    };
  }

  /** The events of the run, each asked for only after the one before it was taken, and the waits as they arrive. */
  async *mix(events: AsyncIterable<TimedEvent>): AsyncGenerator<TimedEvent> {
    const source = events[Symbol.asyncIterator]();
    try {
      for (;;) {
        let next: IteratorResult<TimedEvent> | undefined;
        let failure: { readonly cause: unknown } | undefined;
        source.next().then(
          (result) => {
            next = result;
            this.#wake();
          },
          (cause: unknown) => {
            failure = { cause };
            this.#wake();
          },
        );
        do {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
            if (next || failure || this.#ready.length > 0) resolve();
          });
          yield* this.#ready.splice(0);
        } while (!next && !failure);
        if (failure) throw failure.cause;
        if (!next || next.done) return;
        yield next.value;
      }
    } finally {
      await source.return?.();
    }
  }
}
