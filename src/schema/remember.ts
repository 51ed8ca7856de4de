import type { Problem } from '../base/problem.ts';
import type { Chunk } from './chunk.ts';
import { moved, type Place, type PlacedEntries } from './places.ts';
import type { Schema } from './schema.ts';

/** The result of reading the entries of a chunk; spans are relative to the start of the chunk. */
export interface ChunkReading extends PlacedEntries {
  /** The keys in the order of the text, each once. */
  readonly keys: readonly string[];
  /** Of the entries that could be read. */
  readonly values: readonly (readonly [key: string, value: unknown])[];
  readonly problems: readonly Problem[];
  readonly kept: ReadonlyMap<string, readonly number[]>;
}

/** A chunk at its place in this version of the file. The reading of a chunk that no edit touched stays the same object. */
export interface ReadChunk {
  readonly start: number;
  readonly reading: ChunkReading;
}

/** Moves a problem to another offset. */
export function movedProblem(problem: Problem, by: number): Problem {
  const { span, fix } = problem;
  const edits = fix?.edits.map((edit) => ({ ...edit, span: moved(edit.span, by) }));
  return { ...problem, span: moved(span, by), ...(fix && edits ? { fix: { ...fix, edits } } : {}) };
}

/** Moves a reading to another offset. */
export function movedReading(reading: ChunkReading, by: number): ChunkReading {
  if (by === 0) return reading;
  const places = new Map<string, Place>();
  for (const [path, { key, value }] of reading.places)
    places.set(path, { key: moved(key, by), value: moved(value, by) });
  return { ...reading, places, problems: reading.problems.map((problem) => movedProblem(problem, by)) };
}

interface Known {
  readonly path: string;
  readonly schema: Schema;
  readonly reading: ChunkReading;
}

const known = new WeakMap<Chunk, Known>();

/** The reading of a chunk at a path, made by `read` unless an earlier version of the file had the chunk. */
export function remembered(
  chunk: Chunk,
  { path, schema }: Pick<Known, 'path' | 'schema'>,
  read: () => ChunkReading,
): ChunkReading {
  const before = known.get(chunk);
  if (before?.path === path && before.schema === schema) return before.reading;
  const reading = movedReading(read(), -chunk.at);
  known.set(chunk, { path, schema, reading });
  return reading;
}
