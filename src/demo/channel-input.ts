import type { ServerChannel } from './ssh2.ts';

/** The longest input that a node reads, in bytes. */
const maxBytes = 4 * 1024 * 1024;
const newline = 10;

/** What comes over a channel's standard input; the rest of what is longer than a script may be is passed over. */
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

  /** Whether a line came before the end; it is taken away. */
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

  /** All that comes until the end. */
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
