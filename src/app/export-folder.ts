import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { formatNumber, formats } from '../base/format.ts';
import { isNumber, isText, recordOf, shape } from '../base/guard.ts';
import { type Message, msg } from '../base/l10n.ts';

/** The list of the files that an export has written, in its folder. */
const listName = '.stackprep-export.json';
const maxListBytes = 10_000_000;

/** What an export did with the files of its folder; paths are relative, with `/`. */
export type Exported =
  | {
      readonly ok: true;
      readonly written: readonly string[];
      readonly removed: readonly string[];
      readonly same: number;
    }
  | { readonly ok: false; readonly problems: readonly Message[] };

/** The digests that a file of an export may have, by path: those of the last export, and of one that was interrupted. */
type Known = ReadonlyMap<string, readonly string[]>;

interface List {
  readonly format: number;
  readonly files: Readonly<Record<string, string>>;
}

const isList = shape<List>({ format: isNumber, files: recordOf(isText) });

function digest(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A relative path that stays in its folder. */
function staysInside(path: string): boolean {
  return path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\p{C}]/u.test(part));
}

/** What a path is, without following a link; undefined if nothing is there. */
async function kindOf(path: string): Promise<'file' | 'folder' | 'other' | undefined> {
  try {
    const found = await lstat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return undefined;
    throw cause;
  }
}

/** The list in the folder; undefined if there is none. */
async function readList(folder: string): Promise<Known | Message | undefined> {
  const path = join(folder, listName);
  const kind = await kindOf(path);
  if (kind === undefined) return undefined;
  const refusal = msg(
    '{0} is not a list that Stackprep has written. Move it away, or export to another folder.',
    path,
  );
  if (kind !== 'file' || (await lstat(path)).size > maxListBytes) return refusal;
  let list: unknown;
  try {
    list = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) return refusal;
    throw cause;
  }
  if (!isList(list) || !Object.keys(list.files).every(staysInside)) return refusal;
  if ((formatNumber(list.format) ?? Number.POSITIVE_INFINITY) > formats.export)
    return msg(
      '{0} was written by a later version of Stackprep. Use that version, or export to another folder.',
      path,
    );
  return new Map(Object.entries(list.files).map(([name, sums]) => [name, sums.split(' ')]));
}

/** Why a file cannot be written; undefined if it is not there, or is as an export has left it. */
async function conflict(folder: string, path: string, known: Known): Promise<Message | undefined> {
  const parts = path.split('/');
  for (let count = 1; count < parts.length; count += 1) {
    const parent = join(folder, ...parts.slice(0, count));
    const kind = await kindOf(parent);
    if (kind !== undefined && kind !== 'folder')
      return msg('{0} is not a folder. Move it away, or export to another folder.', parent);
  }
  const whole = join(folder, ...parts);
  const kind = await kindOf(whole);
  if (kind === undefined) return undefined;
  const sums = known.get(path);
  if (kind !== 'file' || !sums)
    return msg(
      '{0} exists and was not written by Stackprep. Move it away, or export to another folder.',
      whole,
    );
  return sums.includes(digest(await readFile(whole)))
    ? undefined
    : msg(
        '{0} was changed after the last export. Move it away to write it again, or export to another folder.',
        whole,
      );
}

function listText(files: ReadonlyMap<string, readonly string[]>): string {
  const sums = Object.fromEntries([...files].map(([path, all]) => [path, all.join(' ')] as const).sort());
  return `${JSON.stringify({ format: formats.export, files: sums }, undefined, 1)}\n`;
}

/** Writes a file in one step; its mode is 0644, or less by the umask. */
async function put(path: string, text: string): Promise<void> {
  const fresh = `${path}.stackprep-new`;
  await rm(fresh, { force: true });
  await writeFile(fresh, text, { flag: 'wx', mode: 0o644 });
  await rename(fresh, path);
}

/** Removes a file, and the folders that it leaves empty. */
async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    try {
      await rmdir(join(folder, parent));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause) return;
      throw cause;
    }
  }
}

/**
 * Writes the files of an export into a folder, which is created if needed, and removes those of an earlier export that are no
 * longer part of it. A relative folder is below `cwd`. If any of them was not written by an export, or was edited since, nothing is changed.
 */
export async function exportFolder(
  target: string,
  cwd: string,
  files: ReadonlyMap<string, string>,
): Promise<Exported> {
  const folder = resolve(cwd, target);
  const outside = [...files.keys()].find((path) => !staysInside(path));
  if (outside !== undefined) throw new Error(`${outside} is outside the folder`);
  const kind = await kindOf(folder);
  if (kind !== undefined && kind !== 'folder')
    return { ok: false, problems: [msg('{0} is not a folder. Name another one.', target)] };
  const list = await readList(folder);
  if (list && !(list instanceof Map)) return { ok: false, problems: [list as Message] };
  const known: Known = (list as Known | undefined) ?? new Map<string, readonly string[]>();
  const all = [...new Set([...files.keys(), ...known.keys()])].sort();
  const conflicts: Message[] = [];
  for (const path of all) {
    const found = await conflict(folder, path, known);
    if (found) conflicts.push(found);
  }
  if (conflicts.length > 0) return { ok: false, problems: conflicts };
  await mkdir(folder, { recursive: true });
  // Both digests count until the end, so that an interrupted export can be repeated.
  const both = new Map<string, readonly string[]>(
    all.map((path) => {
      const text = files.get(path);
      return [
        path,
        [...new Set([...(known.get(path) ?? []), ...(text === undefined ? [] : [digest(text)])])],
      ];
    }),
  );
  await put(join(folder, listName), listText(both));
  const written: string[] = [];
  for (const [path, text] of files) {
    const whole = join(folder, path);
    if ((await kindOf(whole)) === 'file' && digest(await readFile(whole)) === digest(text)) continue;
    await mkdir(dirname(whole), { recursive: true });
    await put(whole, text);
    written.push(path);
  }
  const removed = all.filter((path) => !files.has(path));
  for (const path of removed) await remove(folder, path);
  await put(
    join(folder, listName),
    listText(new Map([...files].map(([path, text]) => [path, [digest(text)]]))),
  );
  return { ok: true, written, removed, same: files.size - written.length };
}
