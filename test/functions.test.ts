import assert from 'node:assert/strict';
import { type Node, SyntaxKind, visitSources } from './support/typed-sources.ts';

/** The limit of docs/architecture.md, in lines; the functions inside a function count for themselves. */
const maxLines = 60;

/** The function that connects all parts of the extension: a list without logic. */
const compositionRoot = /^client\/compose\.ts:/;

const functions: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
]);

describe('The functions of src', () => {
  const lengths: { readonly place: string; readonly own: number }[] = [];
  before(() => {
    visitSources(functions, ({ node, place, text }) => {
      const lines = (of: Node): number => text(of).split('\n').length;
      let own = lines(node);
      const leaveOut = (child: Node): void => {
        if (functions.has(child.kind)) own -= lines(child) - 1;
        else child.forEachChild(leaveOut);
      };
      node.forEachChild(leaveOut);
      lengths.push({ place, own });
    });
  });

  it('are found by this check, long ones among them', () => {
    assert.ok(lengths.length > 2000, `${lengths.length} functions`);
    assert.ok(
      lengths.some(({ own }) => own > maxLines / 2),
      'no function has half the limit',
    );
  });

  it(`have at most ${maxLines} lines, not counting the functions inside them`, () => {
    const longer = lengths.filter(({ place, own }) => own > maxLines && !compositionRoot.test(place));
    assert.deepEqual(
      longer.map(({ place, own }) => `${place}: ${own} lines`),
      [],
    );
  });
});
