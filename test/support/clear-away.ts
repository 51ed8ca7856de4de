import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/** A process that was just ended may still write into its folder, which fills up again meanwhile: some seconds of tries. */
const patience = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 } as const;

/** Removes a folder of a test with all that is in it. */
export const clearAway = (folder: string): Promise<void> => rm(folder, patience);

/** The same, at once. */
export const clearAwaySync = (folder: string): void => rmSync(folder, patience);
