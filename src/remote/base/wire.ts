/** A string of the SSH protocol; RFC 4251, 5. */
export function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads strings and numbers of the SSH protocol one after the other; what is cut off is empty or 0. */
export class FieldReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  number(): number {
    const value = this.#at + 4 <= this.#bytes.length ? this.#bytes.readUInt32BE(this.#at) : 0;
    this.#at += 4;
    return value;
  }

  next(): Buffer {
    const length = this.number();
    const value = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }
}

/** What the name of a certificate's type has more than that of its key. */
export const certificateSuffix = '-cert-v01@openssh.com';
