import type { Location } from 'vscode-languageserver';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import { namesAt } from './document/names.ts';

/** The definition of the word at an offset: the entry of a node or network, the nodes of a role, the anchor of an alias. */
export function definitionsAt(document: ClusterDocument, offset: number): readonly Location[] {
  const found = namesAt(document, offset);
  if (!found) return [];
  return found.names.flatMap(({ definitions }) =>
    definitions.map(({ span }) => ({ uri: document.uri, range: rangeOf(document, span) })),
  );
}
