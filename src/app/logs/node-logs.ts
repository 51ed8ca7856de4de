import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { decodeLine } from './journal-file.ts';
import { linesOf } from './lines.ts';
import { journalPath, nodeFolderPath } from './paths.ts';
import { isSystemError } from './system-error.ts';
import { openTextFile } from './text-file.ts';

/** The logs of the node in the folder of a run; undefined for a name that is not one of a folder in it. */
function nodeFolder(folder: string, node: string): string | undefined {
  return node !== '' && node !== '.' && node !== '..' && basename(node) === node
    ? nodeFolderPath(folder, node)
    : undefined;
}

/** Size of the stored logs of a node in the folder of a run, bytes; undefined if there are none. */
export async function nodeLogBytes(folder: string, node: string): Promise<number | undefined> {
  const path = nodeFolder(folder, node);
  if (path === undefined) return undefined;
  try {
    const names = await readdir(path);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch (cause) {
    if (isSystemError(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return undefined;
    throw cause;
  }
}

/** Whether a line of a journal is part of a log of the node. States and outcomes are not: the run stays readable by them. */
function isLogOf(line: string, node: string): boolean {
  const event = decodeLine(line);
  if (!isRecord(event) || own(event, 'node') !== node) return false;
  const type = own(event, 'type');
  return type === 'log' || type === 'yum';
}

/**
 * Removes the logs of a node from a run that no process follows: its files, and its lines in the journal. What the steps did and how
 * they ended remains.
 */
export async function removeNodeLogs(folder: string, node: string): Promise<void> {
  const path = nodeFolder(folder, node);
  if (path === undefined) return;
  const journal = journalPath(folder);
  const fresh = `${journal}.new`;
  await rm(fresh, { force: true });
  const file = await openTextFile(fresh, 'w');
  try {
    for await (const line of linesOf(createReadStream(journal, 'utf8')))
      if (!isLogOf(line, node)) await file.write(`${line}\n`);
  } finally {
    await file.close();
  }
  await rename(fresh, journal);
  await rm(path, { recursive: true, force: true });
}
