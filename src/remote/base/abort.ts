import { setMaxListeners } from 'node:events';

/** Calls the listener when the signal aborts, at once when it has; the result takes the listener away. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  // Every node and every command of a run listens to the same signal; that many is no leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}

/** The value, or undefined when the signal aborts first. */
export function orAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => resolve(undefined));
    value.then(resolve, reject).finally(release);
  });
}
