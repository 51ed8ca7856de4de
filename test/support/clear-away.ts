import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/** A process that has just ended may still write into its folder while it is removed, so removing is retried for some seconds. */
const retries = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 } as const;

/** Removes the folder of a test with its contents. */
export const clearAway = (folder: string): Promise<void> => rm(folder, retries);

/** The same synchronously. */
export const clearAwaySync = (folder: string): void => rmSync(folder, retries);
