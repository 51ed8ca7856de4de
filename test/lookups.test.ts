import assert from 'node:assert/strict';
import {
  type BinaryExpression,
  type ElementAccessExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isSpreadElement,
} from 'typescript/unstable/ast';
import { SyntaxKind, type Visit, visitSources } from './support/typed-sources.ts';

/** Whether the key may be any word; a key from a list that the compiler knows is not foreign. */
function indexesByForeignKey({ node, checker }: Visit): boolean {
  const { expression, argumentExpression } = node as ElementAccessExpression;
  const [key, record] = [
    checker.getTypeAtLocation(argumentExpression),
    checker.getTypeAtLocation(expression),
  ];
  if (!key || !record || checker.isArrayLikeType(record)) return false;
  const words = key.isUnionType() ? (key.getTypes() ?? []) : [key];
  const plain = [checker.getStringType(), checker.getAnyType(), checker.getUnknownType()];
  return words.some((word) => plain.some((type) => type.id === word.id));
}

function testsForeignKeyWithIn({ node, text }: Visit): boolean {
  const { left, operatorToken } = node as BinaryExpression;
  return operatorToken.kind === SyntaxKind.InKeyword && !/^'[\w-]+'$/.test(text(left));
}

/** Whether a list of any length becomes the arguments of a call; with too many arguments the stack overflows. */
function spreadsIntoArguments({ node, text }: Visit): boolean {
  return (
    isCallExpression(node) &&
    /^Math\.(?:min|max)$|\.(?:push|unshift|splice)$|^String\.from/.test(text(node.expression)) &&
    node.arguments.some(isSpreadElement)
  );
}

describe('The lookups in src', () => {
  const seen = { keys: 0, ins: 0 };
  const found: string[] = [];
  const long: string[] = [];
  before(() => {
    const kinds = new Set([
      SyntaxKind.ElementAccessExpression,
      SyntaxKind.BinaryExpression,
      SyntaxKind.CallExpression,
    ]);
    visitSources(kinds, (visit) => {
      const { node, place, text } = visit;
      if (spreadsIntoArguments(visit)) long.push(`${place} ${text(node)}`);
      if (isElementAccessExpression(node)) {
        seen.keys += 1;
        if (indexesByForeignKey(visit)) found.push(`${place} ${text(node)}`);
      } else if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword) {
        seen.ins += 1;
        if (testsForeignKeyWithIn(visit)) found.push(`${place} ${text(node)}`);
      }
    });
  });

  it('are found by this check', () => {
    assert.ok(seen.keys > 100, `${seen.keys} lookups by key`);
    assert.ok(seen.ins > 10, `${seen.ins} questions with "in"`);
  });

  it('use base/own.ts wherever the key may be any word: a plain object inherits members', () => {
    assert.deepEqual(
      found.filter((place) => !place.startsWith('base/own.ts:')),
      [],
    );
    assert.equal(found.filter((place) => place.startsWith('base/own.ts:')).length, 1, 'the test sees one');
  });

  it('are free of calls with a list of any length as arguments', () => {
    assert.deepEqual(long, []);
  });
});
