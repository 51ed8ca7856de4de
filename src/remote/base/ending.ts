import type { Failure } from '../../base/failure.ts';

/** Something that ends once, with a reason; only the first reason counts. */
export class Ending {
  #failure: Failure | undefined;
  readonly #listeners = new Set<(failure: Failure) => void>();

  /** Why it ended; undefined until then. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  end(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(failure);
  }

  /** Calls the listener at the end, immediately if it has already ended; returns a function that removes the listener. */
  onEnd(listener: (failure: Failure) => void): () => void {
    if (this.#failure) listener(this.#failure);
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
