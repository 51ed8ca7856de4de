import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeTimedEvent } from '../../run/decode.ts';
import type { TimedEvent } from '../../run/events.ts';

/** How often a journal that is followed is looked at, in milliseconds. */
const pause = 200;
const pieceSize = 64 * 1024;

/** One line of a journal as an event; undefined for one that was cut off or is none of ours. */
export function decodeEvent(line: string): TimedEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    // The last line of a journal whose writer was killed.
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
  return decodeTimedEvent(value);
}

/** The last line that is an event; the ones before it are not read. */
function lastEvent(lines: readonly string[]): TimedEvent | undefined {
  for (const line of lines.toReversed()) {
    const event = decodeEvent(line);
    if (event) return event;
  }
  return undefined;
}

/** The events at the beginning and at the end of a journal, without reading what is between. */
export async function journalEnds(
  path: string,
): Promise<{ readonly first?: TimedEvent; readonly last?: TimedEvent }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (position: number): Promise<string[]> => {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(pieceSize), position });
      return buffer.toString('utf8', 0, bytesRead).split('\n');
    };
    const first = decodeEvent((await read(0))[0] ?? '');
    const last = lastEvent(await read(Math.max(0, size - pieceSize)));
    return { ...(first ? { first } : {}), ...(last ? { last } : {}) };
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
