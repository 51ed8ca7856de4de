import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { definitionsAt } from '../../src/language/definition.ts';
import { highlightsAt, referencesAt } from '../../src/language/references.ts';
import { rename, renameRange, renamingAt } from '../../src/language/rename.ts';
import { documentOf, edited, marked, seed, textIn } from './marked.ts';

function definitions(text: string): readonly string[] {
  const { document, offset } = marked(text);
  return definitionsAt(document, offset).map(({ range }) => {
    return `${range.start.line + 1} ${textIn(document, range)}`;
  });
}

function references(text: string): readonly number[] {
  const { document, offset } = marked(text);
  return referencesAt(document, offset, true).map(({ range }) => range.start.line + 1);
}

/** The text after a rename, or the reason why it was refused. */
function renamed(text: string, next: string): string {
  const { document, offset } = marked(text);
  const found = renamingAt(document, offset);
  if (!found.ok) return english(found.reason);
  const result = rename(document, found, next);
  return 'reason' in result ? english(result.reason) : edited(document, result.changes?.[document.uri] ?? []);
}

const anchors =
  'cluster: a\nnodes:\n  a: &base { address: 10.0.0.1 }\n  b: { <<: *ba‸se, address: 10.0.0.2 }\n';

describe('Go to definition', () => {
  it('leads from a role to the nodes that have it', () => {
    assert.deepEqual(definitions(seed.replace('on: controller', 'on: contr‸oller')), ['4 controller']);
  });

  it('leads from a node to its key, and to the range that it comes from', () => {
    assert.deepEqual(definitions(seed.replace('on: n1', 'on: n‸1')), ['4 n1']);
    assert.deepEqual(definitions(seed.replace('on: n2', 'on: n2‸')), ['5 n[2:3]']);
  });

  it('leads from a network to its entry, and from an alias to its anchor', () => {
    assert.deepEqual(definitions(seed.replace('bind-address: management', 'bind-address: man‸agement')), [
      '7 management',
    ]);
    assert.deepEqual(definitions(anchors), ['3 base']);
  });

  it('finds nothing for a word that is not a name', () => {
    assert.deepEqual(definitions(seed.replace('lab', 'l‸ab')), []);
    assert.deepEqual(definitions('‸'), []);
  });
});

describe('Find references', () => {
  it('finds every use of a role, a node, a network, a secret and an anchor', () => {
    assert.deepEqual(references(seed.replace('[controller]', '[cont‸roller]')), [4, 10]);
    assert.deepEqual(references(seed.replace('  n1:', '  n‸1:')), [4, 11]);
    assert.deepEqual(references(seed.replace('  management:', '  man‸agement:')), [7, 10]);
    assert.deepEqual(references(seed.replace('queue', 'que‸ue')), [11]);
    assert.deepEqual(references(anchors), [3, 4]);
  });

  it('highlights the same places while the cursor is on a name', () => {
    const { document, offset } = marked(seed.replace('  n1:', '  n‸1:'));
    assert.deepEqual(
      highlightsAt(document, offset).map(({ kind }) => kind),
      [3, 2],
    );
  });
});

describe('Rename', () => {
  it('changes every reference to a name, and nothing else', () => {
    const text = renamed(seed.replace('[controller]', '[cont‸roller]'), 'head');
    assert.equal(text, seed.replaceAll('controller', 'head'));
    assert.equal(renamed(seed.replace('on: n1', 'on: ‸n1'), 'first'), seed.replaceAll('n1', 'first'));
    assert.equal(
      renamed(seed.replace('  management', '  ‸management'), 'internal'),
      seed.replaceAll('management', 'internal'),
    );
    assert.equal(renamed(seed.replace('queue', '‸queue'), 'mq'), seed.replace('queue', 'mq'));
    assert.equal(
      renamed(seed.replace('name: house', 'name: ‸house'), 'ours'),
      seed.replace('name: house-rules', 'name: ours'),
    );
    assert.equal(renamed(anchors, 'common'), anchors.replace('‸', '').replaceAll('base', 'common'));
  });

  it('quotes a name that YAML would read as another type, and keeps existing quotes', () => {
    assert.match(renamed(seed.replace('queue', '‸queue'), '12'), /secret: "12"/);
    assert.match(renamed(seed.replace('queue', '‸queue'), 'yes'), /secret: "yes"/);
    assert.match(renamed(seed.replace('queue', "'que‸ue'"), 'mq'), /secret: 'mq'/);
  });

  it('renames a range whose nodes are not named anywhere else', () => {
    const text = seed.replace('  etcd: { on: n2 }\n', '').replace('"n[2', '"‸n[2');
    assert.match(renamed(text, 'c[2:3]'), /"c\[2:3\]": \{/);
  });

  it('is refused with a reason when it is not possible', () => {
    assert.match(renamed(seed.replace('"n[2', '"‸n[2'), 'c[2:3]'), /n2 is used separately/);
    assert.match(renamed(seed.replace('on: n2', 'on: ‸n2'), 'x'), /is part of the range n\[2:3\]/);
    assert.match(renamed(seed.replace('  n1:', '  ‸n1:'), 'compute'), /The name compute is already used/);
    assert.match(renamed(seed.replace('  n1:', '  ‸n1:'), 'a b'), /is not a valid host name/);
    assert.match(renamed(seed.replace('  n1:', '  ‸n1:'), ' '), /must be on one line/);
    assert.match(renamed(seed.replace('name: house', 'name: ‸house'), 'upgrade'), /is a built-in step/);
    assert.match(renamed(seed.replace('10.0.0.1', '10.‸0.0.1'), 'x'), /Only names can be renamed/);
    const both = seed.replace('  n1: {', '  ‸controller: {');
    assert.match(renamed(both, 'x'), /the name of both a node and a role/);
  });

  it('proposes the word without its quotes', () => {
    const { document, offset } = marked(seed.replace('queue', '"que‸ue"'));
    const found = renamingAt(document, offset);
    assert.ok(found.ok);
    const { range, placeholder } = renameRange(document, found);
    assert.deepEqual([textIn(document, range), placeholder], ['queue', 'queue']);
    assert.equal(documentOf(seed).cluster?.nodes.length, 3);
  });
});
