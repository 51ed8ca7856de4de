import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type StoredRun, storedRuns } from './stored-runs.ts';
import { isSystemError } from './system-error.ts';

/** How long runs are kept, and how much space they may use. */
export interface Retention {
  readonly days: number;
  readonly megabytes: number;
}

/** The default retention. */
export const defaultRetention: Retention = { days: 30, megabytes: 1000 };

/** No job runs for longer; an unfinished run counts as active until then. */
const maxUnfinishedDays = 30;

const dayMs = 24 * 60 * 60 * 1000;

async function sizeOf(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  let size = 0;
  for (const entry of found) {
    if (!entry.isFile()) continue;
    try {
      size += (await stat(join(entry.parentPath, entry.name))).size;
    } catch (cause) {
      if (!isSystemError(cause) || cause.code !== 'ENOENT') throw cause;
    }
  }
  return size;
}

/** Finished runs that are too old, and the oldest ones above the size limit; never a run that may still be active. */
async function expiredRuns(
  runs: readonly StoredRun[],
  { days, megabytes }: Retention,
  now: number,
): Promise<readonly StoredRun[]> {
  let room = megabytes * 1e6;
  const expired: StoredRun[] = [];
  for (const run of runs) {
    room -= await sizeOf(run.folder);
    const age = now - run.last;
    const isOver = run.outcome !== undefined || age > Math.max(days, maxUnfinishedDays) * dayMs;
    if (isOver && (age > days * dayMs || room < 0)) expired.push(run);
  }
  return expired;
}

/** Removes expired runs; `now` in milliseconds since 1970. */
export async function prune(stateFolder: string, retention: Retention, now: number): Promise<void> {
  for (const { folder } of await expiredRuns(await storedRuns(stateFolder), retention, now))
    await rm(folder, { recursive: true, force: true });
}
