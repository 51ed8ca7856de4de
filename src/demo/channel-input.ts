import type { ServerChannel } from './ssh2.ts';

/** The maximum size of input, in bytes. */
const maxBytes = 4 * 1024 * 1024;
const newline = 10;

/** The standard input of a channel; anything beyond the maximum size of a script is discarded. */
export class ChannelInput {
  #bytes = Buffer.alloc(0);
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(channel: ServerChannel) {
    channel.on('data', (part: Buffer) => {
      if (this.#bytes.length + part.length <= maxBytes) this.#bytes = Buffer.concat([this.#bytes, part]);
      this.#wake();
    });
    channel.on('end', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  /** Whether a line arrived before the end; removes it. */
  async line(): Promise<boolean> {
    for (;;) {
      const at = this.#bytes.indexOf(newline);
      if (at !== -1) {
        this.#bytes = this.#bytes.subarray(at + 1);
        return true;
      }
      if (this.#isOver) return false;
      await this.#news();
    }
  }

  /** Reads to the end. */
  async rest(): Promise<Buffer> {
    while (!this.#isOver) await this.#news();
    return this.#bytes;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
