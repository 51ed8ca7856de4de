import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { formatNumber, formats } from '../../base/format.ts';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { decodeTimedEvent } from '../../run/decode.ts';
import type { TimedEvent } from '../../run/events.ts';

/** How often a journal that is followed is looked at, in milliseconds. */
const pause = 200;
const pieceSize = 64 * 1024;

/** A line of a journal as JSON; undefined for one that was cut off, as the last one is where the writer was killed. */
function decodeLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** One line of a journal as an event; undefined for one that was cut off or is none of ours. */
export function decodeEvent(line: string): TimedEvent | undefined {
  return decodeTimedEvent(decodeLine(line));
}

/** An event as a line of a journal. The first one says the format; in every format it stays a `run-started` of these fields. */
export function journalLine(event: TimedEvent): string {
  const line = event.type === 'run-started' ? { format: formats.journal, ...event } : event;
  return `${JSON.stringify(line)}\n`;
}

/** The last line that is an event; the ones before it are not read. */
function lastEvent(lines: readonly string[]): TimedEvent | undefined {
  for (const line of lines.toReversed()) {
    const event = decodeEvent(line);
    if (event) return event;
  }
  return undefined;
}

/** What is read of a journal to list its run; `format` is 1 where the journal says none or none that can be read. */
export interface JournalEnds {
  readonly format: number;
  readonly first?: TimedEvent;
  readonly last?: TimedEvent;
}

/** The events at the beginning and at the end of a journal, without reading what is between. */
export async function journalEnds(path: string): Promise<JournalEnds> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (position: number): Promise<string[]> => {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(pieceSize), position });
      return buffer.toString('utf8', 0, bytesRead).split('\n');
    };
    const begin = decodeLine((await read(0))[0] ?? '');
    const first = decodeTimedEvent(begin);
    const format = (isRecord(begin) ? formatNumber(own(begin, 'format')) : undefined) ?? 1;
    const last = lastEvent(await read(Math.max(0, size - pieceSize)));
    return { format, ...(first ? { first } : {}), ...(last ? { last } : {}) };
  } finally {
    await file.close();
  }
}

export interface Reading {
  readonly path: string;
  /** Waits for more at the end of the file until the run has finished or the signal aborts. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** The events of a journal; undefined stands for a line that cannot be read. */
export async function* journalEvents({
  path,
  follow,
  signal,
}: Reading): AsyncGenerator<TimedEvent | undefined> {
  const file = await open(path);
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(pieceSize);
  let rest = '';
  try {
    while (!signal.aborted) {
      const { bytesRead } = await file.read({ buffer });
      if (bytesRead === 0) {
        if (!follow) break;
        await delay(pause);
        continue;
      }
      const [end = '', ...lines] = decoder
        .decode(buffer.subarray(0, bytesRead), { stream: true })
        .split('\n');
      rest += end;
      if (lines.length === 0) continue;
      lines.unshift(rest);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = decodeEvent(line);
        yield event;
        if (event?.type === 'run-finished') return;
      }
    }
    if (rest !== '' && !signal.aborted) yield decodeEvent(rest);
  } finally {
    await file.close();
  }
}
