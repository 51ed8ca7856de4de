import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { TimedEvent } from '../core/run/events.ts';
import { disownRun, ownRun } from './jobs/run-owner.ts';
import { journalPath, logFile, runFolder } from './logs/places.ts';
import { defaultRetention, prune, type Retention } from './logs/retention.ts';

/** How much waits to be written before the reader does, bytes. */
const highWaterMark = 262_144;

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

async function open(path: string): Promise<WriteStream> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600, highWaterMark });
  await once(stream, 'open');
  return stream;
}

async function close(stream: WriteStream): Promise<void> {
  stream.end();
  await finished(stream);
}

/** Passes events through and writes each to the run's journal, log lines also to their log file; an event is given only after it is written. A new run takes away the logs of old ones. */
export async function* journal(
  events: AsyncIterable<TimedEvent>,
  stateFolder: string,
  retention: Retention = defaultRetention,
): AsyncGenerator<TimedEvent> {
  let run = '';
  let book: WriteStream | undefined;
  const logs = new Map<string, WriteStream>();
  try {
    for await (const event of events) {
      if (event.type === 'run-started' || event.type === 'run-resumed') {
        run = event.run;
        book = await open(journalPath(runFolder(stateFolder, run)));
        await ownRun(runFolder(stateFolder, run));
        if (event.type === 'run-started') await prune(stateFolder, retention, event.at);
      }
      if (book) await write(book, `${JSON.stringify(event)}\n`);
      if (event.type === 'log') {
        const path = logFile(stateFolder, { run, node: event.node, step: event.step });
        const log = logs.get(path) ?? (await open(path));
        logs.set(path, log);
        await write(log, `${event.line}\n`);
      }
      if (event.type === 'step-finished') {
        const path = logFile(stateFolder, { run, node: event.node, step: event.step });
        const log = logs.get(path);
        logs.delete(path);
        if (log) await close(log);
      }
      yield event;
    }
  } finally {
    if (book) await close(book);
    for (const log of logs.values()) await close(log);
    if (book) await disownRun(runFolder(stateFolder, run));
  }
}
