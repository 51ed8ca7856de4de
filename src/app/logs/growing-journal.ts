import { open } from 'node:fs/promises';
import { LineCutter } from './lines.ts';
import { journalPath } from './paths.ts';

const chunkBytes = 256 * 1024;

/** Log lines are most of a journal and change no state; the writer puts `type` first. */
const logStart = '{"type":"log",';

/**
 * Reads the journal of a run that may still grow. Each call passes the complete lines added since the last one to `take`, without
 * those of logs; `take` returns false to read no further. One call at a time; an error belongs to the call that caused it.
 */
export function createGrowingJournal(folder: string, take: (line: string) => boolean): () => Promise<void> {
  const decoder = new TextDecoder();
  const cutter = new LineCutter();
  let at = 0;
  let isOver = false;

  function takeAll(text: string): void {
    for (const line of cutter.cut(text)) if (!line.startsWith(logStart)) isOver ||= !take(line);
  }
  async function read(): Promise<void> {
    const file = await open(journalPath(folder));
    const buffer = Buffer.allocUnsafe(chunkBytes);
    try {
      while (!isOver) {
        const { bytesRead } = await file.read({ buffer, position: at });
        if (bytesRead === 0) return;
        at += bytesRead;
        takeAll(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }));
      }
    } finally {
      await file.close();
    }
  }
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(read, read);
    return last;
  };
}
