import assert from 'node:assert/strict';
import {
  type BinaryExpression,
  type CaseClause,
  type DefaultClause,
  isBinaryExpression,
  isSwitchStatement,
  type SwitchStatement,
} from 'typescript/unstable/ast';
import { type Node, SyntaxKind, type Visit, visitSources } from './support/typed-sources.ts';

/** The members of a closed union of words; undefined if other words are possible, or if there is only one. */
function wordsOf({ checker }: Visit, node: Node): readonly string[] | undefined {
  const type = checker.getTypeAtLocation(node);
  const parts = (type?.isUnionType() && type.getTypes()) || [];
  const words = parts.flatMap((part) => (part.isStringLiteralType() ? [String(part.value)] : []));
  const others = parts.map((part) => checker.typeToString(part)).filter((name) => name !== 'undefined');
  return words.length > 1 && words.length === others.length ? words : undefined;
}

/** Switches that may ignore words: the events of yum and of runs, and a union of Node. */
const mayPassOver = /(?:^|\.)event\.type$|^key\.asymmetricKeyType$/;

/** Whether a switch over a closed union handles words that are added later. */
function isExhaustive({ text }: Visit, { expression, caseBlock }: SwitchStatement): boolean {
  const last: CaseClause | DefaultClause | undefined = caseBlock.clauses.at(-1);
  if (last?.kind !== SyntaxKind.DefaultClause) return false;
  return mayPassOver.test(text(expression)) || text(last).includes('assertNever(');
}

/** Whether a comparison distinguishes one kind of run from the others: it would misread a fourth kind. */
function comparesKind(visit: Visit, { left, operatorToken, right }: BinaryExpression): boolean {
  const { text } = visit;
  if (!/^[!=]==$/.test(text(operatorToken))) return false;
  return [
    [left, right],
    [right, left],
  ].some(([kind, word]) => kind && word && /^'/.test(text(word)) && wordsOf(visit, kind)?.includes('undo'));
}

describe('The closed unions in src', () => {
  const open: string[] = [];
  const compared: string[] = [];
  let switches = 0;
  before(() => {
    visitSources(new Set([SyntaxKind.SwitchStatement, SyntaxKind.BinaryExpression]), (visit) => {
      const { node, place, text } = visit;
      if (isSwitchStatement(node) && wordsOf(visit, node.expression)) {
        switches += 1;
        if (!isExhaustive(visit, node)) open.push(`${place} ${text(node.expression)}`);
      }
      if (isBinaryExpression(node) && comparesKind(visit, node)) compared.push(`${place} ${text(node)}`);
    });
  });

  it('are found by this check', () => {
    assert.ok(switches > 40, `${switches} switches`);
  });

  it('are each closed by assertNever, so that a new word does not compile before every switch handles it', () => {
    assert.deepEqual(open, []);
  });

  it('with check, run and undo are distinguished by base/run-kind.ts, a table or a switch, never by a comparison', () => {
    assert.deepEqual(compared, []);
  });
});
