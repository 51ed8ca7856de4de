import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { formatNumber, formats } from '../../base/format.ts';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { decodeTimedEvent } from '../../run/decode.ts';
import type { TimedEvent } from '../../run/events.ts';
import { LineCutter } from './lines.ts';

/** How often a followed journal is read, milliseconds. */
const pollMs = 200;
const maxReadBytes = 64 * 1024;

/** Parses a line of a journal; undefined if it is cut off, as the last one is after the writer was killed. */
export function decodeLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Decodes a line of a journal; undefined if it is cut off or not an event. */
export function decodeEvent(line: string): TimedEvent | undefined {
  return decodeTimedEvent(decodeLine(line));
}

/**
 * Encodes an event as a line of a journal. The first line has the format, and stays a `run-started` with these fields in every
 * format.
 */
export function journalLine(event: TimedEvent): string {
  const line = event.type === 'run-started' ? { format: formats.journal, ...event } : event;
  return `${JSON.stringify(line)}\n`;
}

/** The last line that is an event. */
function lastEvent(text: string): TimedEvent | undefined {
  for (const line of text.split('\n').toReversed()) {
    const event = decodeEvent(line);
    if (event) return event;
  }
  return undefined;
}

/** How much of an end of a journal is read: usually the first number is enough. */
const endSizes = [4096, maxReadBytes];

/** What is read to list a run; `format` is 1 if the journal has none, or none that can be read. */
export interface JournalEnds {
  readonly format: number;
  readonly first?: TimedEvent;
  readonly last?: TimedEvent;
}

/** The first and last event of a journal; the rest is not read. */
export async function journalEnds(path: string): Promise<JournalEnds> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (position: number, length: number): Promise<string> => {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.allocUnsafe(length), position });
      return buffer.toString('utf8', 0, bytesRead);
    };
    let [begin, last]: [unknown?, TimedEvent?] = [];
    for (const length of endSizes) begin ??= decodeLine((await read(0, length)).split('\n', 1)[0] ?? '');
    for (const length of endSizes) last ??= lastEvent(await read(Math.max(0, size - length), length));
    const first = decodeTimedEvent(begin);
    const format = (isRecord(begin) ? formatNumber(own(begin, 'format')) : undefined) ?? 1;
    return { format, ...(first ? { first } : {}), ...(last ? { last } : {}) };
  } finally {
    await file.close();
  }
}

export interface JournalReading {
  readonly path: string;
  /** At the end of the file, waits for more until the run has finished or the signal aborts. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** Yields the events of a journal; undefined for a line that cannot be read. */
export async function* journalEvents({
  path,
  follow,
  signal,
}: JournalReading): AsyncGenerator<TimedEvent | undefined> {
  const file = await open(path);
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(maxReadBytes);
  const cutter = new LineCutter();
  try {
    while (!signal.aborted) {
      const { bytesRead } = await file.read({ buffer });
      if (bytesRead === 0) {
        if (!follow) break;
        await delay(pollMs);
        continue;
      }
      for (const line of cutter.cut(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }))) {
        const event = decodeEvent(line);
        yield event;
        if (event?.type === 'run-finished') return;
      }
    }
    if (cutter.rest !== '' && !signal.aborted) yield decodeEvent(cutter.rest);
  } finally {
    await file.close();
  }
}
