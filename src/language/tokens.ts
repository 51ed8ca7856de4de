import type { SemanticTokensLegend } from 'vscode-languageserver';
import { components } from '../data/components.ts';
import { findRelease } from '../data/releases.ts';
import type { ClusterDocument } from './document/document.ts';
import { type Mark, marksOf } from './document/marks.ts';

const types = [
  'class',
  'enumMember',
  'namespace',
  'variable',
  'function',
  'type',
  'property',
  'macro',
] as const;
const modifiers = ['declaration', 'readonly', 'deprecated'] as const;

/** The token types of this server. */
export const tokensLegend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

const typeOf: Readonly<Partial<Record<Mark['means'], (typeof types)[number]>>> = {
  node: 'class',
  role: 'enumMember',
  'role-or-node': 'enumMember',
  network: 'namespace',
  'network-or-address': 'namespace',
  secret: 'variable',
  step: 'function',
  'custom-step': 'function',
  release: 'type',
  component: 'type',
  sshd: 'property',
  sysctl: 'property',
  user: 'class',
  answer: 'property',
  anchor: 'macro',
  alias: 'macro',
};

const retired = new Set(components.filter((each) => each.retired !== undefined).map(({ name }) => name));

function modifiersOf({ means, word, isKey }: Mark): number {
  const isOld =
    means === 'component'
      ? retired.has(word)
      : findRelease(means === 'release' ? word : '')?.status === 'end of life';
  const isDeclared = isKey || means === 'custom-step' || means === 'anchor';
  return (isDeclared ? 1 : 0) | (means === 'secret' ? 2 : 0) | (isOld ? 4 : 0);
}

/** The semantic tokens of a file in LSP's relative encoding: line, column, length, type, modifiers. */
export function tokensOf(document: ClusterDocument): readonly number[] {
  const data: number[] = [];
  let last = { line: 0, column: 0 };
  for (const mark of marksOf(document)) {
    const type = typeOf[mark.means];
    const length = mark.span.end - mark.span.start;
    const at = document.positions.at(mark.span.start);
    const isOneLine = document.positions.at(mark.span.end).line === at.line;
    if (type === undefined || length <= 0 || !isOneLine) continue;
    const line = at.line - last.line;
    if (line < 0 || (line === 0 && data.length > 0 && at.column < last.column)) continue;
    data.push(
      line,
      line === 0 ? at.column - last.column : at.column,
      length,
      types.indexOf(type),
      modifiersOf(mark),
    );
    last = at;
  }
  return data;
}
