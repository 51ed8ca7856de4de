import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Span } from '../problem.ts';

/** A key of a map with its value, aliases resolved; `value` is null where the file has none. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | null;
}

const nowhere: Span = { start: 0, end: 0 };

/** A node's own place in the text, without the white space behind it. */
export function spanOf(node: Node | null | undefined): Span {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : nowhere;
}

/** The node itself, or what its alias stands for; null for an alias without an anchor. */
export function resolve(node: unknown, doc: Document): Node | null {
  if (isAlias(node)) return node.resolve(doc) ?? null;
  return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
}

function merged(pair: Pair, doc: Document): readonly Entry[] {
  const value = resolve(pair.value, doc);
  if (isMap(value)) return entries(value, doc);
  if (isSeq(value)) {
    return value.items.flatMap((item) => {
      const map = resolve(item, doc);
      return isMap(map) ? entries(map, doc) : [];
    });
  }
  return [];
}

/** The entries of a map in their order; those of merge keys come last and only where the map has no such key. */
export function entries(map: YAMLMap, doc: Document): readonly Entry[] {
  const own: Entry[] = [];
  const inherited: Entry[] = [];
  for (const pair of map.items) {
    const key = resolve(pair.key, doc);
    const name = isScalar(key) ? (key.source ?? String(key.value ?? '')) : '';
    if (name === '<<') inherited.push(...merged(pair, doc));
    else own.push({ key: name, keySpan: spanOf(key), value: resolve(pair.value, doc) });
  }
  const names = new Set(own.map((entry) => entry.key));
  return [...own, ...inherited.filter((entry) => !names.has(entry.key))];
}
