import { isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import type { Cut } from './cut.ts';
import { isMerge } from './key-text.ts';
import { movePart, type Naming, type Part } from './part.ts';

/**
 * Neighbouring parts of a text that are kept, moved and read as one: the head of the file, the key of a section, or
 * entries of a divided section.
 */
export interface Chunk {
  readonly role: Cut['role'];
  readonly text: string;
  /** Offset of the chunk in the file. */
  at: number;
  readonly parts: readonly Part[];
  /** The parts that are block maps, and their pairs. */
  readonly maps: readonly YAMLMap[];
  readonly items: readonly Pair[];
  readonly namings: readonly Naming[];
  /** Whether each part is a block map without problems and unknown tags. */
  readonly isSound: boolean;
  /** Whether a key merges a map into that of the chunk. */
  readonly hasMerge: boolean;
  /** Whether its meaning depends on nothing but its text: it has no alias, and each value is a map after its key. */
  readonly isAlone: boolean;
}

/** The cuts of a chunk; only entries share one. */
export type ChunkCuts = readonly Cut[];

/** Entries in a chunk: on average, and at most. */
const entries = { mean: 16, max: 64 };
/** Characters of an entry that decide whether a chunk starts with it. */
const hashed = 40;

/** Whether a chunk starts at an entry: decided by its own text, so that an edit moves no border of another chunk. */
function isBorder(text: string, { start, end }: Cut): boolean {
  let hash = 0;
  const last = Math.min(end, start + hashed);
  for (let at = start; at < last; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 8) % entries.mean === 0;
}

/** Joins the cuts of neighbouring entries to chunks. */
export function chunksOf(text: string, cuts: readonly Cut[]): readonly ChunkCuts[] {
  const chunks: Cut[][] = [];
  let open: Cut[] | undefined;
  for (const cut of cuts) {
    const isEntry = cut.role === 'entry';
    if (open && isEntry && open.length < entries.max && !isBorder(text, cut)) open.push(cut);
    else {
      chunks.push([cut]);
      open = isEntry ? chunks.at(-1) : undefined;
    }
  }
  return chunks;
}

/** The contents of a part if they are a block map. */
export function blockMap({ contents }: Part): YAMLMap | undefined {
  return isMap(contents) && contents.flow !== true ? contents : undefined;
}

/** Whether the value of a pair is a map after its key. */
function isMapAfterKey({ key, value }: Pair): boolean {
  return (
    isScalar(key) && isMap(value) && (value.range?.[0] ?? 0) >= (key.range?.[1] ?? Number.POSITIVE_INFINITY)
  );
}

/** A chunk of parts that are at their place. */
export function chunkOf(
  { text, at, role }: Pick<Chunk, 'text' | 'at' | 'role'>,
  parts: readonly Part[],
): Chunk {
  const maps = parts.flatMap((part) => blockMap(part) ?? []);
  const items = maps.flatMap((map) => map.items);
  const namings = parts.flatMap((part) => part.namings);
  return {
    ...{ text, at, role, parts, maps, items, namings },
    isSound: parts.every(
      (part) => part.syntaxProblems.length === 0 && part.tags.length === 0 && blockMap(part) !== undefined,
    ),
    hasMerge: items.some(isMerge),
    isAlone: namings.every(({ kind }) => kind !== 'use') && items.every(isMapAfterKey),
  };
}

/** Moves a chunk with its parts. */
export function moveChunk(chunk: Chunk, at: number): void {
  const by = at - chunk.at;
  if (by === 0) return;
  chunk.at = at;
  for (const part of chunk.parts) movePart(part, part.at + by);
}
