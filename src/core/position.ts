/** A place for people and protocols: both counted from 0, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns the offsets of one text into lines and columns; `\n`, `\r\n` and `\r` end a line. */
export function positions(text: string): { readonly at: (offset: number) => Position } {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return {
    at: (offset) => {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low, column: Math.min(offset, text.length) - (starts[low] ?? 0) };
    },
  };
}
