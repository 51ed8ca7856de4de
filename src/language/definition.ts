import type { Location } from 'vscode-languageserver';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import { namesAt } from './document/names.ts';

/** Where the word at an offset gets its meaning: the entry of a node or network, the nodes of a role, the anchor of an alias. */
export function definitionsAt(document: ClusterDocument, offset: number): readonly Location[] {
  const found = namesAt(document, offset);
  if (!found) return [];
  return found.names.flatMap(({ definitions }) =>
    definitions.map(({ span }) => ({ uri: document.uri, range: rangeOf(document, span) })),
  );
}
