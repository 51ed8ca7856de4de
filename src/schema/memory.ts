import { type Chunk, type ChunkCuts, chunkOf, moveChunk } from './chunk.ts';
import { movePart, type Part, parsePart } from './part.ts';

/**
 * Cache of the parsed chunks of a text; of the next version, only parts that differ are parsed.
 * YAML nodes move with their text: do not use a result after the next version is parsed.
 */
export interface ParseMemory {
  /** The chunks of a version of the text; those that the last version had are taken from there. */
  parse(text: string, cuts: readonly ChunkCuts[]): readonly Chunk[];
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
  const [start, end] = [cuts[0]?.start ?? 0, cuts.at(-1)?.end ?? 0];
  return chunkOf(copied(text.slice(start, end)), start, parts);
}

export function createParseMemory(): ParseMemory {
  let last = new Map<string, Chunk[]>();
  return {
    parse: (text, cuts) => {
      const kept = cuts.map((chunk): Chunk | undefined => {
        const start = chunk[0]?.start ?? 0;
        const known = last.get(text.slice(start, chunk.at(-1)?.end))?.pop();
        if (known) moveChunk(known, start);
        return known;
      });
      const left = listed([...last.values()].flatMap((same) => same.flatMap(({ parts }) => parts)));
      const chunks = cuts.map((chunk, index) => kept[index] ?? parsed(text, chunk, left));
      last = listed(chunks);
      return chunks;
    },
  };
}
