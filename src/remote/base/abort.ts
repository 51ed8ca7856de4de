import { setMaxListeners } from 'node:events';

/** Calls the listener when the signal aborts, immediately if it already has; returns a function that removes the listener. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  // All nodes and commands of a run share one signal; many listeners are not a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}

/** The value, or undefined if the signal aborts first. */
export function orAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => resolve(undefined));
    value.then(resolve, reject).finally(release);
  });
}
