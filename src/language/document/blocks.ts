import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Span } from '../../base/problem.ts';
import { keyText } from '../../schema/key-text.ts';
import type { Path } from './marks.ts';

/** An entry of a map or item of a list in the source: its key, if any, and its value. */
export interface Block {
  readonly path: Path;
  /** From the key to the end of the value, without trailing white space. */
  readonly span: Span;
  readonly key?: Node;
  readonly value?: Node;
}

function rangeOf(node: unknown): Span | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) ? { start: Number(range[0]), end: Number(range[1]) } : undefined;
}

function isNode(node: unknown): node is Node {
  return rangeOf(node) !== undefined;
}

/** Trims trailing white space and line breaks from a span. */
export function trimmed(text: string, { start, end }: Span): Span {
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last -= 1;
  return { start, end: last };
}

function blockOf(
  text: string,
  path: Path,
  parts: Partial<Record<'key' | 'value', unknown>>,
): Block | undefined {
  const { key, value } = parts;
  const [head, tail] = [rangeOf(key), rangeOf(value)];
  const first = head ?? tail;
  if (!first) return undefined;
  const end = Math.max(tail?.end ?? 0, head?.end ?? 0);
  const span = trimmed(text, { start: first.start, end });
  return { path, span, ...(isNode(key) ? { key } : {}), ...(isNode(value) ? { value } : {}) };
}

/** The entries or items of a YAML node that are written in the source. */
export function blocksOf(text: string, node: Node | null | undefined, path: Path): readonly Block[] {
  if (isMap(node))
    return (node.items as Pair[]).flatMap(
      ({ key, value }) => blockOf(text, [...path, keyText(key)], { key, value }) ?? [],
    );
  if (isSeq(node))
    return node.items.flatMap((value, index) => blockOf(text, [...path, index], { value }) ?? []);
  return [];
}

/** All entries and items, parents before children. */
export function* allBlocks(text: string, node: Node | null | undefined, path: Path = []): Generator<Block> {
  for (const block of blocksOf(text, node, path)) {
    yield block;
    yield* allBlocks(text, block.value, block.path);
  }
}

/** Whether a YAML node is a block scalar (`|` or `>`). */
export function isBlockText(node: Node | undefined): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}
