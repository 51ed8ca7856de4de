import { isScalar } from 'yaml';
import { smallest } from '../base/extremes.ts';
import { msg } from '../base/l10n.ts';
import type { Fix, Span, TextEdit } from '../base/problem.ts';
import { trimEndOf } from '../base/trim.ts';
import { parsePart } from './part.ts';

/** The source text of a shell command after its key, before YAML interprets it. */
export interface Typed {
  /** From the first to the last character, without a comment after a single line. */
  readonly span: Span;
  /** The lines without their common indentation. */
  readonly lines: readonly string[];
  /** Indentation of lines below the key. */
  readonly indent: number;
  /** Text to insert between the colon and a block: a space, or empty if there is one. */
  readonly gap: '' | ' ';
  /** The line ending of the file. */
  readonly lineEnd: '\n' | '\r\n';
}

const blockHeader = /^[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$/;
/** What may precede a key of a block map on its line. */
const lead = /^ *(?:- +)*$/;

function indentOf(line: string): number {
  let width = 0;
  while (line[width] === ' ') width += 1;
  return width;
}

function lineAt(source: string, start: number): { readonly text: string; readonly next: number } {
  const end = source.indexOf('\n', start);
  const next = end === -1 ? source.length : end + 1;
  return { text: source.slice(start, end === -1 ? next : end).replace(/\r$/, ''), next };
}

/** Where the shell sees a comment in a line, and whether a quote is open at its end. */
export function shellComment(line: string): { readonly at: number; readonly isOpen: boolean } {
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? '';
    if (char === '\\' && quote !== "'") index += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /[ \t]/.test(line[index - 1] ?? ' ') && /[ \t]/.test(line[index + 1] ?? ' '))
      return { at: index, isOpen: false };
  }
  return { at: line.length, isOpen: quote !== '' };
}

/** The lines from `start` that are indented deeper than a key, without trailing empty lines and comments. */
function deeperLines(source: string, start: number, column: number): { lines: string[]; end: number } {
  const lines: string[] = [];
  let kept = 0;
  let end = start;
  for (let at = start; at < source.length; ) {
    const { text, next } = lineAt(source, at);
    const isEmpty = text.trim() === '';
    if ((!isEmpty && indentOf(text) <= column) || lines.length === lineLimit) break;
    lines.push(text);
    if (!isEmpty && !/^[ \t]*#/.test(text)) {
      kept = lines.length;
      end = at + text.length;
    }
    at = next;
  }
  return { lines: lines.slice(0, kept), end };
}

/** Maximum number of lines of a command that is not a block scalar. */
const lineLimit = 200;

/** The source text after the key of a block map; undefined in brackets, or before a block scalar. */
export function typedAfter(source: string, key: Span): Typed | undefined {
  const lineStart = source.lastIndexOf('\n', key.start - 1) + 1;
  if (!lead.test(source.slice(lineStart, key.start))) return undefined;
  const keyEnd = /[ \t]*:(?=[ \t\r\n]|$)[ \t]*/y;
  keyEnd.lastIndex = key.end;
  if (!keyEnd.test(source)) return undefined;
  const start = keyEnd.lastIndex;
  const column = key.start - lineStart;
  const { text: first, next } = lineAt(source, start);
  if (blockHeader.test(first)) return undefined;
  const lineEnd = source.slice(start, next).endsWith('\r\n') ? '\r\n' : '\n';
  const below = deeperLines(source, next, column);
  const shared = smallest(below.lines.filter((line) => line.trim() !== '').map(indentOf));
  const shape = { gap: source[start - 1] === ':' ? ' ' : '', lineEnd } as const;
  if (below.lines.length === 0) {
    const text = first.slice(0, shellComment(first).at).trimEnd();
    const span = { start, end: start + text.length };
    return { span, lines: [text], indent: column + 2, ...shape };
  }
  const lines = below.lines.map((line) => line.slice(shared).trimEnd());
  if (first.trim() !== '') lines.unshift(first.trimEnd());
  return { span: { start, end: below.end }, lines, indent: shared, ...shape };
}

/** Whether a block scalar can represent these lines unchanged. */
function isPlainBlock(lines: readonly string[]): boolean {
  const [first = ''] = lines;
  return /^\S/.test(first) && lines.every((line) => /^[\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]*$/.test(line));
}

/** Quotes a text with the kind of quotes that needs fewer escapes. */
export function quotedText(text: string): string {
  if (!/["\\]/.test(text) || /[^\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]/.test(text))
    return JSON.stringify(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/** Formats lines as a block scalar; undefined if it cannot represent them. */
function blockText(
  lines: readonly string[],
  { indent, lineEnd }: Pick<Typed, 'indent' | 'lineEnd'>,
): string | undefined {
  if (!isPlainBlock(lines)) return undefined;
  const space = ' '.repeat(indent);
  return ['|', ...lines.map((line) => (line === '' ? '' : space + line))].join(lineEnd);
}

/** The source lines of a quoted text, which YAML folds; undefined if they cannot be read. */
export function quotedLines(source: string): readonly string[] | undefined {
  const isDouble = source.startsWith('"');
  const lines = source.split(/\r?\n/);
  // YAML keeps a line break before an empty line; a backslash joins lines on purpose.
  const separate = lines.map((line) => {
    const isEscaped = isDouble && (line.length - trimEndOf(line, '\\').length) % 2 === 1;
    return line.trim() === '' || isEscaped ? line : `${line}\n`;
  });
  const { contents, syntaxProblems } = parsePart(separate.join('\n').trimEnd(), 0);
  const isText = isScalar(contents) && typeof contents.value === 'string' && syntaxProblems.length === 0;
  return isText ? String(contents.value).split('\n') : undefined;
}

/** Characters after a backslash that are intended as an escape in double-quoted YAML. */
const meantEscape = /[aetnrxuU"\\/ \t\r\n]/;

/** Edits that escape the backslashes of invalid escapes in double quotes, or of escapes whose characters no command contains. */
export function literalBackslashes(source: string, { start, end }: Span): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = start; at < end; at += 1) {
    if (source[at] !== '\\') continue;
    const next = source[at + 1] ?? '';
    if (!meantEscape.test(next))
      edits.push({ span: { start: at, end: at + 1 }, text: next === "'" ? '' : '\\\\' });
    at += 1;
  }
  return edits;
}

/** Lines that start with `!` in shell syntax: followed by a blank, on the line of the command. */
export function negated([first = '', ...more]: readonly string[]): readonly string[] {
  if (!first.startsWith('!')) return [first, ...more];
  const command = first.slice(1).trimStart();
  if (command !== '') return [`! ${command}`, ...more];
  const [next = '', ...rest] = more;
  return [`! ${next.trimStart()}`.trimEnd(), ...rest];
}

/** The fix that makes YAML keep lines unchanged: quotes for one line; `|` for several lines, or if requested. */
export function asTyped(
  typed: Typed,
  lines: readonly string[] = typed.lines,
  { isBlock = lines.length > 1 }: { readonly isBlock?: boolean } = {},
): Fix {
  const hasBothQuotes = lines.some((line) => /["\\]/.test(line) && line.includes("'"));
  const block = isBlock || hasBothQuotes ? blockText(lines, typed) : undefined;
  const text = typed.gap + (block ?? quotedText(lines.join('\n')));
  const title = block
    ? msg('Put the command on its own lines after `{0}`', '|')
    : msg('Put the command in quotes');
  return { title, edits: [{ span: typed.span, text }] };
}
