import type { Output } from '../base/transport.ts';

/** How a command ended, and the beginning of its output. */
export interface Collected {
  readonly end: Exclude<Output, { type: 'data' }>;
  readonly text: string;
}

export interface Collecting {
  /** Only this stream; both if absent. */
  readonly stream?: 'stdout' | 'stderr';
  /** Output beyond this is discarded. */
  readonly maxBytes: number;
}

/** Reads the output of a command to its end and returns its beginning as text. */
export async function collect(
  outputs: AsyncIterable<Output>,
  { stream, maxBytes }: Collecting,
): Promise<Collected> {
  const parts: Uint8Array[] = [];
  let left = maxBytes;
  for await (const output of outputs) {
    if (output.type !== 'data') return { end: output, text: Buffer.concat(parts).toString('utf8') };
    if (left === 0 || (stream && output.stream !== stream)) continue;
    const part = output.bytes.subarray(0, left);
    parts.push(part);
    left -= part.length;
  }
  throw new Error('A command ended without saying how.');
}
