/** Removes a listener. */
export type Unsubscribe = () => void;

/** A list of listeners. */
export interface Emitter<T> {
  on(listener: (value: T) => void): Unsubscribe;
  fire(value: T): void;
}

export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fire: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
  };
}
