import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { allBlocks } from './document/blocks.ts';
import type { ClusterDocument } from './document/document.ts';

/** Blocks of two or more consecutive comment lines. */
function commentsOf(text: string): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  let start = -1;
  for (let line = 0; line <= lines.length; line += 1) {
    const isComment = /^\s*#/.test(lines[line] ?? '');
    if (isComment && start < 0) start = line;
    if (isComment || start < 0) continue;
    if (line - start > 1) found.push({ startLine: start, endLine: line - 1, kind: FoldingRangeKind.Comment });
    start = -1;
  }
  return found;
}

/** Folding ranges: sections, entries, items, scripts, and multiline comments. */
export function foldingOf(document: ClusterDocument): readonly FoldingRange[] {
  const { text, positions, reading } = document;
  const last = new Map<number, number>();
  for (const { span } of allBlocks(text, reading?.doc.contents)) {
    const [startLine, endLine] = [positions.at(span.start).line, positions.at(span.end).line];
    // Only one range can start on a line: the largest.
    if (endLine > startLine && endLine > (last.get(startLine) ?? 0)) last.set(startLine, endLine);
  }
  const blocks = [...last].map(([startLine, endLine]) => ({ startLine, endLine }));
  return [...blocks, ...commentsOf(text)];
}
