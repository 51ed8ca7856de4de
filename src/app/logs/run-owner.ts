import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The start time of a process; its pid may be reused. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    // Field 22 of proc(5), counted from the end of the name, which may contain anything.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    // Not Linux, or the process has just ended.
    return undefined;
  }
}

function ownerPath(folder: string): string {
  return join(folder, 'owner');
}

/** Records in the run's folder that this process follows the run. */
export async function claimRun(folder: string): Promise<void> {
  const owner = { pid: process.pid, birth: (await startTimeOf(process.pid)) ?? '' };
  await writeFile(ownerPath(folder), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
}

export async function releaseRun(folder: string): Promise<void> {
  await rm(ownerPath(folder), { force: true });
}

/** Records that no process follows the unfinished run; needs no disk space. */
export async function markUnfollowed(folder: string): Promise<void> {
  await truncate(ownerPath(folder)).catch(() => releaseRun(folder));
}

/** The pid of the process that follows the run, if any. */
export async function ownerOf(folder: string): Promise<number | undefined> {
  const text = await readFile(ownerPath(folder), 'utf8').catch(() => '');
  const [, pid, birth] = /"pid":(\d+),"birth":"(\d*)"/.exec(text) ?? [];
  if (pid === undefined) return undefined;
  try {
    process.kill(Number(pid), 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  const now = await startTimeOf(Number(pid));
  return birth !== '' && now !== undefined && now !== birth ? undefined : Number(pid);
}
