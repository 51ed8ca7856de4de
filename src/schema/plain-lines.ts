import type { Line } from './slip.ts';

/** Maximum length of a line in which slips are looked for. */
export const longestLine = 2000;

interface Quoting {
  /** The indexes in quotes. */
  readonly quoted: ReadonlySet<number>;
  /** Where the comment begins; the length of the line if there is none. */
  readonly end: number;
}

/** Whether a quote or a `#` at an index begins something, by the character before it. */
function begins(char: string, before: string): boolean {
  if (char === '#') return /\s/.test(before);
  return (char === '"' || char === "'") && /[\s:,[{-]/.test(before);
}

function quotingOf(line: string): Quoting {
  const quoted = new Set<number>();
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? '';
    if (quote !== '') {
      quoted.add(index);
      if (char === '\\' && quote === '"') {
        index += 1;
        quoted.add(index);
      } else if (char === quote) quote = '';
    } else if (begins(char, line[index - 1] ?? ' ')) {
      if (char === '#') return { quoted, end: index };
      quote = char;
      quoted.add(index);
    }
  }
  return { quoted, end: line.length };
}

/** Finds which characters of a line of YAML are neither in quotes nor in a comment; by index. */
export function structureOf(line: string): (index: number) => boolean {
  const { quoted, end } = quotingOf(line);
  return (index) => index < end && !quoted.has(index);
}

/** Where the comment of a line begins; its length if there is none. */
export function commentStart(line: string): number {
  return quotingOf(line).end;
}

const blockHeader = /(?:^|[:\-\s])[|>][-+1-9]{0,2}[ \t]*(?:#|$)/;
const command = /(?:^|[\s{,-])(?:run|check)[ \t]*:(?=[ \t]|$)/;

/** Where the command of a step begins in a line; its length if there is none. */
export function commandStart(line: string): number {
  const found = command.exec(line);
  return found ? found.index + found[0].length : line.length;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The lines that are neither comments nor text below a block scalar or a command. */
export function* plainLines(text: string): Generator<Line> {
  let inside = Number.POSITIVE_INFINITY;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '');
    const at = start;
    start = end === -1 ? text.length : end + 1;
    const trimmed = line.trimStart();
    if (trimmed === '') continue;
    const indent = indentOf(line);
    if (indent > inside) continue;
    inside = Number.POSITIVE_INFINITY;
    if (trimmed.startsWith('#')) continue;
    const isCommand = commandStart(line) < line.length || /(?:run|check):$/.test(line.trimEnd());
    // The keys of an item begin after its dash.
    const dash = /^(?:- +)*/.exec(trimmed)?.[0].length ?? 0;
    if (isCommand) inside = indent + dash;
    else if (blockHeader.test(line)) inside = indent;
    yield { start: at, text: line };
  }
}
