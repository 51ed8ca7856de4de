import { readFile, stat, writeFile } from 'node:fs/promises';
import { maskText } from '../../run/mask-shapes.ts';
import { clusterTextPath } from './paths.ts';
import { isSystemError } from './system-error.ts';

/** No cluster file is larger. */
const maxBytes = 8 * 1024 * 1024;

/** Stores the text of the cluster file with the run, with secrets masked. The journal reports a full disk. */
export async function writeClusterText(folder: string, text: string): Promise<void> {
  try {
    await writeFile(clusterTextPath(folder), maskText(text), { mode: 0o600 });
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
  }
}

/** The text that the cluster file had when the run began; undefined for a run of a version that did not store it. */
export async function readClusterText(folder: string): Promise<string | undefined> {
  const path = clusterTextPath(folder);
  try {
    const about = await stat(path);
    return about.isFile() && about.size <= maxBytes ? await readFile(path, 'utf8') : undefined;
  } catch (cause) {
    if (isSystemError(cause)) return undefined;
    throw cause;
  }
}
