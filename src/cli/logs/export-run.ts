import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { msg } from '../../core/l10n.ts';
import { createMask, maskShapes, maskTexts } from '../../core/run/mask.ts';
import { isSystemFault, systemFault } from '../cluster-file.ts';
import { type Context, exit, say, wrongUse } from '../context.ts';
import { type Entry, tar } from './archive.ts';
import { linesOf } from './log-lines.ts';
import { journalPath, type KeptRun } from './runs.ts';

/** The file up to a size, line by line, masked; the same every time it is read. */
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

/** An event's texts masked; a key may reach over several events of one step. */
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

async function* entriesOf({ run, folder }: KeptRun): AsyncGenerator<Entry> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const logs = found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [journalPath(folder), ...logs.sort()]) {
    const { size, mtimeMs } = await stat(path);
    const name = `stackprep-${run}/${relative(folder, path).replaceAll('\\', '/')}`;
    yield {
      name,
      // Read twice: a header tells the size of what follows it, and masking changes it.
      size: await lengthOf(maskedLines(path, size)),
      modified: Math.floor(mtimeMs / 1000),
      content: maskedLines(path, size),
    };
  }
}

/** Writes the journal and all logs of a run into one archive for a bug report. */
export async function exportRun(context: Context, run: KeptRun): Promise<number> {
  const { io, t, options } = context;
  const file = options.output ?? `stackprep-${run.run}.tar.gz`;
  const path = resolve(io.cwd, file);
  try {
    const target = await open(path, 'wx', 0o600);
    await pipeline(Readable.from(tar(entriesOf(run))), createGzip(), target.createWriteStream());
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    if (cause.code === 'EEXIST')
      return wrongUse(context, msg('{0} exists already; name another file with --output.', file));
    return wrongUse(context, systemFault(file, cause));
  }
  say(context, t(msg('The journal and the logs of the run are in {0}.', file)));
  say(
    context,
    t(
      msg(
        'Private keys, passwords in addresses and values of password, secret and token were masked; host names and addresses are as they were.',
      ),
    ),
  );
  return exit.fine;
}
