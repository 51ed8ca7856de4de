import { type FileHandle, open } from 'node:fs/promises';
import { formatNumber, formats } from '../../base/format.ts';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { type RunRecord, reduceRecord } from '../../run/record.ts';
import { decodeEvent, decodeLine } from './journal-file.ts';
import { journalPath, runFolder } from './paths.ts';
import { isSystemError } from './system-error.ts';

const chunkBytes = 256 * 1024;

/** Most lines of a journal; they change no state, so that they need not be decoded. */
const logLine = '{"type":"log"';

/** What can be said of a stored run: its record, or that a later version wrote its journal in that format. */
export type RunReading =
  | { readonly kind: 'record'; readonly record: RunRecord }
  | { readonly kind: 'later'; readonly format: number }
  | { readonly kind: 'gone' };

/** Reads the journal of a run that may still grow: every call reads only what was added since the last one. */
export interface RunRecordReader {
  read(): Promise<RunReading>;
}

class JournalReader implements RunRecordReader {
  readonly #path: string;
  #decoder = new TextDecoder();
  #position = 0;
  #rest = '';
  #later: number | undefined;
  #record: RunRecord | undefined;
  #reading: Promise<RunReading> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  read(): Promise<RunReading> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOn(): Promise<RunReading> {
    try {
      const file = await open(this.#path);
      try {
        await this.#readFile(file);
      } finally {
        await file.close();
      }
    } catch (cause) {
      if (isSystemError(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
        return { kind: 'gone' };
      throw cause;
    }
    if (this.#later !== undefined) return { kind: 'later', format: this.#later };
    return this.#record ? { kind: 'record', record: this.#record } : { kind: 'gone' };
  }

  async #readFile(file: FileHandle): Promise<void> {
    const buffer = Buffer.alloc(chunkBytes);
    while (this.#later === undefined) {
      const { bytesRead } = await file.read({ buffer, position: this.#position });
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      const [end = '', ...lines] = this.#decoder
        .decode(buffer.subarray(0, bytesRead), { stream: true })
        .split('\n');
      this.#rest += end;
      if (lines.length === 0) continue;
      this.#take(this.#rest);
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    }
  }

  #take(line: string): void {
    if (line.startsWith(logLine)) return;
    if (!this.#record) {
      const first = decodeLine(line);
      const format = (isRecord(first) ? formatNumber(own(first, 'format')) : undefined) ?? 1;
      if (format > formats.journal) {
        this.#later = format;
        return;
      }
    }
    const event = decodeEvent(line);
    if (event) this.#record = reduceRecord(this.#record, event);
  }
}

/** A reader of a stored run. */
export function createRunRecordReader(stateFolder: string, run: string): RunRecordReader {
  return new JournalReader(journalPath(runFolder(stateFolder, run)));
}
