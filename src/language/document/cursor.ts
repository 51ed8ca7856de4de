import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Span } from '../../base/problem.ts';
import { divided } from '../../cluster/decode.ts';
import { keyText } from '../../schema/key-text.ts';
import { parseAround } from '../../schema/parse.ts';
import type { Path } from './marks.ts';

/** What a word typed at an offset would be. */
export interface Cursor {
  readonly slot: 'key' | 'value' | 'item';
  /** Path of the map for a key, of the value for a value, of the list for an item. */
  readonly path: Path;
  /** The existing word, including quotes. */
  readonly span: Span;
  /** Text to insert before the word. */
  readonly lead: '' | ' ' | '- ';
  /** Other keys of the map, or other scalar items of the list. */
  readonly others: readonly string[];
  /** Whether the key already has a value. */
  readonly hasValue: boolean;
  /** Whether it is inside { } or [ ]. */
  readonly isFlow: boolean;
}

/** Placeholder for the word at the cursor; does not occur in real text. */
const mark = '\ue000';

type Found = Pick<Cursor, 'slot' | 'path' | 'others' | 'hasValue' | 'isFlow'> & { readonly node: Node };

/** A word without siblings. */
const alone = { others: [], hasValue: false } as const;

function isMarked(node: unknown): node is Scalar {
  return (
    isScalar(node) &&
    keyText(node).includes(mark) &&
    node.type !== 'BLOCK_LITERAL' &&
    node.type !== 'BLOCK_FOLDED'
  );
}

function columnOf(text: string, node: unknown): number | undefined {
  const start = isScalar(node) ? node.range?.[0] : undefined;
  return start === undefined ? undefined : start - text.lastIndexOf('\n', start - 1) - 1;
}

/** Whether a key has the same indentation as the other keys of its map; the parser does not check that everywhere. */
function isLevel(text: string, map: YAMLMap, key: unknown): boolean {
  const other = (map.items as Pair[]).find((pair) => pair.key !== key)?.key;
  const [own, wanted] = [columnOf(text, key), columnOf(text, other)];
  return map.flow === true || wanted === undefined || own === wanted;
}

function hasValue({ value }: Pair): boolean {
  return isMap(value) || isSeq(value) || (isScalar(value) && value.value !== null);
}

/** The key of a map that contains the placeholder; undefined if there is none, or if its indentation differs from the others. */
function findKey(text: string, map: YAMLMap, path: Path): Found | undefined {
  const pairs = map.items as Pair[];
  const pair = pairs.find(({ key }) => isMarked(key));
  if (!pair || !isMarked(pair.key) || !isLevel(text, map, pair.key)) return undefined;
  const marked = keyText(pair.key);
  const others = pairs.map(({ key }) => keyText(key)).filter((key) => key !== marked);
  const isFlow = map.flow === true;
  return { slot: 'key', path, others, hasValue: hasValue(pair), isFlow, node: pair.key };
}
function findInMap(text: string, map: YAMLMap, path: Path): Found | undefined {
  const marked = findKey(text, map, path);
  if (marked) return marked;
  for (const { key, value } of map.items as Pair[]) {
    const inner = [...path, keyText(key)];
    const found = isMarked(value)
      ? { ...alone, slot: 'value' as const, path: inner, isFlow: map.flow === true, node: value }
      : find(text, value, keyText(key) === '<<' ? path : inner);
    if (found) return found;
  }
  return undefined;
}

function findInList(text: string, list: YAMLSeq, path: Path): Found | undefined {
  const marked = list.items.find(isMarked);
  if (marked) {
    const others = list.items.flatMap((item) =>
      isScalar(item) && item !== marked ? [String(item.value)] : [],
    );
    return { ...alone, slot: 'item', path, others, isFlow: list.flow === true, node: marked };
  }
  for (const [index, item] of list.items.entries()) {
    const found = find(text, item, [...path, index]);
    if (found) return found;
  }
  return undefined;
}

/** The position of the placeholder in a YAML node. */
function find(text: string, node: unknown, path: Path): Found | undefined {
  if (isMap(node)) return findInMap(text, node, path);
  if (isSeq(node)) return findInList(text, node, path);
  return isMarked(node) ? { ...alone, slot: 'value', path, isFlow: false, node } : undefined;
}

interface Try {
  readonly lead: Cursor['lead'];
  readonly tail: '' | ':';
}

/** Variants of text around the placeholder that make it valid YAML. */
function tries(line: string): readonly Try[] {
  if (/^\s*(?:(?:- )?["']?[\w.-]+["']?:|-)$/.test(line)) return [{ lead: ' ', tail: '' }];
  const usual: readonly Try[] = [
    { lead: '', tail: '' },
    { lead: '', tail: ':' },
  ];
  return line.trim() === '' ? [...usual, { lead: '- ', tail: '' }] : usual;
}

/** The context of a word at an offset; undefined in comments and scripts, and where no word is possible. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  for (const { lead, tail } of tries(line)) {
    const inserted = `${lead}${mark}${tail}`;
    const marked = `${text.slice(0, offset)}${inserted}${text.slice(offset)}`;
    const { contents, path } = parseAround(marked, divided, offset + lead.length);
    const found = find(marked, contents, path);
    const range = found?.node.range;
    if (!found || !range || marked.slice(range[0], range[1]).includes('\n')) continue;
    const { node, ...rest } = found;
    const added = lead.length + 1;
    const start = Math.min(range[0], offset);
    return { ...rest, lead, span: { start, end: Math.max(offset, range[1] - added) } };
  }
  return undefined;
}
