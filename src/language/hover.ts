import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { Translate } from '../base/l10n.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import { markAt } from './document/marks.ts';
import { explain } from './explain/mark.ts';
import { markdown } from './explain/page.ts';

/** The hover for the word at an offset. */
export function hoverAt(document: ClusterDocument, offset: number, translate: Translate): Hover | null {
  const mark = markAt(document, offset);
  const page = mark ? explain(document, mark) : [];
  if (!mark || page.length === 0) return null;
  const value = markdown(page, translate);
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, mark.whole) };
}
