import { type Chunk, type ChunkCuts, chunkOf, chunksOf, moveChunk } from './chunk.ts';
import { cutText, recutEntries } from './cut.ts';
import { movePart, type Part, parsePart } from './part.ts';

/**
 * Cache of the parsed chunks of a text; of the next version, only parts that differ are parsed.
 * YAML nodes move with their text: do not use a result after the next version is parsed.
 */
export interface ParseMemory {
  /** The chunks of a version of the text, cut at its keys and at the entries of the sections in `divided`; undefined if it cannot be cut. */
  parse(text: string, divided: readonly string[]): readonly Chunk[] | undefined;
}

/** Copies a string: a slice would keep the complete source text alive. */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}

function listed<T extends { readonly text: string }>(values: Iterable<T>): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const value of values) {
    const same = lists.get(value.text);
    if (same) same.push(value);
    else lists.set(value.text, [value]);
  }
  return lists;
}

/** Takes the parts of a chunk from those that are left of the last version, and parses the others. */
function parsed(text: string, cuts: ChunkCuts, left: Map<string, Part[]>): Chunk {
  const parts = cuts.map(({ start, end }): Part => {
    const own = text.slice(start, end);
    const known = left.get(own)?.pop();
    if (known) movePart(known, start);
    return known ?? parsePart(copied(own), start);
  });
  const [at, end] = [cuts[0]?.start ?? 0, cuts.at(-1)?.end ?? 0];
  return chunkOf({ text: copied(text.slice(at, end)), at, role: cuts[0]?.role ?? 'section' }, parts);
}

/** A version of a text and its chunks. */
interface Version {
  readonly text: string;
  readonly divided: readonly string[];
  readonly chunks: readonly Chunk[];
}

/** Characters that are compared at once. */
const block = 4096;

/** How many characters two texts have in common at their starts. */
function commonStart(a: string, b: string, most: number): number {
  let at = 0;
  while (at + block <= most && a.slice(at, at + block) === b.slice(at, at + block)) at += block;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** How many characters two texts have in common at their ends. */
function commonEnd(a: string, b: string, most: number): number {
  const [endOfA, endOfB] = [a.length, b.length];
  let at = 0;
  while (
    at + block <= most &&
    a.slice(endOfA - at - block, endOfA - at) === b.slice(endOfB - at - block, endOfB - at)
  )
    at += block;
  while (at < most && a.charCodeAt(endOfA - at - 1) === b.charCodeAt(endOfB - at - 1)) at += 1;
  return at;
}

/** The chunks of the next version of a text that differs from the last only within entries; undefined for any other. */
function editedEntries(last: Version, text: string): readonly Chunk[] | undefined {
  const { chunks } = last;
  const start = commonStart(last.text, text, Math.min(last.text.length, text.length));
  const kept = commonEnd(last.text, text, Math.min(last.text.length, text.length) - start);
  const end = last.text.length - kept;
  // A chunk that only touches the edit may continue it, or be continued by it.
  const first = chunks.findIndex(({ at, text: own }) => at + own.length >= start);
  const after = chunks.findIndex(({ at }) => at > end);
  const touched = chunks.slice(first, after === -1 ? undefined : after);
  const [head] = touched;
  if (!head || touched.some(({ role }) => role !== 'entry')) return undefined;
  const by = text.length - last.text.length;
  const close = (touched.at(-1)?.at ?? 0) + (touched.at(-1)?.text.length ?? 0) + by;
  const cuts = recutEntries(text, { start: head.at, end: close });
  if (!cuts) return undefined;
  const left = listed(touched.flatMap(({ parts }) => parts));
  const made = chunksOf(text, cuts).map((chunk) => parsed(text, chunk, left));
  const moved = after === -1 ? [] : chunks.slice(after);
  for (const chunk of moved) moveChunk(chunk, chunk.at + by);
  return [...chunks.slice(0, first), ...made, ...moved];
}

/** The chunks of any other version; those that the last version had are taken from there. */
function recut(
  last: Version | undefined,
  text: string,
  divided: readonly string[],
): readonly Chunk[] | undefined {
  const cuts = cutText(text, divided);
  if (!cuts) return undefined;
  const before = listed(last?.chunks ?? []);
  const groups = chunksOf(text, cuts);
  const kept = groups.map((group): Chunk | undefined => {
    const start = group[0]?.start ?? 0;
    const same = before.get(text.slice(start, group.at(-1)?.end));
    const index = same?.findIndex(({ role }) => role === group[0]?.role) ?? -1;
    const [known] = index === -1 ? [] : (same?.splice(index, 1) ?? []);
    if (known) moveChunk(known, start);
    return known;
  });
  const left = listed([...before.values()].flatMap((same) => same.flatMap(({ parts }) => parts)));
  return groups.map((group, index) => kept[index] ?? parsed(text, group, left));
}

export function createParseMemory(): ParseMemory {
  let last: Version | undefined;
  return {
    parse: (text, divided) => {
      const chunks =
        (last?.divided === divided ? editedEntries(last, text) : undefined) ?? recut(last, text, divided);
      last = chunks ? { text, divided, chunks } : last;
      return chunks;
    },
  };
}
