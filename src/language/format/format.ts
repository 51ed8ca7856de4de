import type { TextEdit as LspEdit, Range } from 'vscode-languageserver';
import type { TextEdit } from '../../base/problem.ts';
import { type ClusterDocument, rangeOf } from '../document/document.ts';
import { layoutOf } from './layout.ts';
import { lineEdits } from './lines.ts';
import { saysTheSame } from './same.ts';

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: wanted } of edits) {
    result += text.slice(at, span.start) + wanted;
    at = span.end;
  }
  return result + text.slice(at);
}

/**
 * White space edits that format a file: two columns per level, one space after colons and dashes and inside
 * braces, no trailing blanks, at most one empty line. Empty if the edits could change the meaning of the text.
 */
export function formattingOf(document: ClusterDocument, within?: Range): readonly LspEdit[] {
  const { text, positions, reading } = document;
  if (!reading || reading.doc.syntaxProblems.length > 0 || /\r(?!\n)/.test(text)) return [];
  const lineOf = (offset: number): number => positions.at(offset).line;
  const layout = layoutOf(reading.doc.contents, { text, lineOf });
  const edits = [...layout.edits, ...lineEdits(text, layout)]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .filter(({ span }) => !within || isInside(within, lineOf(span.start)));
  // Of two edits of one place, a client would apply one: such as for an empty key.
  if (edits.some(({ span }, at) => span.start < (edits[at - 1]?.span.end ?? 0))) return [];
  if (!saysTheSame(text, applied(text, edits))) return [];
  return edits.map(({ span, text: newText }) => ({ range: rangeOf(document, span), newText }));
}

function isInside({ start, end }: Range, line: number): boolean {
  return line >= start.line && (line < end.line || (line === end.line && end.character > 0));
}
