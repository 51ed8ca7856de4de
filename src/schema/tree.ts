import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Span } from '../base/problem.ts';
import { keyText } from './key-text.ts';
import type { Parsed } from './parse.ts';

/** A key of a map with its value, aliases resolved; `value` is null if empty, or an alias without an anchor. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | null;
  /** The alias that it comes from: its own, or that of a merge. */
  readonly alias?: Alias;
}

const nowhere: Span = { start: 0, end: 0 };

/** The span of a YAML node, without trailing white space. */
export function spanOf(node: Node | null | undefined): Span {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : nowhere;
}

/** The node, or the target of an alias; null for an alias without an anchor. */
export function resolve(node: unknown, parsed: Parsed): Node | null {
  if (isAlias(node)) return parsed.targetOf(node);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
}

/** The entries of a merged map; those of an alias come from it. */
function mergedMap(raw: unknown, parsed: Parsed): readonly Entry[] {
  const map = resolve(raw, parsed);
  if (!isMap(map)) return [];
  const found = entries(map, parsed);
  return isAlias(raw) ? found.map((entry) => ({ ...entry, alias: raw })) : found;
}

function merged(pair: Pair, parsed: Parsed): readonly Entry[] {
  const value = resolve(pair.value, parsed);
  if (isSeq(value)) return value.items.flatMap((item) => mergedMap(item, parsed));
  return mergedMap(pair.value, parsed);
}

/** Cache of the entries of maps with merge keys, to avoid exponential work for nested merges. */
const known = new WeakMap<Parsed, Map<YAMLMap, readonly Entry[]>>();

function entryOf(pair: Pair, parsed: Parsed): Entry {
  const key = resolve(pair.key, parsed);
  const alias = isAlias(pair.value) ? { alias: pair.value } : {};
  return { key: keyText(key), keySpan: spanOf(key), value: resolve(pair.value, parsed), ...alias };
}

/** The entries of pairs that are no merges. */
export function entriesOf(pairs: readonly Pair[], parsed: Parsed): readonly Entry[] {
  return pairs.map((pair) => entryOf(pair, parsed));
}

/** The entries of a map in order, then those of merge keys that the map does not override. */
export function entries(map: YAMLMap, parsed: Parsed): readonly Entry[] {
  const before = known.get(parsed)?.get(map);
  if (before) return before;
  const own: Entry[] = [];
  const merges: Pair[] = [];
  for (const pair of map.items) {
    const entry = entryOf(pair, parsed);
    if (entry.key === '<<') merges.push(pair);
    else own.push(entry);
  }
  if (merges.length === 0) return own;
  const names = new Set(own.map((entry) => entry.key));
  for (const entry of merges.flatMap((pair) => merged(pair, parsed))) {
    if (names.has(entry.key)) continue;
    names.add(entry.key);
    own.push(entry);
  }
  const maps = known.get(parsed) ?? new Map<YAMLMap, readonly Entry[]>();
  known.set(parsed, maps.set(map, own));
  return own;
}
