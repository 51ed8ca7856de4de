import type { SelectionRange } from 'vscode-languageserver';
import type { Node } from 'yaml';
import type { Span } from '../base/problem.ts';
import { blocksOf, trimmed } from './document/blocks.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import { markAt, type Path } from './document/marks.ts';

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** The spans that contain an offset, from the outermost to the word. */
function chain(document: ClusterDocument, offset: number): readonly Span[] {
  const { text, reading } = document;
  const spans: Span[] = [{ start: 0, end: text.length }];
  let node: Node | null | undefined = reading?.doc.contents;
  let path: Path = [];
  while (node) {
    const block = blocksOf(text, node, path).find(({ span }) => holds(span, offset));
    if (!block) break;
    spans.push(block.span);
    const range: readonly number[] | null | undefined = block.value?.range;
    const value = range && trimmed(text, { start: range[0] ?? 0, end: range[1] ?? 0 });
    if (value && holds(value, offset)) spans.push(value);
    node = value && holds(value, offset) ? block.value : undefined;
    path = block.path;
  }
  const mark = markAt(document, offset);
  return mark ? [...spans, mark.whole, mark.span] : spans;
}

/** The selection ranges at an offset: the word, its value, its entry, and so on up to the file. */
export function selectionAt(document: ClusterDocument, offset: number): SelectionRange {
  let selection: SelectionRange | undefined;
  let last: Span | undefined;
  for (const span of chain(document, offset)) {
    const isInside = !last || (span.start >= last.start && span.end <= last.end);
    const isSame = last && span.start === last.start && span.end === last.end;
    if (!isInside || isSame) continue;
    last = span;
    selection = { range: rangeOf(document, span), ...(selection ? { parent: selection } : {}) };
  }
  return selection ?? { range: rangeOf(document, { start: 0, end: document.text.length }) };
}
