import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createMask, maskShapes, maskTexts } from '../../run/mask-shapes.ts';
import { type Entry, tar } from './archive.ts';
import { linesOf } from './lines.ts';
import { journalPath } from './paths.ts';
import type { StoredRun } from './stored-runs.ts';

/** The run to export, or what of it belongs to some nodes. */
export interface ArchivedRun extends Pick<StoredRun, 'run' | 'folder'> {
  readonly nodes?: readonly string[];
}

/** Whether an event is of one of the nodes, or of the whole run; a line that cannot be read has no node. */
function isMeant(line: string, nodes: readonly string[] | undefined): boolean {
  if (!nodes) return true;
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== 'object' || event === null) return false;
    const { node } = event as Readonly<Record<string, unknown>>;
    return node === undefined || (typeof node === 'string' && nodes.includes(node));
  } catch (cause) {
    if (cause instanceof SyntaxError) return false;
    throw cause;
  }
}

/** The file up to a size, masked line by line; the result is the same every time. */
async function* maskedLines(
  path: string,
  size: number,
  nodes?: readonly string[],
): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  const masks = new Map<string, (line: string) => string>();
  const maskOf = (key: string): ((line: string) => string) => {
    const mask = masks.get(key) ?? createMask();
    masks.set(key, mask);
    return mask;
  };
  const isJournal = path.endsWith('.jsonl');
  for await (const line of linesOf(createReadStream(path, { end: size - 1, encoding: 'utf8' })))
    if (!isJournal || isMeant(line, nodes))
      yield Buffer.from(`${isJournal ? maskedEvent(line, maskOf) : maskOf('')(line)}\n`);
}

/** Masks the texts of an event; a private key may extend over several events of a step. */
function maskedEvent(line: string, maskOf: (key: string) => (line: string) => string): string {
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== 'object' || event === null) return maskOf('')(line);
    const { type, node, step } = event as Readonly<Record<string, unknown>>;
    return JSON.stringify(maskTexts(event, maskShapes, maskOf(JSON.stringify([type, node, step]))));
  } catch (cause) {
    if (cause instanceof SyntaxError) return maskOf('')(line);
    throw cause;
  }
}

async function lengthOf(content: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const piece of content) length += piece.length;
  return length;
}

async function* entriesOf({ run, folder, nodes }: ArchivedRun): AsyncGenerator<Entry> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const logs = found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !nodes || nodes.includes(relative(folder, path).split(sep)[0] ?? ''));
  for (const path of [journalPath(folder), ...logs.sort()]) {
    const { size, mtimeMs } = await stat(path);
    const name = `stackprep-${run}/${relative(folder, path).replaceAll('\\', '/')}`;
    yield {
      name,
      // Read twice: the tar header needs the size, and masking changes it.
      size: await lengthOf(maskedLines(path, size, nodes)),
      modified: Math.floor(mtimeMs / 1000),
      content: maskedLines(path, size, nodes),
    };
  }
}

/** Exports the journal and all logs of a run, or those of some of its nodes, as a new archive (tar, gzip) with secrets masked; an existing file is not overwritten. */
export async function writeArchive(run: ArchivedRun, path: string): Promise<void> {
  const target = await open(path, 'wx', 0o600);
  await pipeline(Readable.from(tar(entriesOf(run))), createGzip(), target.createWriteStream());
}
