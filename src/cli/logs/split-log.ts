import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { linesOf } from '../../app/logs/lines.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { logText } from '../../app/logs/text.ts';
import { createMergePointFinder } from '../../yum/stream-merge.ts';

/** Chunk size; larger chunks are not faster. */
const pieceSize = 256 * 1024;

/** The two outputs of a run, captured separately. */
export interface SplitLog {
  readonly out: string;
  readonly err: string;
}

/** The file as decoded text, in chunks. */
export function fileText(path: string): AsyncGenerator<string> {
  return logText(createReadStream(path, { highWaterMark: pieceSize }));
}

/** `run.stdout.log` and `run.stderr.log` in the same folder belong to one run; undefined for any other file. */
export async function splitLogOf(path: string): Promise<SplitLog | undefined> {
  const found = /^(.*)\.std(?:out|err)(\.\w+)?$/s.exec(path);
  if (!found) return undefined;
  const [out, err] = ['out', 'err'].map((stream) => `${found[1]}.std${stream}${found[2] ?? ''}`);
  if (out === undefined || err === undefined) return undefined;
  try {
    const both = await Promise.all([stat(out), stat(err)]);
    return both.every((file) => file.isFile()) ? { out, err } : undefined;
  } catch (cause) {
    if (isSystemError(cause) && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Merges the two outputs in their original order; each is read twice, to use constant memory. */
export async function* joinedText({ out, err }: SplitLog): AsyncGenerator<string> {
  const seam = createMergePointFinder();
  for await (const line of linesOf(fileText(out))) seam.out(line);
  for await (const line of linesOf(fileText(err))) seam.err(line);
  const { after } = seam.find();
  let lines = 0;
  if (after === 0) yield* wholeLines(out);
  for await (const line of linesOf(fileText(err))) {
    yield `${line}\n`;
    lines += 1;
    if (lines === after) yield* wholeLines(out);
  }
}

async function* wholeLines(path: string): AsyncGenerator<string> {
  for await (const line of linesOf(fileText(path))) yield `${line}\n`;
}
