import { type Line, lineAt } from './slip.ts';

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

/** What a line with a block scalar or a command has in any case. */
const opener = '[|>]|run|check';

/** Columns of white space before the text of a line. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Where the text below a line ends: at the next line that is indented no more than `indent`. */
function textEnd(text: string, { start, text: line }: Line, indent: number): number {
  for (let at = text.indexOf('\n', start + line.length); at !== -1; ) {
    const next = lineAt(text, at + 1);
    if (next.text.trimStart() !== '' && indentOf(next.text) <= indent) return next.start;
    at = text.indexOf('\n', at + 1);
  }
  return text.length;
}

/** The indent of a line with a block scalar or a command, below which its text is; undefined for any other line. */
function opens(line: string): number | undefined {
  const isCommand = commandStart(line) < line.length || /(?:run|check):$/.test(line.trimEnd());
  if (!isCommand) return blockHeader.test(line) ? indentOf(line) : undefined;
  // The keys of an item begin after its dash.
  return indentOf(line) + (/^(?:- +)*/.exec(line.trimStart())?.[0].length ?? 0);
}

/** The lines in which a pattern finds something, but no comments and no text below a block scalar or a command. */
export function* plainLines(text: string, wanted: RegExp): Generator<Line> {
  // A keystroke in a file of 50,000 lines checks all of them: only these can matter.
  const either = new RegExp(`${wanted.source}|${opener}`, 'g');
  for (let found = either.exec(text); found; found = either.exec(text)) {
    const line = lineAt(text, text.lastIndexOf('\n', found.index - 1) + 1);
    const end = text.indexOf('\n', found.index);
    either.lastIndex = end === -1 ? text.length : end;
    if (/^(?:#|$)/.test(line.text.trimStart())) continue;
    const indent = opens(line.text);
    if (wanted.test(line.text)) yield line;
    if (indent !== undefined) either.lastIndex = textEnd(text, line, indent);
  }
}
