/** A regular file in an archive; `chunks` must be read before the next entry, or not at all. */
export interface TarEntry {
  readonly name: string;
  readonly size: number;
  chunks(): AsyncGenerator<Uint8Array>;
}

/** An archive that is not one, or is damaged. */
export class TarError extends Error {}

const blockSize = 512;
/** Longer headers of names are not read. */
const maxNameLength = 65_536;

/** Reads a stream in pieces of a wanted size. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** At most that many bytes; empty at the end. */
  async some(limit: number): Promise<Uint8Array> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#source.next();
      if (done) return this.#rest;
      this.#rest = value;
    }
    const found = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(limit);
    return found;
  }

  /** Exactly that many bytes; undefined if the stream has ended before the first one. */
  async exactly(size: number): Promise<Buffer | undefined> {
    const parts: Uint8Array[] = [];
    for (let left = size; left > 0; ) {
      const part = await this.some(left);
      if (part.length === 0) {
        if (parts.length === 0) return undefined;
        throw new TarError('The archive is cut.');
      }
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
}

/** A number in octal digits, or in base 256 as GNU tar writes large ones. */
function number(block: Buffer, start: number, length: number): number {
  if (((block[start] ?? 0) & 0x80) !== 0) return Number(block.readBigUInt64BE(start + length - 8));
  const digits = text(block, start, length).trim();
  if (!/^[0-7]{0,12}$/.test(digits)) throw new TarError('The archive has a broken header.');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function isSumRight(block: Buffer): boolean {
  let sum = 0;
  for (let at = 0; at < blockSize; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return sum === number(block, 148, 8);
}

/** `path` in the records `LENGTH KEY=VALUE` of a pax header. */
function paxPath(records: string): string | undefined {
  return records
    .split('\n')
    .find((line) => /^\d{1,9} path=/.test(line))
    ?.replace(/^\d{1,9} path=/, '');
}

interface Header {
  readonly name: string;
  readonly size: number;
  /** `0` or nothing for a regular file, `x` and `L` for names of the next entry. */
  readonly kind: string;
}

/** The next header; undefined at the end of the archive. */
async function headerOf(pieces: Pieces): Promise<Header | undefined> {
  const block = await pieces.exactly(blockSize);
  if (!block || block.every((byte) => byte === 0)) return undefined;
  if (!isSumRight(block)) throw new TarError('This is not a tar archive.');
  const prefix = text(block, 257, 5) === 'ustar' ? text(block, 345, 155) : '';
  const short = text(block, 0, 100);
  return {
    name: prefix === '' ? short : `${prefix}/${short}`,
    size: number(block, 124, 12),
    kind: text(block, 156, 1),
  };
}

/** The content of an entry and what fills its last block. */
class Content {
  readonly #pieces: Pieces;
  readonly #padding: number;
  #left: number;

  constructor(pieces: Pieces, size: number) {
    this.#pieces = pieces;
    this.#left = size;
    this.#padding = (blockSize - (size % blockSize)) % blockSize;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) {
      const part = await this.#pieces.some(this.#left);
      if (part.length === 0) throw new TarError('The archive is cut.');
      this.#left -= part.length;
      yield part;
    }
  }

  async text(): Promise<string> {
    const parts: Uint8Array[] = [];
    for await (const part of this.chunks()) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  }

  /** Moves to the next entry. */
  async skip(): Promise<void> {
    for await (const _ of this.chunks());
    if (this.#padding > 0) await this.#pieces.exactly(this.#padding);
  }
}

/** The regular files of an archive (ustar, pax, GNU) in their order; links, devices and folders are left out, nothing is written. */
export async function* tarEntries(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const pieces = new Pieces(source);
  let longName: string | undefined;
  for (let header = await headerOf(pieces); header; header = await headerOf(pieces)) {
    const { size, kind } = header;
    const content = new Content(pieces, size);
    const isName = (kind === 'x' || kind === 'L') && size <= maxNameLength;
    if (isName) {
      const value = await content.text();
      longName = kind === 'L' ? value.replace(/\0+$/, '') : (paxPath(value) ?? longName);
    } else {
      const name = longName ?? header.name;
      longName = undefined;
      if (kind === '' || kind === '0') yield { name, size, chunks: () => content.chunks() };
    }
    await content.skip();
  }
}
