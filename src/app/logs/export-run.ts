import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createMask, maskShapes, maskTexts } from '../../run/mask-shapes.ts';
import { type Entry, tar } from './archive.ts';
import { linesOf } from './lines.ts';
import { journalPath } from './paths.ts';
import type { StoredRun } from './stored-runs.ts';

/** The run to export. */
export type ArchivedRun = Pick<StoredRun, 'run' | 'folder'>;

/** The file up to a size, masked line by line; the result is the same every time. */
async function* maskedLines(path: string, size: number): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  const masks = new Map<string, (line: string) => string>();
  const maskOf = (key: string): ((line: string) => string) => {
    const mask = masks.get(key) ?? createMask();
    masks.set(key, mask);
    return mask;
  };
  const isJournal = path.endsWith('.jsonl');
  for await (const line of linesOf(createReadStream(path, { end: size - 1, encoding: 'utf8' })))
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

async function* entriesOf({ run, folder }: ArchivedRun): AsyncGenerator<Entry> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const logs = found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [journalPath(folder), ...logs.sort()]) {
    const { size, mtimeMs } = await stat(path);
    const name = `stackprep-${run}/${relative(folder, path).replaceAll('\\', '/')}`;
    yield {
      name,
      // Read twice: the tar header needs the size, and masking changes it.
      size: await lengthOf(maskedLines(path, size)),
      modified: Math.floor(mtimeMs / 1000),
      content: maskedLines(path, size),
    };
  }
}

/** Exports the journal and all logs of a run as a new archive (tar, gzip) with secrets masked; an existing file is not overwritten. */
export async function writeArchive(run: ArchivedRun, path: string): Promise<void> {
  const target = await open(path, 'wx', 0o600);
  await pipeline(Readable.from(tar(entriesOf(run))), createGzip(), target.createWriteStream());
}
