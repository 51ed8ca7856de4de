import { smallest } from '../base/extremes.ts';
import { msg } from '../base/l10n.ts';
import type { Fix, Span } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { asTyped, quotedLines, quotedText, shellComment, type Typed, typedAfter } from '../schema/command.ts';
import type { Place } from '../schema/places.ts';
import { readShell } from './shell.ts';

/** A command that YAML changes before the shell gets it. */
export interface Changed {
  readonly how: 'joined' | 'cut';
  /** The YAML syntax that changes it. */
  readonly span: Span;
  /** The command as typed. */
  readonly text: string;
  readonly fix?: Fix;
}

/** A command of a custom step in the file. */
export interface CommandSource extends Place {
  readonly source: string;
  /** The value that YAML reads. */
  readonly text: string;
}

/** Starts of lines that continue the previous command. */
const continuation = /^(?:-|&&|\|\|?|[<>;)]|\d>|\w+:\/\/)/;

/** Joins lines that certainly continue a command. */
function logical(lines: readonly string[]): string {
  const [first = '', ...more] = lines;
  return more.reduce(
    (text, line) => text + (continuation.test(line.trim()) ? ' ' : '\n') + line.trim(),
    first,
  );
}

/** The commands of a script in a comparable form. */
function commandsOf(text: string): string {
  const { commands, openQuote } = readShell(text);
  const plain = commands.map(({ words, writes }) => [
    words.map((word) => word.text),
    writes.map(({ operator, target }) => [operator, target.text]),
  ]);
  return JSON.stringify([plain, openQuote === undefined]);
}

/** Whether a script has the same effect when its lines are joined. */
function isSame(joined: string, lines: readonly string[]): boolean {
  return commandsOf(joined) === commandsOf(logical(lines));
}

function firstLine(source: string, { start, end }: Span): Span {
  const length = source.slice(start, end).search(/\r?\n/);
  return { start, end: length === -1 ? end : start + length };
}

/** The lines below a `>`. */
function folded({ source, value, text }: CommandSource): Changed | undefined {
  const [, ...below] = source.slice(value.start, value.end).split(/\r?\n/);
  const indent = smallest(below.filter((line) => line.trim() !== '').map((line) => line.search(/[^ ]/)));
  const lines = below.map((line) => line.slice(indent));
  if (isSame(text, lines)) return undefined;
  const sign = { start: value.start, end: value.start + 1 };
  const fix = fixBy(msg('Change `{0}` to `{1}`', '>', '|'), [{ span: sign, text: '|' }]);
  return { how: 'joined', span: firstLine(source, value), text: lines.join('\n'), ...(fix ? { fix } : {}) };
}

/** Multiline text without a `|`. */
function joined(at: CommandSource, typed: Typed | undefined, lines: readonly string[]): Changed | undefined {
  const { source, value, text } = at;
  if (isSame(text, lines)) return undefined;
  const fix: Fix = typed
    ? asTyped(typed, lines, { isBlock: true })
    : {
        title: msg('Keep the lines of the command separate'),
        edits: [{ span: value, text: quotedText(lines.join('\n')) }],
      };
  return { how: 'joined', span: firstLine(source, value), text: lines.join('\n'), fix };
}

/** A plain scalar on one line, followed by a comment that is part of the command. */
function cut({ source, value }: CommandSource, typed: Typed | undefined): Changed | undefined {
  const line = firstLine(source, { start: value.start, end: source.length });
  const rest = source.slice(line.start, line.end);
  const end = value.start + rest.slice(0, shellComment(rest).at).trimEnd().length;
  const between = /^[ \t]+#/.exec(source.slice(value.end, line.end))?.[0];
  if (between === undefined || end <= value.end) return undefined;
  const text = source.slice(value.start, end);
  const fix: Fix = typed
    ? asTyped(typed, [text])
    : {
        title: msg('Put the command in quotes'),
        edits: [{ span: { start: value.start, end }, text: quotedText(text) }],
      };
  return { how: 'cut', span: { start: value.end + between.length - 1, end }, text, fix };
}

/** The source text from the value on, without an anchor before it. */
function typedFrom({ source, key, value }: CommandSource): Typed | undefined {
  const typed = typedAfter(source, key);
  if (!typed) return undefined;
  const before = value.start - typed.span.start;
  const [first = '', ...more] = typed.lines;
  if (before <= 0 || before > first.length) return typed;
  const span = { start: value.start, end: typed.span.end };
  return { ...typed, span, gap: '', lines: [first.slice(before), ...more] };
}

/** How YAML changes a command; undefined if it is unchanged, or has an alias or a tag. */
export function changeOf(at: CommandSource): Changed | undefined {
  const { source, key, value } = at;
  if (value.start < key.end || source.slice(key.end, value.start).includes('!')) return undefined;
  const written = source.slice(value.start, value.end);
  const style = written[0] ?? '';
  if (style === '|') return undefined;
  if (style === '>') return folded(at);
  const typed = typedFrom(at);
  const isQuoted = style === '"' || style === "'";
  if (!written.includes('\n')) return isQuoted ? undefined : cut(at, typed);
  const lines = isQuoted
    ? quotedLines(written)
    : (typed?.lines ?? written.split(/\r?\n/).map((line) => line.trim()));
  const whole = typed && isQuoted ? { ...typed, gap: '' as const, span: value } : typed;
  return lines && joined(at, whole, lines);
}
