import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { msg } from '../base/l10n.ts';
import type { Fix, Problem, Span } from '../base/problem.ts';
import { schemaAt } from '../schema/at.ts';
import { asTyped, negated, quotedText, typedAfter } from '../schema/command.ts';
import { keyText } from '../schema/key-text.ts';
import type { Parsed } from '../schema/parse.ts';
import type { UnknownTag } from '../schema/part.ts';
import type { Path } from '../schema/places.ts';
import type { Schema } from '../schema/schema.ts';
import { spanOf } from '../schema/tree.ts';
import { clusterSchema } from './schema.ts';

/** The position of a value in the tree of a file. */
interface Spot {
  readonly path: Path;
  /** The key of the value; undefined for an item of a list. */
  readonly key?: Span;
}

/** Finds the positions of values in a tree. */
function spotsOf(contents: Node | null, wanted: ReadonlySet<unknown>): ReadonlyMap<unknown, Spot> {
  const spots = new Map<unknown, Spot>();
  const visit = (node: unknown, spot: Spot): void => {
    if (wanted.has(node)) spots.set(node, spot);
    if (isMap(node))
      for (const { key, value } of node.items)
        visit(value, {
          path: [...spot.path, keyText(key)],
          ...(isScalar(key) ? { key: spanOf(key) } : {}),
        });
    else if (isSeq(node))
      for (const [index, item] of node.items.entries()) visit(item, { path: [...spot.path, index] });
  };
  visit(contents, { path: [] });
  return spots;
}

function isShell(schema: Schema | undefined): boolean {
  return schema?.kind === 'text' && schema.means === 'shell';
}

/** Whether free text is allowed there, which can start with the character of a tag. */
function isLoose(schema: Schema | undefined): boolean {
  if (schema?.kind === 'text-or') return schema.text.loose;
  return schema?.kind === 'text' && schema.loose;
}

/** The fix that removes a tag without changing what YAML reads. */
function removal(source: string, { start, end }: Span): Fix {
  const after = /^[ \t]*/.exec(source.slice(end, end + 100))?.[0].length ?? 0;
  const isLast = /[\r\n]/.test(source[end + after] ?? '\n');
  let begin = start;
  while (isLast && /[ \t]/.test(source[begin - 1] ?? '')) begin -= 1;
  const span = isLast ? { start: begin, end } : { start, end: end + after };
  return { title: msg('Remove {0}', source.slice(start, end)), edits: [{ span, text: '' }] };
}

/** The fix that passes text that starts with a tag on to the shell; undefined if nothing follows a lone `!`. */
function commandFix(
  source: string,
  { span, node }: Required<UnknownTag>,
  key: Span | undefined,
): Fix | undefined {
  const [name, own] = [source.slice(span.start, span.end), spanOf(node)];
  const style = isScalar(node) ? source.slice(own.start, own.end)[0] : undefined;
  const isQuoted = style === '"' || style === "'";
  const value = isScalar(node) ? String(node.value) : '';
  if (name === '!' && isScalar(node) && value.trim() === '') return undefined;
  // A tag defined by YAML or another program. In a shell command it would be a `!` before the command.
  const isForeign = /^!(?:!|<)/.test(name) || style === '|' || style === '>' || (isQuoted && name !== '!');
  if (isForeign || (isQuoted && value.includes('\n'))) return removal(source, span);
  const typed = key && typedAfter(source, key);
  if (typed?.span.start === span.start && (!isQuoted || typed.span.end === own.end))
    return asTyped(typed, isQuoted ? [`! ${value}`] : negated(typed.lines));
  const whole = { start: span.start, end: Math.max(span.end, own.end) };
  const text = source.slice(whole.start, whole.end).trimEnd();
  if (text.includes('\n')) return removal(source, span);
  const [line = ''] = isQuoted ? [`! ${value}`] : negated([text]);
  return {
    title: msg('Put the command in quotes'),
    edits: [{ span: { start: span.start, end: span.start + text.length }, text: quotedText(line) }],
  };
}

function fixOf(tag: UnknownTag, spot: Spot | undefined, source: string): Fix | undefined {
  const { span, node } = tag;
  const schema = spot && schemaAt(clusterSchema, spot.path);
  if (node && isShell(schema)) return commandFix(source, { span, node }, spot?.key);
  const isEmpty = isScalar(node) && node.source === '';
  const end = Math.max(span.end, spanOf(node).end);
  const text = source.slice(span.start, end);
  if (isScalar(node) && isLoose(schema) && !/["'\n]/.test(text)) {
    const edits = [{ span: { start: span.start, end }, text: quotedText(text) }];
    return { title: msg('Put `{0}` in quotes', text), edits };
  }
  return isEmpty ? undefined : removal(source, span);
}

/** Problems of unknown tags, which YAML drops silently. */
export function tagProblems({ contents, tags }: Parsed, source: string): readonly Problem[] {
  if (tags.length === 0) return [];
  const spots = spotsOf(contents, new Set(tags.flatMap(({ node }) => node ?? [])));
  return tags.map((tag): Problem => {
    const { span, node } = tag;
    const spot = spots.get(node);
    const fix = fixOf(tag, spot, source);
    const name = source.slice(span.start, span.end);
    const message = isShell(spot && schemaAt(clusterSchema, spot.path))
      ? msg('YAML reads `{0}` as a tag, so the shell never gets it. Put the command in quotes.', name)
      : msg('YAML reads `{0}` as a tag and drops it. Remove it, or put the value in quotes.', name);
    return { code: 'yaml-tag', severity: 'error', span, message, ...(fix ? { fix } : {}) };
  });
}
