import type { Piece } from './piece.ts';
import { screen } from './yum-columns.ts';

/** Writes as yum 3 and dnf 4 do through a pipe: the end of a step's line comes with the next text. */
export interface YumWriter {
  /** Whole lines that come at once; then the tool is busy for `weight`, measured against the other lines. */
  say(lines: string | readonly string[], weight?: number): void;
  /** A line of the transaction: an interrupt has to wait. */
  step(text: string, weight: number): void;
  /** Text within the transaction that is no step. */
  among(lines: readonly string[]): void;
  /** What an interrupt makes the tool print from here on. */
  onInterrupt(text: string): void;
  /** The pieces, their waits scaled so that they take `milliseconds` together. */
  finish(milliseconds: number): readonly Piece[];
}

export function createWriter(): YumWriter {
  const pieces: Piece[] = [];
  let owed = '';
  let interrupted = '';

  function add(text: string, wait: number, safe: boolean): void {
    pieces.push(safe ? { text: owed + text, wait, onInterrupt: interrupted } : { text: owed + text, wait });
    owed = '';
  }

  return {
    say(lines, weight = 1) {
      const all = typeof lines === 'string' ? [lines] : lines;
      add(all.map((line) => `${line}\n`).join(''), weight, true);
    },
    step(text, weight) {
      add(text, weight, false);
      owed = ' \n';
    },
    among(lines) {
      add(lines.map((line) => `${line}\n`).join(''), 0, false);
    },
    onInterrupt(text) {
      interrupted = text;
    },
    finish(milliseconds) {
      if (owed !== '') add('', 0, false);
      const weights = pieces.reduce((sum, { wait }) => sum + wait, 0);
      const scale = weights > 0 ? milliseconds / weights : 0;
      return pieces.map((piece) => ({ ...piece, wait: Math.round(piece.wait * scale) }));
    },
  };
}

interface StepLine {
  readonly action: string;
  /** The width of the verb's column. */
  readonly column: number;
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** `  Installing : name      3/99`, without the blank that ends it: the counter always ends at the same column. */
export function stepLine({ action, column, name, done, total }: StepLine): string {
  const counter = `${done}/${total}`.padStart(2 * String(total).length + 1);
  const width = screen - 5 - column - counter.length - 1;
  return `  ${action.padEnd(column)}: ${name.slice(0, width).padEnd(width)} ${counter}`;
}
