import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Limit for the text that waits for the disk, characters; beyond it, the writer waits. */
const maxPendingChars = 262_144;

/** A private file (mode 0600), written sequentially in large chunks. */
export interface TextFile {
  /** Queues text; a write error is thrown by a later call. Undefined if there is room for more. */
  write(text: string): Promise<void> | undefined;
  /** Flushes and closes; throws the write error, if any. */
  close(): Promise<void>;
}

class BufferedTextFile implements TextFile {
  readonly #file: FileHandle;
  readonly #pending: string[] = [];
  #length = 0;
  #busy: Promise<void> | undefined;
  #error: { readonly cause: unknown } | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  write(text: string): Promise<void> | undefined {
    if (this.#error) return this.#settled();
    this.#pending.push(text);
    this.#length += text.length;
    // Text that arrives during a write is combined into the next one.
    this.#busy ??= this.#flush();
    return this.#length > maxPendingChars ? this.#settled() : undefined;
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
    if (this.#error) throw this.#error.cause;
  }

  async #flush(): Promise<void> {
    try {
      while (this.#pending.length > 0) {
        const bytes = Buffer.from(this.#pending.splice(0).join(''));
        this.#length = 0;
        for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten;
      }
    } catch (cause) {
      this.#error = { cause };
    } finally {
      this.#busy = undefined;
    }
  }
}

/** Opens a file, creating its folders: `a` appends, `w` truncates. */
export async function openTextFile(path: string, flags: 'a' | 'w'): Promise<TextFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return new BufferedTextFile(await open(path, flags, 0o600));
}
