import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A process by more than its number, which another one may get later. */
async function birthOf(pid: number): Promise<string | undefined> {
  try {
    // Field 22 of proc(5), counted behind the name, which may hold anything.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    // Not Linux, or it has just ended.
    return undefined;
  }
}

function ownerPath(folder: string): string {
  return join(folder, 'owner');
}

/** Notes in a run's folder that this process follows it. */
export async function ownRun(folder: string): Promise<void> {
  const owner = { pid: process.pid, birth: (await birthOf(process.pid)) ?? '' };
  await writeFile(ownerPath(folder), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
}

export async function disownRun(folder: string): Promise<void> {
  await rm(ownerPath(folder), { force: true });
}

/** Notes that nobody follows the run now, though it is open; that takes no room on a full disk. */
export async function leaveRun(folder: string): Promise<void> {
  await truncate(ownerPath(folder)).catch(() => disownRun(folder));
}

/** The process that follows the run now; undefined where none does. */
export async function ownerOf(folder: string): Promise<number | undefined> {
  const text = await readFile(ownerPath(folder), 'utf8').catch(() => '');
  const [, pid, birth] = /"pid":(\d+),"birth":"(\d*)"/.exec(text) ?? [];
  if (pid === undefined) return undefined;
  try {
    process.kill(Number(pid), 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  const now = await birthOf(Number(pid));
  return birth !== '' && now !== undefined && now !== birth ? undefined : Number(pid);
}
