import { type Alias, type Node, Pair, type Range, YAMLMap } from 'yaml';
import { blockMap, type Chunk, chunkOf } from './chunk.ts';
import { cutText } from './cut.ts';
import type { ParseMemory } from './memory.ts';
import { type Part, parsePart, type SyntaxProblem, type UnknownTag } from './part.ts';

/** A parsed text. */
export interface Parsed {
  readonly contents: Node | null;
  readonly syntaxProblems: readonly SyntaxProblem[];
  readonly tags: readonly UnknownTag[];
  /** The target of an alias; null without an anchor before it, or inside the anchored value. */
  readonly targetOf: (alias: Alias) => Node | null;
  /** The names of all anchors. */
  readonly anchors: () => readonly string[];
  /** The chunks of the map of a divided section. */
  readonly chunksOf: (map: YAMLMap) => readonly Chunk[] | undefined;
}

/** The tags of a part, with offsets in the file. */
function tagsOf({ tags, at }: Part): readonly UnknownTag[] {
  return tags.map((tag) => ({ ...tag, span: { start: tag.span.start + at, end: tag.span.end + at } }));
}

type Targets = Pick<Parsed, 'tags' | 'targetOf' | 'anchors'>;

function targets(chunks: readonly Chunk[]): Targets {
  const anchors = new Map<string, Node | null>();
  const found = new Map<Node, Node | null>();
  for (const { namings } of chunks) {
    for (const { kind, name, node } of namings) {
      if (kind === 'use') found.set(node, anchors.get(name) ?? null);
      else anchors.set(name, kind === 'end' ? node : null);
    }
  }
  return {
    tags: chunks.flatMap(({ isSound, parts }) => (isSound ? [] : parts.flatMap(tagsOf))),
    targetOf: (alias) => found.get(alias) ?? null,
    anchors: () => [...anchors.keys()],
  };
}

/** The problems of a part, including a value that should be a map. */
function syntaxProblemsOf(part: Part): readonly SyntaxProblem[] {
  const { contents, syntaxProblems, at } = part;
  const own = syntaxProblems.map(({ code, span }) => ({
    code,
    span: { start: span.start + at, end: span.end + at },
  }));
  if (own.length > 0 || blockMap(part) || !contents?.range) return own;
  return [{ code: 'MISSING_CHAR', span: { start: contents.range[0], end: contents.range[1] } }];
}

/** A map with these pairs, which few versions of a text are asked for. */
function mapOf(range: Range, itemsOf: () => readonly Pair[]): YAMLMap {
  const map = new YAMLMap();
  let items: readonly Pair[] | undefined;
  const get = (): readonly Pair[] => {
    items ??= itemsOf();
    return items;
  };
  Object.defineProperty(map, 'items', { get, enumerable: true });
  map.range = range;
  return map;
}

/** Merges the maps of the chunks; undefined if no part is a map. */
function join(chunks: readonly Chunk[], itemsOf: () => readonly Pair[]): YAMLMap | undefined {
  const isMapped = ({ maps }: Chunk): boolean => maps.length > 0;
  const start = chunks.find(isMapped)?.maps[0]?.range;
  const end = chunks.findLast(isMapped)?.maps.at(-1)?.range;
  if (!start || !end) return undefined;
  return mapOf([start[0], end[1], end[2]], itemsOf);
}

interface Section {
  readonly chunks: readonly Chunk[];
  readonly items: readonly Pair[];
  /** The map of its entries, with their chunks. */
  readonly divided?: readonly [YAMLMap, readonly Chunk[]];
}

function chunkAround(text: string, at: number): Chunk {
  return chunkOf({ text, at, role: 'section' }, [parsePart(text, at)]);
}

/** A section: its own chunk and those of its entries. */
function sectionOf(text: string, chunks: readonly Chunk[]): Section {
  const [head, ...entries] = chunks;
  const last = entries.at(-1);
  if (!head || !last) return { chunks, items: head?.items ?? [] };
  const value = join(entries, () => entries.flatMap(({ items }) => items));
  const key = head.items[0]?.key;
  if (value && key) return { chunks, items: [new Pair(key, value)], divided: [value, entries] };
  const whole = chunkAround(text.slice(head.at, last.at + last.text.length), head.at);
  return { chunks: [whole], items: whole.items };
}

function parseCuts(text: string, all: readonly Chunk[]): Parsed | undefined {
  const starts = all.flatMap(({ role }, index) => (role === 'entry' ? [] : [index]));
  const sections = starts.map((start, index) => sectionOf(text, all.slice(start, starts[index + 1])));
  const chunks = sections.flatMap((section) => section.chunks);
  const map = join(chunks, () => sections.flatMap(({ items }) => items));
  if (!map) return undefined;
  const divided = new Map(sections.flatMap((section) => (section.divided ? [section.divided] : [])));
  return {
    contents: map,
    syntaxProblems: chunks.flatMap(({ isSound, parts }) => (isSound ? [] : parts.flatMap(syntaxProblemsOf))),
    ...targets(chunks),
    chunksOf: (each) => divided.get(each),
  };
}

/** Parses a text; in the large maps named in `divided`, each entry is a separate part. */
export function parseText(text: string, divided: readonly string[], memory: ParseMemory): Parsed {
  const chunks = memory.parse(text, divided);
  const parsed = chunks && parseCuts(text, chunks);
  if (parsed) return parsed;
  const whole = parsePart(text, 0);
  const { contents, syntaxProblems } = whole;
  return {
    contents,
    syntaxProblems,
    ...targets([chunkOf({ text, at: 0, role: 'section' }, [whole])]),
    chunksOf: () => undefined,
  };
}

/** A part of a text, parsed separately; ranges are offsets into the whole text. */
export interface Around {
  readonly contents: Node | null;
  /** The path of the section that contains these entries; empty for top-level keys. */
  readonly path: readonly string[];
}

/** Parses only the part of a text that contains an offset, or ends at it. */
export function parseAround(text: string, divided: readonly string[], offset: number): Around {
  const cuts = cutText(text, divided) ?? [];
  const index = cuts.findLastIndex(({ start, end }) => start <= offset && offset <= end);
  const cut = cuts[index];
  if (!cut) return { contents: parsePart(text, 0).contents, path: [] };
  const { contents } = parsePart(text.slice(cut.start, cut.end), cut.start);
  if (cut.role !== 'entry') return { contents, path: [] };
  const head = cuts.findLast(({ role, start }) => role === 'section' && start < cut.start);
  const name = divided.find((key) => text.startsWith(`${key}:`, head?.start ?? 0));
  return { contents, path: name === undefined ? [] : [name] };
}
