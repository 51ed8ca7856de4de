import { isMap, isScalar, type Node } from 'yaml';
import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix, Problem, Span, TextEdit } from '../base/problem.ts';
import { keyText } from './key-text.ts';
import { asText } from './replace.ts';
import type { ObjectSchema, Schema } from './schema.ts';
import { type Entry, spanOf } from './tree.ts';

/** The schema of the value of a key; undefined for an unknown key. */
export type SchemaOf = (key: string) => Schema | undefined;

/** The schemas of the values of a map; in a record, each key has one. */
export interface MapSchemas {
  readonly of: SchemaOf;
  readonly isRecord: boolean;
}

/** Entries that belong to the value of one before them, with the problem that says so. */
export interface Fallen {
  readonly owner: Entry;
  readonly entries: readonly Entry[];
  readonly problem: Omit<Problem, 'severity'>;
}

function isEmpty(value: Node | null): boolean {
  return value === null || (isScalar(value) && value.value === null);
}

function hasKeyOf(schema: ObjectSchema, value: Node | null): boolean {
  return isMap(value) && value.items.some(({ key }) => own(schema.fields, keyText(key)) !== undefined);
}

/** Whether an entry was meant as one of the map that an earlier key should have. */
function belongs(schema: Schema, entry: Entry, isUnknown: boolean): boolean {
  if (schema.kind === 'object') {
    const field = own(schema.fields, entry.key);
    const isNested = field?.schema.kind === 'object' || field?.schema.kind === 'record';
    return (
      field !== undefined &&
      (isUnknown || (!isMap(entry.value) && !isEmpty(entry.value))) &&
      (isNested || !isMap(entry.value))
    );
  }
  if (schema.kind !== 'record' || !isUnknown) return false;
  return schema.value.kind === 'object' ? hasKeyOf(schema.value, entry.value) : isScalar(entry.value);
}

/** The edits that indent the lines of entries by two more blanks; undefined unless each entry begins its own line. */
function indented(source: string, entries: readonly Entry[]): readonly TextEdit[] | undefined {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return undefined;
  const start = source.lastIndexOf('\n', first.keySpan.start - 1) + 1;
  const lead = source.slice(start, first.keySpan.start);
  const end = last.value ? spanOf(last.value).end : last.keySpan.end;
  if (lead.trim() !== '') return undefined;
  const edits: TextEdit[] = [];
  for (let at = start; at < end; at = source.indexOf('\n', at) + 1 || source.length)
    if (/[^\r\n]/.test(source[at] ?? '\n')) edits.push({ span: { start: at, end: at }, text: '  ' });
  return edits;
}

function fallenBelow(source: string, owner: Entry, entries: readonly Entry[]): Fallen {
  const edits = indented(source, entries);
  const fix: Fix | undefined = edits && { title: msg('Indent the keys below {0}', owner.key), edits };
  const message = msg(
    '{0} is empty, because the keys below it are not indented. Indent {1} to make it part of {0}.',
    owner.key,
    entries.map(({ key }) => key).join(', '),
  );
  return {
    owner,
    entries,
    problem: { code: 'value-type', span: owner.keySpan, message, ...(fix ? { fix } : {}) },
  };
}

/** Words after the first of a list that has no brackets, which braces read as keys. */
function looseWords(owner: Entry, entries: readonly Entry[]): Fallen | undefined {
  const last = entries.at(-1);
  if (!last || !isScalar(owner.value)) return undefined;
  const words = [String(owner.value.value ?? ''), ...entries.map(({ key }) => key)];
  const text = `[${words.map(asText).join(', ')}]`;
  const span: Span = { start: spanOf(owner.value).start, end: last.keySpan.end };
  return {
    owner,
    entries,
    problem: {
      code: 'value-type',
      span,
      message: msg('{0} must be {1}.', owner.key, msg('a list such as {0}', text)),
      fix: { title: msg('Change to {0}', text), edits: [{ span, text }] },
    },
  };
}

/** Which of the entries after one belong into its value; undefined if it can have none. */
function followersOf(
  owner: Entry,
  schema: Schema,
  isUnknown: (entry: Entry) => boolean,
): ((entry: Entry) => boolean) | undefined {
  if (isEmpty(owner.value)) return (entry) => belongs(schema, entry, isUnknown(entry));
  const isList = schema.kind === 'list' && schema.item.kind === 'text' && isScalar(owner.value);
  return isList ? (entry) => entry.value === null && !entry.alias && isUnknown(entry) : undefined;
}

/** Finds keys of a map that belong into the value of an earlier one: not indented, or in a list without brackets. */
export function fallenOf(
  source: string,
  entries: readonly Entry[],
  { of, isRecord }: MapSchemas,
): readonly Fallen[] {
  const found: Fallen[] = [];
  const isUnknown = ({ key }: Entry): boolean => !isRecord && of(key) === undefined;
  for (let index = 0; index < entries.length; index += 1) {
    const owner = entries[index];
    const schema = owner && of(owner.key);
    const follows = owner && schema && !owner.alias ? followersOf(owner, schema, isUnknown) : undefined;
    if (!owner || !follows) continue;
    let end = index + 1;
    for (let next = entries[end]; next && follows(next); next = entries[end]) end += 1;
    const below = entries.slice(index + 1, end);
    if (below.length === 0) continue;
    const fallen = isEmpty(owner.value) ? fallenBelow(source, owner, below) : looseWords(owner, below);
    if (fallen) found.push(fallen);
    index = end - 1;
  }
  return found;
}
