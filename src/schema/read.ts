import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { assertNever } from '../base/assert-never.ts';
import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Problem } from '../base/problem.ts';
import { fallenOf, type MapSchemas } from './fallen.ts';
import { linesProblem, unknownKey } from './fixes.ts';
import { mergeProblems, unknownAlias } from './merges.ts';
import { chunksToRead, type ReadPairs, readChunks, type SeenKeys } from './read-chunks.ts';
import { readChoice, readInteger, readText, readWithColon } from './read-scalar.ts';
import { addProblem, nameOf, pathKey, type Reading, type Spot, wrongType } from './reading.ts';
import type { Infer, ObjectSchema, RecordSchema, Schema } from './schema.ts';
import { type Entry, entries, entriesOf, resolve, spanOf } from './tree.ts';

/** The value of an entry as a spot, with the alias by which it is used; one without an anchor is text of the entry. */
function spotOf(outer: Spot, { key, keySpan, value, alias }: Entry, { doc }: Reading): Spot {
  const isUsed = alias && (value || resolve(alias, doc));
  const use = isUsed
    ? { alias: outer.alias ?? spanOf(alias), isAlias: true }
    : outer.alias
      ? { alias: outer.alias }
      : {};
  return { node: value, span: value ? spanOf(value) : keySpan, path: [...outer.path, key], ...use };
}

interface EntryList {
  readonly list: readonly Entry[];
  readonly schemas: MapSchemas;
  /** The keys that the map has before them; grows. */
  readonly seen: SeenKeys;
  readonly take: (inner: Spot, entry: Entry) => void;
}

function readList(reading: Reading, spot: Spot, { list, schemas, seen, take }: EntryList): void {
  const skipped = new Set<Entry>();
  for (const { owner, entries: below, problem } of fallenOf(reading.source, list, schemas)) {
    addProblem(reading, spot, problem);
    for (const entry of [owner, ...below]) skipped.add(entry);
  }
  for (const entry of list) {
    const { key, keySpan } = entry;
    if (seen.has(key)) {
      const message = msg('{0} is defined twice. Only the first one is used.', key);
      addProblem(reading, spot, { code: 'key-duplicate', span: keySpan, message });
      continue;
    }
    seen.add(key);
    const lines = linesProblem(key, keySpan);
    if (lines) addProblem(reading, spot, lines);
    if (lines) continue;
    const inner = spotOf(spot, entry, reading);
    reading.places.set(pathKey(...inner.path), { key: keySpan, value: inner.span });
    if (!skipped.has(entry)) take(inner, entry);
  }
}

function readEntries(
  reading: Reading,
  spot: Spot,
  schemas: MapSchemas,
  take: (inner: Spot, entry: Entry) => void,
): boolean {
  if (!isMap(spot.node)) return false;
  for (const problem of mergeProblems(spot.node, reading.doc)) addProblem(reading, spot, problem);
  readList(reading, spot, { list: entries(spot.node, reading.doc), schemas, seen: new Set(), take });
  return true;
}

function readRecord(
  reading: Reading,
  schema: RecordSchema,
  spot: Spot,
): Record<string, unknown> | Later | undefined {
  const values: [string, unknown][] = [];
  const takeInto =
    (inner: Reading, into: [string, unknown][]): EntryList['take'] =>
    (place, { key, alias }) => {
      if (alias && !place.node) return addProblem(inner, spot, unknownAlias(alias, inner.doc));
      const value = readValue(inner, schema.value, place);
      if (value !== undefined) into.push([key, value]);
    };
  const schemas = { of: () => schema.value, isRecord: true };
  const chunks = chunksToRead(reading, spot);
  if (chunks) {
    const read: ReadPairs = (inner, { pairs, seen, into }) => {
      const list = entriesOf(pairs, inner.doc);
      readList(inner, spot, { list, schemas, seen, take: takeInto(inner, into) });
    };
    return new Later(readChunks(reading, { schema, path: spot.path, read }, chunks));
  }
  const isRead = readEntries(reading, spot, schemas, takeInto(reading, values));
  return isRead ? Object.fromEntries(values) : wrongType(reading, schema, spot);
}

/** The entries of a large map, of which an object is made only if something asks for it. */
class Later {
  readonly #entries: () => readonly (readonly [string, unknown])[];
  #made: Record<string, unknown> | undefined;

  constructor(entries: () => readonly (readonly [string, unknown])[]) {
    this.#entries = entries;
  }

  get(): Record<string, unknown> {
    this.#made ??= Object.fromEntries(this.#entries());
    return this.#made;
  }
}

function objectOf(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const object = Object.fromEntries(values);
  for (const [key, value] of values)
    if (value instanceof Later)
      Object.defineProperty(object, key, { get: () => value.get(), enumerable: true, configurable: true });
  return object;
}

/** Plain text in place of the name of a secret: the message never repeats it. */
function plainSecret(reading: Reading, schema: ObjectSchema, spot: Spot): undefined {
  if (!isScalar(spot.node) || spot.node.value === null || spot.node.value === '')
    return wrongType(reading, schema, spot);
  const owner = String(spot.path.at(-2) ?? nameOf(spot));
  const message = msg(
    'Do not put a password in the file. Refer to a secret, as in {0}, and change the password, because it was readable here.',
    `{ secret: ${owner} }`,
  );
  const [newLine = ''] = /\r?\n$/.exec(reading.source.slice(spot.span.end - 2, spot.span.end)) ?? [];
  const edits = [{ span: spot.span, text: `{ secret: ${owner} }${newLine}` }];
  const fix = { title: msg('Refer to the secret {0} instead', owner), edits };
  return addProblem(reading, spot, { code: 'secret-plain-text', span: spot.span, message, fix });
}

/** A command may begin with an asterisk, which YAML takes for an alias. */
function isShell(schema: Schema): boolean {
  return schema.kind === 'text' && schema.means === 'shell';
}

function readObject(reading: Reading, schema: ObjectSchema, spot: Spot): Record<string, unknown> | undefined {
  const result = new Map<string, unknown>();
  const present = new Set<string>();
  const unknown: Omit<Problem, 'severity'>[] = [];
  const schemas = { of: (key: string) => own(schema.fields, key)?.schema, isRecord: false };
  const isRead = readEntries(reading, spot, schemas, (inner, { key, keySpan, value: node, alias }) => {
    const field = own(schema.fields, key);
    if (!field && schema.ignored !== undefined && key.startsWith(schema.ignored)) return;
    if (!field) {
      const isTaken = (other: string): boolean =>
        present.has(other) || (isMap(spot.node) && spot.node.has(other));
      const { meant, ...found } = unknownKey(schema, {
        ...{ key, node, span: keySpan, source: reading.source, isTaken },
      });
      if (meant !== undefined) present.add(meant);
      return void unknown.push({ code: 'key-unknown', span: keySpan, ...found });
    }
    present.add(key);
    const isLost = alias && !node && !isShell(field.schema);
    if (isLost) return addProblem(reading, spot, unknownAlias(alias, reading.doc));
    const value = readValue(reading, field.schema, inner);
    if (value !== undefined) result.set(key, value);
  });
  if (!isRead) return schema.isSecret ? plainSecret(reading, schema, spot) : wrongType(reading, schema, spot);
  const needed = Object.keys(schema.fields).filter((key) => own(schema.fields, key)?.required);
  const missing = needed.filter(
    (key) => !present.has(key) && !reading.places.get(pathKey(...spot.path, key)),
  );
  const head = reading.places.get(pathKey(...spot.path))?.key ?? {
    start: spot.span.start,
    end: spot.span.start,
  };
  // A map with none of the keys is something else as a whole.
  if (present.size > 0 || missing.length === 0)
    for (const problem of unknown) addProblem(reading, spot, problem);
  for (const key of missing) {
    const message = msg('{0} requires the key {1}.', nameOf(spot), key);
    addProblem(reading, spot, { code: 'key-missing', span: head, message });
  }
  return needed.every((key) => result.has(key)) ? objectOf(result) : undefined;
}

function readItems(reading: Reading, item: Schema, spot: Spot): readonly unknown[] | undefined {
  if (!isSeq(spot.node)) return undefined;
  const kept: number[] = [];
  const values = spot.node.items.flatMap((raw, index) => {
    const node = resolve(raw, reading.doc);
    const path = [...spot.path, index];
    const span = spanOf(node);
    const own = isAlias(raw) ? { alias: spot.alias ?? spanOf(raw), isAlias: true } : {};
    const alias = isAlias(raw) || !spot.alias ? own : { alias: spot.alias };
    reading.places.set(pathKey(...path), { key: span, value: span });
    if (isAlias(raw) && !node) return addProblem(reading, spot, unknownAlias(raw, reading.doc)) ?? [];
    const value = readValue(reading, item, { node, span, path, ...alias });
    if (value === undefined) return [];
    kept.push(index);
    return [value];
  });
  if (kept.length < spot.node.items.length) reading.kept.set(pathKey(...spot.path), kept);
  return values;
}

function readValue(reading: Reading, schema: Schema, spot: Spot): unknown {
  switch (schema.kind) {
    case 'text':
      return readText(reading, schema, spot);
    case 'choice':
      return readChoice(reading, schema, spot);
    case 'integer':
      return readInteger(reading, schema, spot);
    case 'flag':
      return isScalar(spot.node) && typeof spot.node.value === 'boolean'
        ? spot.node.value
        : wrongType(reading, schema, spot);
    case 'list':
      return readItems(reading, schema.item, spot) ?? wrongType(reading, schema, spot);
    case 'record':
      return readRecord(reading, schema, spot);
    case 'object':
      return readObject(reading, schema, spot);
    case 'text-or':
      return isMap(spot.node) || isSeq(spot.node)
        ? (readWithColon(reading, schema, spot) ?? readValue(reading, schema.other, spot))
        : readText(reading, schema.text, spot);
    default:
      return assertNever(schema);
  }
}

/** Reads a document by a schema; adds problems and places to `reading`, returns undefined if nothing could be read. */
export function read<S extends Schema>(reading: Reading, schema: S): Infer<S> | undefined {
  const node = resolve(reading.doc.contents, reading.doc);
  return readValue(reading, schema, { node, span: spanOf(node), path: [] }) as Infer<S> | undefined;
}
