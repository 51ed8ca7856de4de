import { type Alias, isMap, type Node, Pair, YAMLMap } from 'yaml';
import { type Cut, cutText } from './cut.ts';
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
  /** Number of aliases resolved so far. */
  readonly followed: () => number;
}

/** The tags of a part, with offsets in the file. */
function tagsOf({ tags, at }: Part): readonly UnknownTag[] {
  return tags.map((tag) => ({ ...tag, span: { start: tag.span.start + at, end: tag.span.end + at } }));
}

function targets(parts: readonly Part[]): Omit<Parsed, 'contents' | 'syntaxProblems'> {
  const anchors = new Map<string, Node | null>();
  const found = new Map<Node, Node | null>();
  for (const { namings } of parts) {
    for (const { kind, name, node } of namings) {
      if (kind === 'use') found.set(node, anchors.get(name) ?? null);
      else anchors.set(name, kind === 'end' ? node : null);
    }
  }
  let followed = 0;
  const targetOf: Parsed['targetOf'] = (alias) => {
    followed += 1;
    return found.get(alias) ?? null;
  };
  return {
    tags: parts.flatMap(tagsOf),
    ...{ targetOf, followed: () => followed, anchors: () => [...anchors.keys()] },
  };
}

function blockMap({ contents }: Part): YAMLMap | undefined {
  return isMap(contents) && contents.flow !== true ? contents : undefined;
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

/** Merges the maps of the parts; undefined if no part is a map. */
function join(parts: readonly Part[]): YAMLMap | undefined {
  const maps = parts.flatMap((part) => blockMap(part) ?? []);
  const [first, last] = [maps[0]?.range, maps.at(-1)?.range];
  if (!first || !last) return undefined;
  const map = new YAMLMap();
  map.items = maps.flatMap(({ items }) => items);
  map.range = [first[0], last[1], last[2]];
  return map;
}

interface Section {
  readonly parts: readonly Part[];
  readonly items: readonly Pair[];
}

/** A section: its own part and those of its entries. */
function sectionOf(text: string, [cut, ...entries]: readonly Cut[], memory: ParseMemory): Section {
  const take = (start: number, end: number): Part => memory.take(text.slice(start, end), start);
  if (!cut) return { parts: [], items: [] };
  const head = take(cut.start, cut.end);
  const last = entries.at(-1);
  if (!last) return { parts: [head], items: blockMap(head)?.items ?? [] };
  const parts = entries.map(({ start, end }) => take(start, end));
  const value = join(parts);
  const key = blockMap(head)?.items[0]?.key;
  if (value && key) return { parts: [head, ...parts], items: [new Pair(key, value)] };
  const whole = take(cut.start, last.end);
  return { parts: [whole], items: blockMap(whole)?.items ?? [] };
}

function parseCuts(text: string, cuts: readonly Cut[], memory: ParseMemory): Parsed | undefined {
  const starts = cuts.flatMap(({ role }, index) => (role === 'entry' ? [] : [index]));
  const sections = starts.map((start, index) =>
    sectionOf(text, cuts.slice(start, starts[index + 1]), memory),
  );
  const parts = sections.flatMap((section) => section.parts);
  const map = join(parts);
  if (!map) return undefined;
  map.items = sections.flatMap(({ items }) => items);
  return { contents: map, syntaxProblems: parts.flatMap(syntaxProblemsOf), ...targets(parts) };
}

/** Parses a text; in the large maps named in `divided`, each entry is a separate part. */
export function parseText(text: string, divided: readonly string[], memory: ParseMemory): Parsed {
  const cuts = cutText(text, divided);
  const parsed = cuts && parseCuts(text, cuts, memory);
  const whole = parsed ? undefined : memory.take(text, 0);
  memory.turn();
  if (parsed) return parsed;
  const syntaxProblems = whole?.syntaxProblems ?? [];
  return { contents: whole?.contents ?? null, syntaxProblems, ...targets(whole ? [whole] : []) };
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
