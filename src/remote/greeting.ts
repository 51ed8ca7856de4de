import type { Readable } from 'node:stream';

const LONGEST_GREETING = 1_024;

/**
 * Collects what the other side says before its SSH identification, which is all that there is when it turns us away. Call it
 * after the library has paused the stream, lest bytes flow before the library listens.
 */
export function overhear(stream: Readable): () => string {
  let heard = '';
  const listen = (bytes: Buffer) => {
    heard += bytes.toString('latin1');
    if (heard.length > LONGEST_GREETING || /^SSH-/m.test(heard)) stream.off('data', listen);
  };
  stream.on('data', listen);
  // RFC 4253, 4.2: these lines are UTF-8.
  return () =>
    Buffer.from(heard.slice(0, LONGEST_GREETING).replace(/^SSH-[\s\S]*/m, ''), 'latin1').toString();
}
