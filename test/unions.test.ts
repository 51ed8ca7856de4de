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

/** The words of a closed union; undefined where other words may come, or there is one word only. */
function wordsOf({ checker }: Visit, node: Node): readonly string[] | undefined {
  const type = checker.getTypeAtLocation(node);
  const parts = (type?.isUnionType() && type.getTypes()) || [];
  const words = parts.flatMap((part) => (part.isStringLiteralType() ? [String(part.value)] : []));
  const others = parts.map((part) => checker.typeToString(part)).filter((name) => name !== 'undefined');
  return words.length > 1 && words.length === others.length ? words : undefined;
}

/** The events of yum and of runs, of which a reader may pass over some, and a union of Node's own. */
const mayPassOver = /(?:^|\.)event\.type$|^key\.asymmetricKeyType$/;

/** What a switch over a closed union does with a word that nobody has thought of. */
function isAnswered({ text }: Visit, { expression, caseBlock }: SwitchStatement): boolean {
  const last: CaseClause | DefaultClause | undefined = caseBlock.clauses.at(-1);
  if (last?.kind !== SyntaxKind.DefaultClause) return false;
  return mayPassOver.test(text(expression)) || text(last).includes('assertNever(');
}

/** Whether one kind of run is told from the others in place of a switch: a fourth one would be taken for one of them. */
function tellsKind(visit: Visit, { left, operatorToken, right }: BinaryExpression): boolean {
  const { text } = visit;
  if (!/^[!=]==$/.test(text(operatorToken))) return false;
  return [
    [left, right],
    [right, left],
  ].some(([kind, word]) => kind && word && /^'/.test(text(word)) && wordsOf(visit, kind)?.includes('undo'));
}

describe('the closed unions in src', () => {
  const open: string[] = [];
  const told: string[] = [];
  let switches = 0;
  before(() => {
    visitSources(new Set([SyntaxKind.SwitchStatement, SyntaxKind.BinaryExpression]), (visit) => {
      const { node, place, text } = visit;
      if (isSwitchStatement(node) && wordsOf(visit, node.expression)) {
        switches += 1;
        if (!isAnswered(visit, node)) open.push(`${place} ${text(node.expression)}`);
      }
      if (isBinaryExpression(node) && tellsKind(visit, node)) told.push(`${place} ${text(node)}`);
    });
  });

  it('are seen', () => {
    assert.ok(switches > 40, `${switches} switches`);
  });

  it('are each closed by assertNever, so that another word does not compile before every switch answers for it', () => {
    assert.deepEqual(open, []);
  });

  it('check, run and undo are asked for by base/run-kind.ts, a table or a switch, and never told by a comparison', () => {
    assert.deepEqual(told, []);
  });
});
