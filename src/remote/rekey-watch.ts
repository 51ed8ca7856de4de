import type { Duplex } from 'node:stream';
import { exchangeKeys } from './base/protocol.ts';
import type { RekeyLimit } from './base/target.ts';

/** Every packet would be followed by an exchange if the limit were smaller. */
const minBytes = 16_384;

/** Exchanges the keys of an open connection again as RekeyLimit says; returns what ends it. */
export function watchRekey(client: object, stream: Duplex, { bytes, milliseconds }: RekeyLimit): () => void {
  // A socket says what it has sent; through a jump host or a program only what arrives is counted.
  const total = (): number => received + ((stream as { bytesWritten?: number }).bytesWritten ?? 0);
  let received = 0;
  let from = total();
  const begin = (): void => {
    from = total();
    timer?.refresh();
    exchangeKeys(client);
  };
  const timer = milliseconds === undefined ? undefined : setInterval(begin, milliseconds);
  timer?.unref();
  const count = (data: Buffer): void => {
    received += data.length;
    if (bytes !== undefined && total() - from >= Math.max(bytes, minBytes)) begin();
  };
  stream.on('data', count);
  return () => {
    clearInterval(timer);
    stream.off('data', count);
  };
}
