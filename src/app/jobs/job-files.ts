import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isNumber, isText, shape } from '../../base/guard.ts';
import type { JobName } from '../../jobs/job.ts';
import { fileNameOf, nodeFolderPath, runFolder } from '../logs/paths.ts';
import type { WriteGuard } from '../logs/write-guard.ts';

/** Identifies a job. */
export interface JobKey {
  readonly run: string;
  readonly node: string;
  readonly step: string;
  /** From 1. */
  readonly attempt: number;
}

/** A job as recorded before it is sent. */
export interface JobRecord extends JobKey, JobName {}

/** The local log of a job: a byte-exact copy of the node's log. */
export interface JobLog {
  /** Bytes received; the node continues from here. */
  readonly size: number;
  /** How many of them can be read. */
  readonly readable: number;
  /** Queues the bytes for writing; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything queued can be read, or can never be written. */
  written(): Promise<void>;
  /** Reads at most `length` bytes; the buffer is valid until the next call. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** SHA-256 of the whole log. */
  sum(): Promise<string>;
  close(): Promise<void>;
}

/** Stores what a later process needs to find the jobs of a run. */
export interface JobFiles {
  /** Records a job durably before it is sent. False if it cannot be written. */
  record(record: JobRecord): Promise<boolean>;
  /** Undefined if it cannot be written. */
  openLog(place: JobKey): Promise<JobLog | undefined>;
  /** The same files; write errors go to that guard. */
  guardedBy(writeGuard: WriteGuard): JobFiles;
}

function pathOf(stateFolder: string, { run, node, step, attempt }: JobKey, ending: string): string {
  return join(nodeFolderPath(runFolder(stateFolder, run), node), `${fileNameOf(step)}.${attempt}.${ending}`);
}

async function writeDurably(path: string, text: string): Promise<void> {
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

/** Bytes hashed at once. */
const hashBytes = 262_144;

/** Limit for the bytes that wait for the disk; beyond it, the network waits. */
const maxPendingBytes = 1_048_576;

class FileLog implements JobLog {
  readonly #path: string;
  readonly #writeGuard: WriteGuard;
  readonly #file: FileHandle;
  #size: number;
  #readable: number;
  readonly #pending: Uint8Array[] = [];
  #writing: Promise<void> | undefined;
  #hash = createHash('sha256');
  #hashed = 0;
  #readBuffer = Buffer.alloc(0);

  constructor(
    file: FileHandle,
    size: number,
    on: { readonly path: string; readonly writeGuard: WriteGuard },
  ) {
    this.#path = on.path;
    this.#writeGuard = on.writeGuard;
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
    // After a failed write nothing more is written: the file must stay a prefix of the log.
    if (this.#writeGuard.failed.aborted) return;
    if (this.#hashed === this.#size) {
      this.#hash.update(bytes);
      this.#hashed += bytes.length;
    }
    this.#size += bytes.length;
    this.#pending.push(bytes);
    // Bytes that arrive during a write are combined into the next one.
    this.#writing ??= this.#write();
    if (this.#size - this.#readable > maxPendingBytes) await this.#writing;
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    await this.#writeGuard.write(this.#path, async () => {
      while (this.#pending.length > 0) {
        const bytes = Buffer.concat(this.#pending.splice(0));
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
    // One buffer for all reads: a new one each time would leave hundreds of megabytes to the garbage collector.
    if (this.#readBuffer.length < wanted) this.#readBuffer = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await this.#file.read(this.#readBuffer, 0, wanted, offset);
    return this.#readBuffer.subarray(0, bytesRead);
  }

  async sum(): Promise<string> {
    await this.written();
    // What an earlier process wrote is hashed only now, with a separate buffer: a read may be in progress.
    const memory = Buffer.allocUnsafe(this.#hashed < this.#size ? hashBytes : 0);
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

/** The files of jobs in the folder of their run: `<node>/<step>.<attempt>.job` and `.raw`. */
export function createJobFiles(stateFolder: string, writeGuard: WriteGuard): JobFiles {
  return {
    guardedBy: (other) => createJobFiles(stateFolder, other),
    record: async (record) => {
      const path = pathOf(stateFolder, record, 'job');
      const isRecorded = await writeGuard.write(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeDurably(path, `${JSON.stringify(record)}\n`);
        return true;
      });
      return isRecorded ?? false;
    },
    openLog: (place) => {
      const path = pathOf(stateFolder, place, 'raw');
      return writeGuard.write(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const size = (await stat(path).catch(() => undefined))?.size ?? 0;
        return new FileLog(await open(path, size > 0 ? 'r+' : 'w+', 0o600), size, { path, writeGuard });
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

/** Decodes a recorded job; undefined if the file is cut off or foreign. */
function decodeJobRecord(text: string): JobRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJobRecord(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The last recorded job of a step; undefined if there is none. */
export async function readJobRecord(
  stateFolder: string,
  on: Omit<JobKey, 'attempt'>,
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
