/** Splits chunks of text into lines without line ends. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    // Earlier chunks are not searched again, however long the line.
    const [end = '', ...lines] = piece.split('\n');
    rest += end;
    if (lines.length === 0) continue;
    yield rest;
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
