import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import type { Mark } from './document/marks.ts';
import { namesAt } from './document/names.ts';

function marksNamed(document: ClusterDocument, offset: number, withDefinitions: boolean): readonly Mark[] {
  const names = namesAt(document, offset)?.names ?? [];
  const marks = names.flatMap(({ definitions, uses }) =>
    withDefinitions ? [...definitions, ...uses] : uses,
  );
  return [...new Set(marks)].sort((a, b) => a.span.start - b.span.start);
}

/** All references to the name at an offset. */
export function referencesAt(
  document: ClusterDocument,
  offset: number,
  withDefinitions: boolean,
): readonly Location[] {
  return marksNamed(document, offset, withDefinitions).map(({ span }) => {
    return { uri: document.uri, range: rangeOf(document, span) };
  });
}

/** Like above, as document highlights. */
export function highlightsAt(document: ClusterDocument, offset: number): readonly DocumentHighlight[] {
  return marksNamed(document, offset, true).map(({ span, isKey }) => {
    const kind = isKey ? DocumentHighlightKind.Write : DocumentHighlightKind.Read;
    return { range: rangeOf(document, span), kind };
  });
}
