/** No line of Stackprep is longer; what follows is left out, since it must not fill the memory. */
const maxLineLength = 16 * 1024 * 1024;

/** Cuts chunks of text into lines without line ends. */
export class LineCutter {
  #rest = '';

  /** The lines that end in the chunk. */
  cut(piece: string): readonly string[] {
    // Earlier chunks are not searched again, however long the line.
    const [end = '', ...lines] = piece.split('\n');
    if (this.#rest.length < maxLineLength) this.#rest += end;
    if (lines.length === 0) return [];
    lines.unshift(this.#rest);
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  /** What follows the last line end. */
  get rest(): string {
    return this.#rest;
  }
}

/** Splits chunks of text into lines without line ends. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const cutter = new LineCutter();
  for await (const piece of pieces) yield* cutter.cut(piece);
  if (cutter.rest !== '') yield cutter.rest;
}
