import type { Failure } from '../../base/failure.ts';

/** Something that ends once, for one reason; the first reason counts. */
export class Ending {
  #failure: Failure | undefined;
  readonly #listeners = new Set<(failure: Failure) => void>();

  /** Why it is over, once it is. */
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

  /** Calls the listener at the end, at once when that was before; the result takes the listener away. */
  onEnd(listener: (failure: Failure) => void): () => void {
    if (this.#failure) listener(this.#failure);
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
