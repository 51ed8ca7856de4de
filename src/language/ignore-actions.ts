import { isScalar, visit } from 'yaml';
import { msg } from '../base/l10n.ts';
import type { Fix, Problem } from '../base/problem.ts';
import { ignoreComment } from '../cluster/suppressions.ts';
import type { ClusterDocument } from './document/document.ts';

/** Start of the key of the scalar with several lines around an offset: a comment inside it would be a part of the text. */
function keyAround(
  { reading }: Pick<ClusterDocument, 'reading'>,
  offset: number,
  text: string,
): number | undefined {
  const { contents = null } = reading?.doc ?? {};
  let found: number | undefined;
  if (contents)
    visit(contents, {
      Pair: (_, { key, value }) => {
        const range = isScalar(value) ? value.range : undefined;
        const start = isScalar(key) ? key.range?.[0] : undefined;
        if (!range || start === undefined || offset < range[0] || offset >= range[2]) return undefined;
        if (text.slice(range[0], range[1]).includes('\n')) found = start;
        return undefined;
      },
    });
  return found;
}

/** The fix that accepts a problem by a comment above its line, or above the command that it is in; errors cannot be ignored. */
export function ignoreFix(
  document: Pick<ClusterDocument, 'text' | 'reading'>,
  { code, severity, span }: Problem,
): Fix | undefined {
  if (severity === 'error' || code.startsWith('suppression-')) return undefined;
  const { text } = document;
  const at = keyAround(document, span.start, text) ?? span.start;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? '';
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const comment = `${indent}${ignoreComment(code, 'accepted')}${end}`;
  return { title: msg('Ignore {0} here', code), edits: [{ span: { start, end: start }, text: comment }] };
}
