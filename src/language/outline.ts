import { msg } from '../base/l10n.ts';
import type { Problem } from '../base/problem.ts';
import { sizeLimit } from '../cluster/decode.ts';
import { type Outline, outlineOf } from '../cluster/outline.ts';
import type { Severities } from '../cluster/suppressions.ts';
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

/** Number of errors in a document; a run is refused while there are any. */
export function errorsOf({ decoded }: Pick<ClusterDocument, 'decoded'>): number {
  return decoded.problems.filter(({ severity }) => severity === 'error').length;
}

/** Maximum size of a cluster file in bytes: a UTF-16 code unit takes at most three. */
export const mostBytes = sizeLimit * 3;

/** The contents of a file that is too large to be read. */
export function tooLarge(bytes: number): ReadText {
  const message = msg(
    'A cluster file has at most {0} characters. This file has {1} bytes.',
    sizeLimit,
    bytes,
  );
  return {
    errors: 1,
    problems: [{ code: 'file-too-large', severity: 'error', span: { start: 0, end: 0 }, message }],
  };
}

/** A text that the language server has not read. */
export interface ReadText {
  readonly outline?: Outline;
  readonly errors: number;
  readonly problems: readonly Problem[];
}

/** Reads a text that the language server has not read: its outline and its problems. */
export function readText({ uri, version, text }: VersionedText, severities?: Severities): ReadText {
  const document = { uri, version, ...readCluster(text, { severities }) };
  const outline = documentOutline(document);
  const { problems } = document.decoded;
  return { ...(outline ? { outline } : {}), errors: errorsOf(document), problems };
}
