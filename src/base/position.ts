/** A position in a text; line and column count from 0, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of one text begin; `\n`, `\r\n` and `\r` end a line. */
export interface Positions {
  readonly at: (offset: number) => Position;
  /** The offset of a position; a column after the end of the line is clamped to it. */
  readonly offset: (position: Position) => number;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** Converts the offsets of one text to lines and columns, and back. */
export function positions(text: string): Positions {
  let known: readonly number[] | undefined;
  // Many texts are read without a position of them being asked for.
  const all = (): readonly number[] => {
    known ??= lineStarts(text);
    return known;
  };
  return {
    at: (offset) => {
      const starts = all();
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low, column: Math.min(offset, text.length) - (starts[low] ?? 0) };
    },
    offset: ({ line, column }) => {
      const starts = all();
      const start = starts[Math.max(0, line)] ?? text.length;
      let end = starts[line + 1] ?? text.length;
      while (end > start && /[\r\n]/.test(text[end - 1] ?? '')) end -= 1;
      return Math.min(start + Math.max(0, column), end);
    },
  };
}
