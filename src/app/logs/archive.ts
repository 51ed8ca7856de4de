const blockSize = 512;

/** A file in an archive; the size must be known before the content. */
export interface Entry {
  /** Path with forward slashes. */
  readonly name: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

interface Head {
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly kind: '0' | 'x';
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\0`;
}

/** A header block of the ustar format (POSIX.1-2001, pax). */
function header({ name, size, modified, kind }: Head): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(name.slice(0, 99), 0, 'latin1');
  block.write(octal(0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(modified, 11), 136);
  block.write(' '.repeat(8), 148);
  block.write(kind, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
}

function padding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize);
}

/** The pax record of a long name, in UTF-8; its length counts itself. */
function paxRecord(name: string): Buffer {
  const rest = ` path=${name}\n`;
  const length = Buffer.byteLength(rest);
  let total = length + String(length).length;
  if (String(total).length > String(length).length) total = length + String(total).length;
  return Buffer.from(`${total}${rest}`);
}

/** Writes files as a tar archive. */
export async function* tar(entries: Iterable<Entry> | AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  for await (const { name, size, modified, content } of entries) {
    if (name.length > 99 || /[^\x20-\x7e]/.test(name)) {
      const record = paxRecord(name);
      yield header({ name: 'pax', size: record.length, modified, kind: 'x' });
      yield record;
      yield padding(record.length);
    }
    yield header({ name, size, modified, kind: '0' });
    yield* content;
    yield padding(size);
  }
  yield Buffer.alloc(2 * blockSize);
}
