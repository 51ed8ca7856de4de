/** Takes the lines of a log of any size, of which only the last runs are reported: what cannot belong to them is not read. */
export interface Tail {
  /** Takes decoded text in chunks of any size. */
  push(text: string): void;
  end(): void;
}

/** What the tail does with complete lines. */
interface Reading {
  /** Reads lines; the last of all may have no end. */
  read(text: string): void;
  /** Does not read that many lines. */
  skip(lines: number): void;
}

/** Complete lines that are not yet read. */
interface Piece {
  readonly text: string;
  readonly runs: number;
}

/** Each is in many runs, at most twice in one. */
const signs = [
  'Complete!',
  'Loaded plugins:',
  'Last metadata expiration check:',
  'Updating and loading repositories:',
];

/** Always read: the carrier is found from the first lines. */
const head = 1 << 18;
/** Text without runs is read as it comes; what is kept of the rest. */
const maxKept = 1 << 22;

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found += 1;
  return found;
}

function runsIn(text: string): number {
  let found = 0;
  for (const sign of signs) found += count(text, sign);
  return found;
}

/** Keeps text until it is known whether `enough` signs of a run follow it. */
export function createTail({ read, skip }: Reading, enough: number): Tail {
  let pieces: Piece[] = [];
  let kept = 0;
  let runs = 0;
  let seen = 0;
  let rest = '';

  function removeFirst(): Piece | undefined {
    const first = pieces.shift();
    kept -= first?.text.length ?? 0;
    runs -= first?.runs ?? 0;
    return first;
  }

  function keep(text: string): void {
    const piece = { text, runs: runsIn(text) };
    pieces.push(piece);
    kept += text.length;
    runs += piece.runs;
    while (pieces.length > 1 && runs - (pieces[0]?.runs ?? 0) >= enough)
      skip(count(removeFirst()?.text ?? '', '\n'));
    while (kept > maxKept) read(removeFirst()?.text ?? '');
  }

  return {
    push(text) {
      if (seen < head) {
        seen += text.length;
        read(text);
        return;
      }
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) keep(rest + text.slice(0, end));
      rest = end > 0 ? text.slice(end) : rest + text;
      // A line without end is cut where it is read.
      if (rest.length > maxKept) {
        for (const piece of pieces.splice(0)) read(piece.text);
        read(rest);
        [kept, runs, rest] = [0, 0, ''];
      }
    },
    end() {
      for (const { text } of pieces) read(text);
      if (rest !== '') read(rest);
      pieces = [];
    },
  };
}
