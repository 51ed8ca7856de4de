import type { Node } from 'yaml';
import { type Message, msg } from '../base/l10n.ts';
import type { Problem, Span } from '../base/problem.ts';
import { commandMeant } from './command-shape.ts';
import { shapeMeant } from './fixes.ts';
import type { Parsed } from './parse.ts';
import { createPlaces, type Places } from './places.ts';
import type { ReadChunk } from './remember.ts';
import type { Schema } from './schema.ts';

/** State of reading a file: its problems, and the position of each path. */
export interface Reading {
  readonly doc: Parsed;
  /** The text that was parsed. */
  readonly source: string;
  readonly problems: Problem[];
  readonly places: Places;
  /** For the path of a list with items that could not be read: the index in the file of each of the others. */
  readonly kept: Map<string, readonly number[]>;
  /** For the path of a map that was read in chunks: its chunks. */
  readonly chunks: Map<string, readonly ReadChunk[]>;
  /** Code and span of each problem so far, so that a value with several aliases is reported once. */
  readonly reported: Set<string>;
}

/** A new reading of a parsed text. */
export function startReading(doc: Parsed, source: string, problems: Problem[]): Reading {
  return {
    doc,
    source,
    problems,
    places: createPlaces(),
    kept: new Map(),
    chunks: new Map(),
    reported: new Set(),
  };
}

/** The key of a path in `places`. */
export function pathKey(...path: readonly (string | number)[]): string {
  return path.join('\n');
}

/** A value to read. */
export interface Spot {
  readonly node: Node | null;
  readonly span: Span;
  readonly path: readonly (string | number)[];
  /** The alias by which the value, or one that contains it, is used here; problems are reported there. */
  readonly alias?: Span;
  /** Whether the alias is the value itself. */
  readonly isAlias?: boolean;
}

/** How a problem at a span is known again. */
export function reportedAs({ code, span }: Pick<Problem, 'code' | 'span'>): string {
  return `${code} ${span.start} ${span.end}`;
}

/** Adds a problem of a value; one of an aliased value at the alias, once, and without a fix, which would change the anchor. */
export function addProblem(reading: Reading, spot: Spot, problem: Omit<Problem, 'severity'>): undefined {
  const { alias, isAlias: isDirect, path } = spot;
  const last = path.at(-1);
  // Several keys can each have the same alias, but one list has one cause.
  const user = isDirect ? ` ${pathKey(...(typeof last === 'number' ? path.slice(0, -1) : path))}` : '';
  const name = reportedAs(problem) + user;
  if (alias && reading.reported.has(name)) return undefined;
  reading.reported.add(name);
  const { fix, ...rest } = problem;
  reading.problems.push(
    alias ? { ...rest, severity: 'error', span: alias } : { ...problem, severity: 'error' },
  );
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
  const place = reading.places.get(pathKey(...spot.path));
  const key = typeof spot.path.at(-1) === 'string' ? place?.key : undefined;
  if (schema.kind !== 'text' || schema.means !== 'shell') return shapeMeant({ ...spot, schema, source, key });
  const fix = place && commandMeant(spot.node, source, place);
  return fix ? { fix } : {};
}

export function wrongType(reading: Reading, schema: Schema, spot: Spot): undefined {
  const { says = kinds[schema.kind], ...fix } = meantBy(reading, schema, spot);
  const message = msg('{0} must be {1}.', nameOf(spot), says);
  return addProblem(reading, spot, { code: 'value-type', span: spot.span, message, ...fix });
}

export function nameOf(spot: Spot): string | Message {
  const last = spot.path.at(-1);
  if (typeof last === 'number') return msg('Item {0} of {1}', last + 1, String(spot.path.at(-2) ?? ''));
  return last ?? msg('The file');
}
