import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeptRun, keptRuns } from './kept-runs.ts';
import { isSystemFault } from './system-fault.ts';

/** How long the logs of runs are kept, and how much space they may take. */
export interface Retention {
  readonly days: number;
  readonly megabytes: number;
}

/** What is kept where nobody says otherwise. */
export const defaultRetention: Retention = { days: 30, megabytes: 1000 };

/** No job on a node goes on for so many days; a run without an end may until then. */
const longest = 30;

const day = 24 * 60 * 60 * 1000;

async function sizeOf(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  let size = 0;
  for (const entry of found) {
    if (!entry.isFile()) continue;
    try {
      size += (await stat(join(entry.parentPath, entry.name))).size;
    } catch (cause) {
      if (!isSystemFault(cause) || cause.code !== 'ENOENT') throw cause;
    }
  }
  return size;
}

/** The finished runs that are too old, and the oldest of the others until the rest fits; a run that may go on is never among them. */
async function tooMuch(
  runs: readonly KeptRun[],
  { days, megabytes }: Retention,
  now: number,
): Promise<readonly KeptRun[]> {
  let room = megabytes * 1e6;
  const gone: KeptRun[] = [];
  for (const run of runs) {
    room -= await sizeOf(run.folder);
    const age = now - run.last;
    const isOver = run.outcome !== undefined || age > Math.max(days, longest) * day;
    if (isOver && (age > days * day || room < 0)) gone.push(run);
  }
  return gone;
}

/** Removes the runs below a state folder that are not to be kept; `now` in milliseconds since 1970. */
export async function prune(stateFolder: string, retention: Retention, now: number): Promise<void> {
  for (const { folder } of await tooMuch(await keptRuns(stateFolder), retention, now))
    await rm(folder, { recursive: true, force: true });
}
