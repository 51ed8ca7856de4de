import type { Outline } from '../core/cluster/outline.ts';
import { outlineOf } from '../core/cluster/outline.ts';

/** A text with the name and version that its document has. */
export interface VersionedText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** The outline of a document; undefined while its nodes cannot be read. */
export function documentOutline({ uri, version, text }: VersionedText): Outline | undefined {
  const outline = outlineOf(text);
  return outline && { uri, version, ...outline };
}
