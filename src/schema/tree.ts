import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Span } from '../base/problem.ts';
import type { Parsed } from './parse.ts';

/** A key of a map with its value, aliases resolved; `value` is null if empty. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | null;
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

/** The text of a key as written. */
export function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value ?? '')) : '';
}

function merged(pair: Pair, parsed: Parsed): readonly Entry[] {
  const value = resolve(pair.value, parsed);
  if (isMap(value)) return entries(value, parsed);
  if (isSeq(value)) {
    return value.items.flatMap((item) => {
      const map = resolve(item, parsed);
      return isMap(map) ? entries(map, parsed) : [];
    });
  }
  return [];
}

/** Cache of the entries of maps with merge keys, to avoid exponential work for nested merges. */
const known = new WeakMap<Parsed, Map<YAMLMap, readonly Entry[]>>();

/** The entries of a map in order, then those of merge keys that the map does not override. */
export function entries(map: YAMLMap, parsed: Parsed): readonly Entry[] {
  const before = known.get(parsed)?.get(map);
  if (before) return before;
  const own: Entry[] = [];
  const merges: Pair[] = [];
  for (const pair of map.items) {
    const key = resolve(pair.key, parsed);
    const name = keyText(key);
    if (name === '<<') merges.push(pair);
    else own.push({ key: name, keySpan: spanOf(key), value: resolve(pair.value, parsed) });
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
