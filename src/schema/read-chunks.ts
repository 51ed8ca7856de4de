import { isMap, type Pair } from 'yaml';
import { createDoubles } from '../base/doubles.ts';
import type { Chunk } from './chunk.ts';
import type { Path, Place } from './places.ts';
import { pathKey, type Reading, reportedAs, type Spot } from './reading.ts';
import { type ChunkReading, movedProblem, type ReadChunk, remembered } from './remember.ts';
import type { Schema } from './schema.ts';

/** The keys of a map so far. */
export interface SeenKeys {
  has(key: string): boolean;
  add(key: string): void;
}

/** Reads pairs of a record; adds to `seen` and `into`. */
export type ReadPairs = (
  reading: Reading,
  options: {
    readonly pairs: readonly Pair[];
    readonly seen: SeenKeys;
    readonly into: [string, unknown][];
  },
) => void;

/** A record whose entries are read in chunks. */
interface Record {
  readonly schema: Schema;
  readonly path: Path;
  readonly read: ReadPairs;
}

/** The chunks of a divided section; undefined for any other map, and for one with merges, which are of the whole map. */
export function chunksToRead({ doc }: Reading, { node, alias }: Spot): readonly Chunk[] | undefined {
  const chunks = isMap(node) && !alias ? doc.chunksOf(node) : undefined;
  return chunks?.some(({ hasMerge }) => hasMerge) ? undefined : chunks;
}

/** Reads pairs apart from the rest of the file; positions are those of the file. */
function readApart(
  reading: Reading,
  { path, read }: Record,
  { pairs, before }: { readonly pairs: readonly Pair[]; readonly before: ReadonlySet<string> },
): ChunkReading {
  const places = new Map<string, Place>();
  const { get } = reading.places;
  const inner: Reading = {
    ...reading,
    problems: [],
    places: {
      get: (key) => places.get(key) ?? get(key),
      set: (key, place) => void places.set(key, place),
      addEntries: () => undefined,
    },
    kept: new Map(),
  };
  const values: [string, unknown][] = [];
  const keys = new Set<string>();
  const seen: SeenKeys = {
    has: (key) => before.has(key) || keys.has(key),
    add: (key) => void keys.add(key),
  };
  read(inner, { pairs, seen, into: values });
  const paths = [...keys].map((key) => pathKey(...path, key));
  return { keys: [...keys], paths, values, places, problems: inner.problems, kept: inner.kept };
}

/** Adds the result of reading a chunk to that of the file. */
function addChunk(reading: Reading, path: string, { start, reading: chunk }: ReadChunk): void {
  reading.places.addEntries(path, start, chunk);
  for (const [key, indexes] of chunk.kept) reading.kept.set(key, indexes);
  for (const problem of chunk.problems) {
    const moved = movedProblem(problem, start);
    reading.reported.add(reportedAs(moved));
    reading.problems.push(moved);
  }
}

const haveKeysTwice = createDoubles(({ keys }: ChunkReading) => keys);

/** The readings of chunks, each of which depends on nothing else; undefined if one does, or if they have a key in common. */
function readAlone(
  reading: Reading,
  record: Record,
  chunks: readonly Chunk[],
): readonly ReadChunk[] | undefined {
  if (!chunks.every(({ isAlone }) => isAlone)) return undefined;
  const { schema } = record;
  const path = pathKey(...record.path);
  const before = new Set<string>();
  const found = chunks.map((chunk) => {
    const read = (): ChunkReading => readApart(reading, record, { pairs: chunk.items, before });
    return { start: chunk.at, reading: remembered(chunk, { path, schema }, read) };
  });
  return haveKeysTwice(found.map((each) => each.reading)) ? undefined : found;
}

/** Reads the values of a record in chunks; a chunk that has not changed since an earlier version of the file is not read again. */
export function readChunks(
  reading: Reading,
  record: Record,
  chunks: readonly Chunk[],
): () => readonly (readonly [string, unknown])[] {
  const path = pathKey(...record.path);
  const alone = readAlone(reading, record, chunks);
  if (alone) {
    for (const each of alone) addChunk(reading, path, each);
    reading.chunks.set(path, alone);
    return () => alone.flatMap(({ reading: { values } }) => values);
  }
  const seen = new Set<string>();
  const found: ReadChunk[] = [];
  const add = (start: number, read: ChunkReading): void => {
    for (const key of read.keys) seen.add(key);
    found.push({ start, reading: read });
    addChunk(reading, path, { start, reading: read });
  };
  let others: Pair[] = [];
  const readOthers = (): void => {
    if (others.length > 0) add(0, readApart(reading, record, { pairs: others, before: seen }));
    others = [];
  };
  for (const chunk of chunks) {
    const { schema } = record;
    const read = (): ChunkReading =>
      readApart(reading, record, { pairs: chunk.items, before: new Set<string>() });
    const known = chunk.isAlone ? remembered(chunk, { path, schema }, read) : undefined;
    // An empty value may own the pairs of the next chunk, but none that are maps.
    if (known) readOthers();
    if (known && !known.keys.some((key) => seen.has(key))) add(chunk.at, known);
    else for (const pair of chunk.items) others.push(pair);
  }
  readOthers();
  reading.chunks.set(path, found);
  return () => found.flatMap(({ reading: { values } }) => values);
}
