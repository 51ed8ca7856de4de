import { type Outline, outlineOf } from '../cluster/outline.ts';
import { readCluster } from '../rules/decode.ts';
import type { ClusterDocument, VersionedText } from './document/document.ts';

/** The outline of a document; undefined if its nodes cannot be read. */
export function documentOutline(
  document: Pick<ClusterDocument, 'uri' | 'version' | 'decoded' | 'reading'>,
): Outline | undefined {
  const { uri, version } = document;
  const outline = outlineOf(document);
  return outline && { uri, version, ...outline };
}

/** The outline of a text that is not open in an editor. */
export function outlineOfText({ uri, version, text }: VersionedText): Outline | undefined {
  return documentOutline({ uri, version, ...readCluster(text) });
}
