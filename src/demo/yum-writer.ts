import type { Piece } from './piece.ts';
import { screen } from './yum-columns.ts';

/** Writes like yum 3 and dnf 4 to a pipe: the line break after a transaction element comes with the next text. */
export interface YumWriter {
  /** Complete lines written at once, followed by a delay of `weight` relative to other lines. */
  say(lines: string | readonly string[], weight?: number): void;
  /** A line of the transaction, during which an interrupt must wait. */
  step(text: string, weight: number): void;
  /** Text within the transaction other than an element. */
  among(lines: readonly string[]): void;
  /** Sets the output of an interrupt from here on. */
  onInterrupt(text: string): void;
  /** The output, with delays scaled to a total of `milliseconds`. */
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
  /** The width of the verb column. */
  readonly column: number;
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** `  Installing : name      3/99`, without the trailing blank: the counter always ends at the same column. */
export function stepLine({ action, column, name, done, total }: StepLine): string {
  const counter = `${done}/${total}`.padStart(2 * String(total).length + 1);
  const width = screen - 5 - column - counter.length - 1;
  return `  ${action.padEnd(column)}: ${name.slice(0, width).padEnd(width)} ${counter}`;
}
