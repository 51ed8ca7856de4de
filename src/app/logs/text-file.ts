import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** So much may wait for the disk before the writer waits, characters. */
const mostWaiting = 262_144;

/** A file that only its owner reads, written from front to end in large pieces. */
export interface TextFile {
  /** Takes text over; what the disk refuses is thrown by a later call. Undefined where there is room for more at once. */
  write(text: string): Promise<void> | undefined;
  /** Writes what waits; throws what the disk refuses. */
  close(): Promise<void>;
}

class Writing implements TextFile {
  readonly #file: FileHandle;
  readonly #waiting: string[] = [];
  #length = 0;
  #busy: Promise<void> | undefined;
  #fault: { readonly cause: unknown } | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  write(text: string): Promise<void> | undefined {
    if (this.#fault) return this.#settled();
    this.#waiting.push(text);
    this.#length += text.length;
    // What comes while the disk is busy goes in one piece with the next write.
    this.#busy ??= this.#flush();
    return this.#length > mostWaiting ? this.#settled() : undefined;
  }

  async close(): Promise<void> {
    try {
      await this.#settled();
    } finally {
      await this.#file.close();
    }
  }

  async #settled(): Promise<void> {
    await this.#busy;
    if (this.#fault) throw this.#fault.cause;
  }

  async #flush(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const bytes = Buffer.from(this.#waiting.splice(0).join(''));
        this.#length = 0;
        for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten;
      }
    } catch (cause) {
      this.#fault = { cause };
    } finally {
      this.#busy = undefined;
    }
  }
}

/** Opens a file below folders that are made where they are missing: `a` goes on behind what is there, `w` begins anew. */
export async function openTextFile(path: string, flags: 'a' | 'w'): Promise<TextFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return new Writing(await open(path, flags, 0o600));
}
