import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Problem, Span } from '../base/problem.ts';
import { commandMeant } from './command-shape.ts';
import { linesProblem, replacement, shapeMeant, unknownKey, valueMeant } from './fixes.ts';
import type { Parsed } from './parse.ts';
import { createPlaces, type Place, type Places } from './places.ts';
import { type EntryReading, movedProblem, recall, remember } from './remember.ts';
import type {
  ChoiceSchema,
  Infer,
  IntegerSchema,
  ObjectSchema,
  RecordSchema,
  Schema,
  TextSchema,
} from './schema.ts';
import { entries, resolve, spanOf } from './tree.ts';

/** State of reading a file: its problems, and the position of each path. */
export interface Reading {
  readonly doc: Parsed;
  /** The text that was parsed. */
  readonly source: string;
  readonly problems: Problem[];
  readonly places: Places;
  /** For the path of a list: the index in the file of each item that could be read. */
  readonly kept: Map<string, readonly number[]>;
}

/** A new reading of a parsed text. */
export function startReading(doc: Parsed, source: string, problems: Problem[]): Reading {
  return { doc, source, problems, places: createPlaces(), kept: new Map() };
}

/** The key of a path in `places`. */
export function pathKey(...path: readonly (string | number)[]): string {
  return path.join('\n');
}

interface Spot {
  readonly node: Node | null;
  readonly span: Span;
  readonly path: readonly (string | number)[];
}

function addProblem(reading: Reading, problem: Omit<Problem, 'severity'>): undefined {
  reading.problems.push({ ...problem, severity: 'error' });
  return undefined;
}

const kinds: Readonly<Record<Schema['kind'], Message>> = {
  text: msg('text'),
  choice: msg('text'),
  integer: msg('a whole number'),
  flag: msg('true or false'),
  list: msg('a list'),
  record: msg('a map'),
  object: msg('a map'),
  'text-or': msg('text or a map'),
};

/** Converts a value of the wrong type to the right one. */
function meantBy(reading: Reading, schema: Schema, spot: Spot): ReturnType<typeof shapeMeant> {
  const { source } = reading;
  if (schema.kind !== 'text' || schema.means !== 'shell') return shapeMeant({ ...spot, schema, source });
  const place = reading.places.get(pathKey(...spot.path));
  const fix = place && commandMeant(spot.node, source, place);
  return fix ? { fix } : {};
}

function wrongType(reading: Reading, schema: Schema, spot: Spot): undefined {
  const { says = kinds[schema.kind], ...fix } = meantBy(reading, schema, spot);
  const message = msg('{0} must be {1}.', nameOf(spot), says);
  return addProblem(reading, { code: 'value-type', span: spot.span, message, ...fix });
}

function nameOf(spot: Spot): string | Message {
  const last = spot.path.at(-1);
  if (typeof last === 'number') return msg('Item {0} of {1}', last + 1, String(spot.path.at(-2) ?? ''));
  return last ?? msg('The file');
}

function readText(reading: Reading, schema: TextSchema, spot: Spot): string | undefined {
  const { node } = spot;
  if (!isScalar(node) || node.value === null) return wrongType(reading, schema, spot);
  if (typeof node.value !== 'string' && !schema.loose) return wrongType(reading, schema, spot);
  const value = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  const lines = schema.means === 'shell' ? undefined : linesProblem(value, spot.span, reading.source);
  if (lines) return addProblem(reading, lines);
  if (schema.pattern && !new RegExp(schema.pattern.expression).test(value)) {
    const message = msg('{0} must be {1}.', nameOf(spot), schema.pattern.says);
    const joined = value.trim().replaceAll(/\s+/g, '-');
    const isFit = joined !== '' && new RegExp(schema.pattern.expression).test(joined);
    const fix = isFit ? { fix: replacement(reading.source, spot.span, joined) } : {};
    return addProblem(reading, { code: 'value-type', span: spot.span, message, ...fix });
  }
  return value;
}

function readChoice(reading: Reading, schema: ChoiceSchema, spot: Spot): string | undefined {
  const { node } = spot;
  const value = isScalar(node) && node.value !== null ? String(node.source ?? node.value) : undefined;
  if (value === undefined) return wrongType(reading, schema, spot);
  if (schema.values.includes(value)) return value;
  const near = valueMeant(schema.values, value);
  const all = schema.values.join(', ');
  const message = near
    ? msg('Invalid value for {1}: {0}. Did you mean {2}?', value, nameOf(spot), near)
    : msg('Invalid value for {1}: {0}. Use one of: {2}.', value, nameOf(spot), all);
  const fix = near === undefined ? {} : { fix: replacement(reading.source, spot.span, near) };
  return addProblem(reading, { code: 'value-unknown', span: spot.span, message, ...fix });
}

function readInteger(reading: Reading, schema: IntegerSchema, spot: Spot): number | undefined {
  const { node } = spot;
  if (!isScalar(node) || typeof node.value !== 'number' || !Number.isInteger(node.value)) {
    return wrongType(reading, schema, spot);
  }
  if (node.value >= schema.minimum && node.value <= schema.maximum) return node.value;
  const message = msg('{0} must be between {1} and {2}.', nameOf(spot), schema.minimum, schema.maximum);
  return addProblem(reading, { code: 'value-unknown', span: spot.span, message });
}

function readEntries(
  reading: Reading,
  spot: Spot,
  take: (key: string, inner: Spot, keySpan: Span) => void,
): boolean {
  if (!isMap(spot.node)) return false;
  const seen = new Set<string>();
  for (const { key, keySpan, value } of entries(spot.node, reading.doc)) {
    if (seen.has(key)) {
      const message = msg('{0} is defined twice. Only the first one is used.', key);
      addProblem(reading, { code: 'key-duplicate', span: keySpan, message });
      continue;
    }
    seen.add(key);
    const lines = linesProblem(key, keySpan);
    if (lines) addProblem(reading, lines);
    if (lines) continue;
    const path = [...spot.path, key];
    const span = value ? spanOf(value) : keySpan;
    reading.places.set(pathKey(...path), { key: keySpan, value: span });
    take(key, { node: value, span, path }, keySpan);
  }
  return true;
}

function readRecord(reading: Reading, schema: RecordSchema, spot: Spot): Record<string, unknown> | undefined {
  const result = new Map<string, unknown>();
  const isRead = readEntries(reading, spot, (key, inner, keySpan) => {
    const value = readEntry(reading, schema.value, inner, keySpan);
    if (value !== undefined) result.set(key, value);
  });
  return isRead ? Object.fromEntries(result) : wrongType(reading, schema, spot);
}

/** Reads an entry of a record; an entry cached from an earlier version is not read again. */
function readEntry(reading: Reading, schema: Schema, spot: Spot, keySpan: Span): unknown {
  const { node, span, path } = spot;
  // The target of an alias is before the entry and belongs to another value.
  if (path.length !== 2 || !isMap(node) || span.start < keySpan.end) return readValue(reading, schema, spot);
  const name = pathKey(...path);
  const before = recall(node, name, schema);
  if (before) return take(reading, span.start, before);
  const places = new Map<string, Place>([[name, { key: keySpan, value: span }]]);
  const { get } = reading.places;
  const inner: Reading = {
    ...reading,
    problems: [],
    places: {
      get: (key) => places.get(key) ?? get(key),
      set: (key, place) => void places.set(key, place),
      addEntry: () => undefined,
    },
    kept: new Map(),
  };
  const followed = reading.doc.followed();
  const value = readValue(inner, schema, spot);
  const { problems, kept } = inner;
  const found = { path: name, schema, value, problems, places, kept };
  if (reading.doc.followed() === followed)
    return take(reading, span.start, remember(node, span.start, found));
  for (const [key, place] of places) reading.places.set(key, place);
  for (const [key, indexes] of kept) reading.kept.set(key, indexes);
  for (const problem of problems) reading.problems.push(problem);
  return value;
}

/** Adds the cached result of an entry that starts at `start`. */
function take(
  reading: Reading,
  start: number,
  { path, value, problems, places, kept }: EntryReading,
): unknown {
  reading.places.addEntry(path, start, places);
  for (const [key, indexes] of kept) reading.kept.set(key, indexes);
  for (const problem of problems) reading.problems.push(movedProblem(problem, start));
  return value;
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
  const newLine = reading.source.slice(spot.span.start, spot.span.end).endsWith('\n') ? '\n' : '';
  const edits = [{ span: spot.span, text: `{ secret: ${owner} }${newLine}` }];
  const fix = { title: msg('Refer to the secret {0} instead', owner), edits };
  return addProblem(reading, { code: 'secret-plain-text', span: spot.span, message, fix });
}

function readObject(reading: Reading, schema: ObjectSchema, spot: Spot): Record<string, unknown> | undefined {
  const result = new Map<string, unknown>();
  const present = new Set<string>();
  const isRead = readEntries(reading, spot, (key, inner, keySpan) => {
    const field = own(schema.fields, key);
    if (!field) {
      const isTaken = (other: string): boolean =>
        present.has(other) || (isMap(spot.node) && spot.node.has(other));
      const unknown = { key, span: keySpan, source: reading.source, isTaken };
      const { meant, ...found } = unknownKey(schema, unknown);
      if (meant !== undefined) present.add(meant);
      return addProblem(reading, { code: 'key-unknown', span: keySpan, ...found });
    }
    present.add(key);
    const value = readValue(reading, field.schema, inner);
    if (value !== undefined) result.set(key, value);
  });
  if (!isRead) return schema.isSecret ? plainSecret(reading, schema, spot) : wrongType(reading, schema, spot);
  const needed = Object.keys(schema.fields).filter((key) => own(schema.fields, key)?.required);
  const missing = needed.filter((key) => !present.has(key));
  const head = reading.places.get(pathKey(...spot.path))?.key ?? {
    start: spot.span.start,
    end: spot.span.start,
  };
  for (const key of missing) {
    const message = msg('{0} requires the key {1}.', nameOf(spot), key);
    addProblem(reading, { code: 'key-missing', span: head, message });
  }
  return needed.every((key) => result.has(key)) ? Object.fromEntries(result) : undefined;
}

function readList(reading: Reading, item: Schema, spot: Spot): readonly unknown[] | undefined {
  if (!isSeq(spot.node)) return undefined;
  const kept: number[] = [];
  const values = spot.node.items.flatMap((raw, index) => {
    const node = resolve(raw, reading.doc);
    const path = [...spot.path, index];
    const span = spanOf(node);
    reading.places.set(pathKey(...path), { key: span, value: span });
    const value = readValue(reading, item, { node, span, path });
    if (value === undefined) return [];
    kept.push(index);
    return [value];
  });
  reading.kept.set(pathKey(...spot.path), kept);
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
      return readList(reading, schema.item, spot) ?? wrongType(reading, schema, spot);
    case 'record':
      return readRecord(reading, schema, spot);
    case 'object':
      return readObject(reading, schema, spot);
    case 'text-or':
      return isMap(spot.node) || isSeq(spot.node)
        ? readValue(reading, schema.other, spot)
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
