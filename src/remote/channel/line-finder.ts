/** Finds a marker line in a stream of bytes, regardless of its length and chunks. */
export class LineFinder {
  readonly #line: Buffer;
  #tail: Buffer = Buffer.alloc(0);
  isFound = false;

  constructor(word: string) {
    this.#line = Buffer.from(`${word}\n`);
  }

  /** What follows the line once it was found; undefined before. */
  push(bytes: Uint8Array): Buffer | undefined {
    const whole = Buffer.concat([this.#tail, bytes]);
    const at = whole.indexOf(this.#line);
    this.isFound = at !== -1;
    if (this.isFound) return whole.subarray(at + this.#line.length);
    this.#tail = Buffer.from(whole.subarray(Math.max(0, whole.length - this.#line.length)));
    return undefined;
  }
}
