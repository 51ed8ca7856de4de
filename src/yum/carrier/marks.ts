/** Texts of which a line has at least one if it holds other lines or control characters. */
const marks = ['"', '\\', '\r', '\x1b', "' returned "] as const;

/** Finds in which lines of a chunk there are marks: each is searched for once per chunk, not once per line. */
export interface MarkFinder {
  begin(text: string): void;
  /** Whether there is a mark from `start` until `end`; the starts of a chunk must grow. */
  isIn(start: number, end: number): boolean;
}

export function createMarkFinder(): MarkFinder {
  let text = '';
  /** Where the next of each mark is. */
  const next = marks.map(() => 0);
  /** Where the first of them is. */
  let nearest = 0;

  function advance(start: number): void {
    nearest = Number.POSITIVE_INFINITY;
    for (const [index, mark] of marks.entries()) {
      let at = next[index] ?? 0;
      if (at < start) {
        const found = text.indexOf(mark, start);
        at = found < 0 ? Number.POSITIVE_INFINITY : found;
        next[index] = at;
      }
      if (at < nearest) nearest = at;
    }
  }

  return {
    begin(chunk) {
      text = chunk;
      next.fill(-1);
      nearest = -1;
    },
    isIn(start, end) {
      if (nearest < start) advance(start);
      return nearest < end;
    },
  };
}
