import type { Readable } from 'node:stream';

const maxLength = 1_024;

/** What the peer sends before its SSH identification, which is all there is if it refuses the connection. */
export class Greeting {
  #received = '';

  /**
   * `identified` is called with the identification. Call after the library has paused the stream, so that no data flows before
   * the library listens.
   */
  listen(stream: Readable, identified: () => void): void {
    const hear = (bytes: Buffer) => {
      this.#received = (this.#received + bytes.toString('latin1')).slice(0, maxLength);
      const isIdentified = /^SSH-/m.test(this.#received);
      if (isIdentified) identified();
      if (isIdentified || this.#received.length === maxLength) stream.off('data', hear);
    };
    stream.on('data', hear);
  }

  /** The line with the identification, as far as it was received. */
  get identification(): string {
    return /^SSH-[^\r\n]*/m.exec(this.#received)?.[0] ?? '';
  }

  /** RFC 4253, 4.2: these lines are UTF-8. */
  get text(): string {
    return Buffer.from(this.#received.replace(/^SSH-[\s\S]*/m, ''), 'latin1').toString();
  }
}
