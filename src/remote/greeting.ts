import type { Readable } from 'node:stream';

const maxLength = 1_024;

/** What the other side says before its SSH identification, which is all that there is when it turns us away. */
export class Greeting {
  #heard = '';

  /**
   * `identified` is called with the identification. To be called after the library has paused the stream, so that no bytes flow
   * before the library listens.
   */
  listen(stream: Readable, identified: () => void): void {
    const hear = (bytes: Buffer) => {
      this.#heard = (this.#heard + bytes.toString('latin1')).slice(0, maxLength);
      const isIdentified = /^SSH-/m.test(this.#heard);
      if (isIdentified) identified();
      if (isIdentified || this.#heard.length === maxLength) stream.off('data', hear);
    };
    stream.on('data', hear);
  }

  /** RFC 4253, 4.2: these lines are UTF-8. */
  get text(): string {
    return Buffer.from(this.#heard.replace(/^SSH-[\s\S]*/m, ''), 'latin1').toString();
  }
}
