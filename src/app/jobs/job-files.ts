import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isNumber, isText, shape } from '../../base/guard.ts';
import type { JobName } from '../../jobs/job.ts';
import { runFolder } from '../logs/places.ts';
import type { Keeping } from '../logs/write-guard.ts';

/** Where a job belongs. */
export interface JobPlace {
  readonly run: string;
  readonly node: string;
  readonly step: string;
  /** Counted from 1. */
  readonly attempt: number;
}

/** A job that was about to be sent, as it is noted. */
export interface JobRecord extends JobPlace, JobName {}

/** The log of a job on this side: the same bytes as on the node, from its first one on. */
export interface JobLog {
  /** How many bytes it has: where the node goes on. */
  readonly size: number;
  /** How many of them can be read. */
  readonly readable: number;
  /** Takes the bytes over; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was taken over can be read, or never will be, since it cannot be written. */
  written(): Promise<void>;
  /** So many bytes at most from that place. They stay until the next call. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** SHA-256 of all of it. */
  sum(): Promise<string>;
  close(): Promise<void>;
}

/** Keeps what lets a later process find the jobs of a run again. */
export interface JobFiles {
  /** Notes a job; it is on the disk before this resolves, and so before anything is sent. False where it cannot be. */
  note(record: JobRecord): Promise<boolean>;
  /** Undefined where it cannot be written. */
  openLog(place: JobPlace): Promise<JobLog | undefined>;
}

function pathOf(stateFolder: string, { run, node, step, attempt }: JobPlace, ending: string): string {
  return join(runFolder(stateFolder, run), node, `${step}.${attempt}.${ending}`);
}

async function durably(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

/** How much of a log is read at once, bytes. */
const piece = 262_144;

/** So many bytes may wait for the disk before the network does. */
const mostWaiting = 1_048_576;

class FileLog implements JobLog {
  readonly #path: string;
  readonly #keeping: Keeping;
  readonly #file: FileHandle;
  #size: number;
  #readable: number;
  readonly #waiting: Uint8Array[] = [];
  #writing: Promise<void> | undefined;
  #hash = createHash('sha256');
  #hashed = 0;
  #piece = Buffer.alloc(0);

  constructor(file: FileHandle, size: number, on: { readonly path: string; readonly keeping: Keeping }) {
    this.#path = on.path;
    this.#keeping = on.keeping;
    this.#file = file;
    this.#size = size;
    this.#readable = size;
  }

  get size(): number {
    return this.#size;
  }

  get readable(): number {
    return this.#readable;
  }

  async append(bytes: Uint8Array): Promise<void> {
    // Behind bytes that were refused nothing is written, so that the file stays the beginning of the log.
    if (this.#keeping.broken.aborted) return;
    if (this.#hashed === this.#size) {
      this.#hash.update(bytes);
      this.#hashed += bytes.length;
    }
    this.#size += bytes.length;
    this.#waiting.push(bytes);
    // What comes while the disk is busy goes in one piece with the next write.
    this.#writing ??= this.#write();
    if (this.#size - this.#readable > mostWaiting) await this.#writing;
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    await this.#keeping.write(this.#path, async () => {
      while (this.#waiting.length > 0) {
        const bytes = Buffer.concat(this.#waiting.splice(0));
        for (let at = 0; at < bytes.length; ) {
          const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.#readable);
          this.#readable += bytesWritten;
          at += bytesWritten;
        }
      }
    });
    this.#writing = undefined;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.#readable - offset);
    // One memory for all pieces of a log: a fresh one each would wait for the collector by the hundred megabytes.
    if (this.#piece.length < wanted) this.#piece = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await this.#file.read(this.#piece, 0, wanted, offset);
    return this.#piece.subarray(0, bytesRead);
  }

  async sum(): Promise<string> {
    await this.written();
    // What an earlier process wrote is hashed only now, in memory of its own: somebody may be reading meanwhile.
    const memory = Buffer.allocUnsafe(this.#hashed < this.#size ? piece : 0);
    while (this.#hashed < this.#size) {
      const { bytesRead } = await this.#file.read(memory, 0, memory.length, this.#hashed);
      this.#hash.update(memory.subarray(0, bytesRead));
      this.#hashed += bytesRead;
    }
    return this.#hash.copy().digest('hex');
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}

/** Jobs in the folder of their run: `<node>/<step>.<attempt>.job` and `.raw`. */
export function createJobFiles(stateFolder: string, keeping: Keeping): JobFiles {
  return {
    note: async (record) => {
      const path = pathOf(stateFolder, record, 'job');
      const isNoted = await keeping.write(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await durably(path, `${JSON.stringify(record)}\n`);
        return true;
      });
      return isNoted ?? false;
    },
    openLog: (place) => {
      const path = pathOf(stateFolder, place, 'raw');
      return keeping.write(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const size = (await stat(path).catch(() => undefined))?.size ?? 0;
        return new FileLog(await open(path, size > 0 ? 'r+' : 'w+', 0o600), size, { path, keeping });
      });
    },
  };
}

const isJobRecord = shape<JobRecord>({
  run: isText,
  node: isText,
  step: isText,
  attempt: isNumber,
  job: isText,
  nonce: isText,
});

/** A noted job; undefined for a note that was cut off or is none of ours. */
function decodeJobRecord(text: string): JobRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJobRecord(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The latest job of a step that was noted; undefined where none was. */
export async function readJobRecord(
  stateFolder: string,
  on: Omit<JobPlace, 'attempt'>,
): Promise<JobRecord | undefined> {
  let found: JobRecord | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const text = await readFile(pathOf(stateFolder, { ...on, attempt }, 'job'), 'utf8').catch(
      (cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return undefined;
        throw cause;
      },
    );
    if (text === undefined) return found;
    found = decodeJobRecord(text) ?? found;
  }
}
