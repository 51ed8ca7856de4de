import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { divided } from '../../cluster/decode.ts';
import { createParseMemory } from '../../schema/memory.ts';
import { parseText } from '../../schema/parse.ts';

/** The meaning of a YAML node: values, names of anchors and aliases, kinds; without positions and white space. */
function* said(node: Node | null | undefined): Generator<string> {
  if (isAlias(node)) return yield `*${node.source}`;
  if (!node) return yield 'nothing';
  yield 'anchor' in node && typeof node.anchor === 'string' ? `&${node.anchor}` : '';
  yield node.tag ?? '';
  if (isScalar(node)) yield `${typeof node.value} ${String(node.value)}`;
  else if (isSeq(node)) {
    yield `list of ${node.items.length}`;
    for (const item of node.items) yield* said(item as Node | null);
  } else if (isMap(node)) {
    yield `map of ${node.items.length}`;
    for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
      yield* said(key);
      yield* said(value);
    }
  }
}

function wordsOf(text: string): string {
  return text.replaceAll(/[\s,]+/g, '');
}

/** Whether two texts have the same meaning and the same words and comments in the same order. */
export function saysTheSame(before: string, after: string): boolean {
  const [one, other] = [before, after].map((text) => parseText(text, divided, createParseMemory()));
  if (!one || !other || one.syntaxProblems.length > 0 || other.syntaxProblems.length > 0) return false;
  if (wordsOf(before) !== wordsOf(after)) return false;
  const second = said(other.contents);
  for (const word of said(one.contents)) if (second.next().value !== word) return false;
  return second.next().done === true;
}
