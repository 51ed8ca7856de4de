import { assertNever } from '../base/assert-never.ts';
import { msg } from '../base/l10n.ts';
import type { Problem, Span } from '../base/problem.ts';
import { asTyped, negated, quotedText, shellComment, type Typed, typedAfter } from '../schema/command.ts';
import { parsePart } from '../schema/part.ts';
import type { Schema } from '../schema/schema.ts';
import { clusterSchema } from './schema.ts';

/** The keys of maps that contain shell commands: `all` of them, and those whose values are commands. */
function commandKeys(schema: Schema): {
  readonly all: readonly string[];
  readonly commands: readonly string[];
} {
  switch (schema.kind) {
    case 'object': {
      const fields = Object.entries(schema.fields);
      const commands = fields.filter(
        ([, { schema: value }]) => value.kind === 'text' && value.means === 'shell',
      );
      if (commands.length > 0)
        return { all: Object.keys(schema.fields), commands: commands.map(([key]) => key) };
      const found = fields.map(([, { schema: value }]) => commandKeys(value));
      return found.find(({ commands: names }) => names.length > 0) ?? { all: [], commands: [] };
    }
    case 'list':
      return commandKeys(schema.item);
    case 'record':
      return commandKeys(schema.value);
    case 'text-or':
      return commandKeys(schema.other);
    case 'choice':
    case 'flag':
    case 'integer':
    case 'text':
      return { all: [], commands: [] };
    default:
      return assertNever(schema);
  }
}

const keys = commandKeys(clusterSchema);
const commandLine = new RegExp(`^ *(?:- +)*(${keys.commands.join('|')})(?=[ \\t]*:(?:[ \\t]|$))`);
const otherKey = new RegExp(`^(?:- +)?(?:${keys.all.join('|')}):(?:\\s|$)`);
const keyInBraces = `[,{][ \\t]*(${keys.all.join('|')}):[ \\t]+`;

interface Line {
  readonly start: number;
  readonly line: string;
}

function lineAround(text: string, at: number): Line {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(start, start + 10_000).split(/\r?\n/, 1);
  return { start, line };
}

/** Whether YAML rejects a value regardless of its context. */
function isRefused(value: string): boolean {
  return parsePart(value, 0).syntaxProblems.length > 0;
}

/** Maximum distance in lines between a syntax error and its cause above it. */
const linesAbove = 20;

/** The nearest line at or above an offset that matches a pattern. */
function lineAbove(text: string, at: number, pattern: RegExp): Line | undefined {
  let above = lineAround(text, at);
  for (let count = 0; count < linesAbove && !pattern.test(above.line); count += 1) {
    if (above.start === 0) return undefined;
    above = lineAround(text, above.start - 1);
  }
  return pattern.test(above.line) ? above : undefined;
}

/** The command that contains an offset, on its first line or below; undefined if there is none or YAML can read it. */
function refusedCommand(text: string, at: number): Typed | undefined {
  const above = lineAbove(text, at, commandLine);
  const [found, key = ''] = commandLine.exec(above?.line ?? '') ?? [];
  if (!above || found === undefined) return undefined;
  const end = above.start + found.length;
  const typed = typedAfter(text, { start: end - key.length, end });
  if (!typed || at < typed.span.start || at > typed.span.end) return undefined;
  return isRefused(`x: ${text.slice(typed.span.start, typed.span.end)}`) ? typed : undefined;
}

/** The commands of a step written in braces on one line; `close` is the offset of its closing brace. */
function commandsInBraces({ start, line }: Line, close: number): readonly Span[] {
  const found = [...line.slice(0, close).matchAll(new RegExp(keyInBraces, 'g'))];
  return found.flatMap(({ index, 0: lead, 1: key = '' }, which) => {
    const from = index + lead.length;
    const value = line.slice(from, found[which + 1]?.index ?? close).trimEnd();
    return keys.commands.includes(key) ? [{ start: start + from, end: start + from + value.length }] : [];
  });
}

const stepInBraces = /^ *- \{/;
const closingBrace = /\}[ \t]*(?:#[^}]*)?$/;

/** Like `refusedCommand`, for a step in braces. */
function refusedInBraces(text: string, at: number): Span | undefined {
  const { start, line } = lineAround(text, at);
  const close = closingBrace.exec(line)?.index;
  if (close === undefined || !stepInBraces.test(line)) return undefined;
  return commandsInBraces({ start, line }, close).find(
    (span) => span.start <= at && at <= span.end && isRefused(`{ x: ${text.slice(span.start, span.end)} }`),
  );
}

/** The command of a step in braces whose comment swallows the closing brace, so that the error is reported on a later line. */
function cutInBraces(text: string, at: number): Problem | undefined {
  const above = lineAbove(text, at, stepInBraces);
  const close = closingBrace.exec(above?.line ?? '')?.index;
  if (!above || close === undefined || !isRefused(above.line)) return undefined;
  const { start, line } = above;
  for (const span of commandsInBraces(above, close)) {
    const value = text.slice(span.start, span.end);
    const sign = /^[^"'].*?\s#/.exec(value)?.[0].length;
    const quoted = quotedText(value);
    const fixed = line.slice(0, span.start - start) + quoted + line.slice(span.end - start);
    if (sign === undefined || shellComment(value).isOpen || isRefused(fixed)) continue;
    return {
      code: 'yaml-syntax',
      severity: 'error',
      span: { start: span.start + sign - 1, end: span.end },
      message: msg(
        'YAML reads this as a comment, including the brace that closes the step. Put the command in quotes.',
      ),
      fix: { title: msg('Put the command in quotes'), edits: [{ span, text: quoted }] },
    };
  }
  return undefined;
}

/** The lines that the author intended; undefined if that is ambiguous. */
function meantLines(
  lines: readonly string[],
): { readonly lines: readonly string[]; readonly isBlock: boolean } | undefined {
  const [first = '', ...more] = lines;
  if (/^(?:[-?](?:\s|$)|&(?!>))/.test(first) || more.some((line) => otherKey.test(line))) return undefined;
  const header = /^[|>][-+]?[ \t]+(?=[^\s])/.exec(first)?.[0];
  const isWrite = more.length === 0 && /^>>?[ \t]*[\w/~.$"'-]*[/~.$"']/.test(first);
  if (header !== undefined && !isWrite)
    return { lines: [first.slice(header.length), ...more], isBlock: true };
  if (shellComment(lines.join('\n')).isOpen) return undefined;
  return { lines: negated(lines), isBlock: false };
}

/** The problem of a command that YAML cannot read as text, with its fix. */
export function unquotedCommand(text: string, at: number): Partial<Problem> | undefined {
  const typed = refusedCommand(text, at);
  const whole = typed ? typed.span : refusedInBraces(text, at);
  if (!whole) return cutInBraces(text, at);
  const message = msg(
    'This command has characters with a special meaning in YAML. Put it in quotes, or on its own lines after `{0}`.',
    '|',
  );
  const meant = meantLines(typed?.lines ?? [text.slice(whole.start, whole.end)]);
  const { start, line } = lineAround(text, whole.start);
  const isBelow = at > start + line.length;
  if (!meant || (meant.isBlock && !typed)) return isBelow ? undefined : { message };
  const span = isBelow ? { span: { start: whole.start, end: start + line.length } } : {};
  if (typed)
    return { ...span, message, fix: asTyped(typed, meant.lines, meant.isBlock ? { isBlock: true } : {}) };
  const edits = [{ span: whole, text: quotedText(meant.lines.join('\n')) }];
  return { message, fix: { title: msg('Put the command in quotes'), edits } };
}
