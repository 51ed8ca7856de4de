import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process that has just ended may still write into its folder while it is removed. The retries of `rm` itself do not help:
 * they remove the same folder again, without what was written since. So the whole removal is repeated.
 */
const attempts = 100;
const pauseMs = 100;
const whole = { recursive: true, force: true } as const;

function isLast(cause: unknown, attempt: number): boolean {
  const isRefilled = cause instanceof Error && 'code' in cause && cause.code === 'ENOTEMPTY';
  return !isRefilled || attempt === attempts;
}

/** Removes the folder of a test with its contents. */
export async function clearAway(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rm(folder, whole);
    } catch (cause) {
      if (isLast(cause, attempt)) throw cause;
      await delay(pauseMs);
    }
  }
}

/** The same synchronously. */
export function clearAwaySync(folder: string): void {
  const lock = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmSync(folder, whole);
      return;
    } catch (cause) {
      if (isLast(cause, attempt)) throw cause;
      Atomics.wait(lock, 0, 0, pauseMs);
    }
  }
}
