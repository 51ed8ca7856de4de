import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { processStart } from './process.ts';

/** The cache for everything that is built once; may be removed at any time while no lab is up. */
export function cacheRoot(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stackprep', 'lab');
}

/** A short name for a recipe: the same parts give the same name. */
export function recipeHash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/**
 * Returns the folder `<name>-<hash>` of the cache, and builds it if it is missing: under a name of this process,
 * renamed at the end, so that an existing folder is complete. An interrupted build is removed by the next one.
 */
export async function cached(
  name: string,
  hash: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const root = cacheRoot();
  mkdirSync(root, { recursive: true });
  const folder = join(root, `${name}-${hash}`);
  removeIncomplete(root);
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  const half = join(root, `half-${name}-${hash}.${process.pid}.${processStart(process.pid)}`);
  mkdirSync(half);
  try {
    await build(half);
    // Another process may have built the same folder meanwhile; both are complete and equal.
    if (!existsSync(folder)) renameSync(half, folder);
    removeOld(root, name);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}

/** A folder that no recipe has used for this time is removed when a newer one is built. */
const keptFor = 7 * 24 * 3600 * 1000;

function removeOld(root: string, name: string): void {
  const same = new RegExp(`^${name}-[0-9a-f]{16}$`);
  for (const entry of readdirSync(root).filter((candidate) => same.test(candidate))) {
    const path = join(root, entry);
    if (Date.now() - statSync(path).mtimeMs > keptFor) rmSync(path, { recursive: true, force: true });
  }
}

function removeIncomplete(root: string): void {
  for (const entry of readdirSync(root)) {
    const made = /^half-.*\.(\d+)\.(\d+)$/.exec(entry);
    if (made && processStart(Number(made[1])) !== made[2]) {
      rmSync(join(root, entry), { recursive: true, force: true });
    }
  }
}
