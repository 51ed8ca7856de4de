import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { lensesOf } from '../../src/view/lens.ts';
import { runOutline } from '../../src/view/run-outline.ts';
import { treeOf } from '../../src/view/tree.ts';
import { clusterText, sourceAfter } from './world.ts';

const { outline: before, state } = sourceAfter({
  events: [
    { type: 'node-connected', node: 'a' },
    { type: 'step-started', node: 'a', step: 'locale' },
  ],
});
const scope = { nodes: ['a', 'c1', 'c2'], steps: ['locale', 'panko', 'upgrade', 'house'] };
const begun = { outline: before, ...scope };
const outlineOf = (text: string) => sourceAfter({ text }).outline;
const options = { groupBy: 'node', time: String, file: String } as const;

describe('The outline of a run in progress', () => {
  it('is that of the file as long as the file has all of its nodes and steps', () => {
    const now = outlineOf(`${clusterText}# a comment\n`);
    assert.equal(runOutline(now, begun), now);
    assert.equal(runOutline(now, undefined), now);
    assert.equal(runOutline(undefined, undefined), undefined);
  });

  it('keeps a node that was renamed in the file, where it was, and says so', () => {
    const now = outlineOf(clusterText.replace('  a:', '  renamed:'));
    const outline = runOutline(now, begun);
    assert.ok(outline);
    assert.deepEqual(outline.nodes.map(({ id, isGone = false }) => [id, isGone]).slice(0, 2), [
      ['a', true],
      ['renamed', false],
    ]);
    const source = { outline, state, scope, fileChange: 'changed' } as const;
    const [root] = treeOf([source], options);
    const [gone, renamed] = root?.children ?? [];
    assert.equal(gone?.description && english(gone.description), 'no longer in the file · locale…');
    assert.equal(gone?.icon, 'running');
    assert.deepEqual(
      gone?.children.map(({ label }) => label),
      ['locale', 'panko', 'upgrade'],
    );
    assert.equal(renamed?.icon, 'node');
    const lenses = lensesOf(source, { trusted: true });
    const titles = lenses.map(({ title }) => english(title));
    assert.ok(titles.includes('⚠ Changed since this run began') && titles.includes('Show Difference'));
    assert.ok(
      lenses.every(({ target }) => !target.nodes?.includes('a')),
      'a lens for a node without a line',
    );
  });

  it('keeps a step that was removed from the file, without a lens', () => {
    const outline = runOutline(outlineOf(clusterText.replace('  - upgrade\n', '')), begun);
    assert.ok(outline);
    assert.deepEqual(
      outline.steps.map(({ id }) => id),
      before.steps.map(({ id }) => id),
    );
    const lenses = lensesOf({ outline, state, scope }, { trusted: true });
    assert.ok(lenses.every(({ target }) => target.step !== 'upgrade'));
  });

  it('is the one that the run began with if the file is gone', () => {
    assert.equal(runOutline(undefined, begun), before);
    const [root] = treeOf([{ outline: before, state, scope, fileChange: 'deleted' }], options);
    assert.equal(root?.description && english(root.description), 'file deleted · running, 0 of 3 nodes');
  });

  it('is the same object for the same file, since views compare it by identity', () => {
    const now = outlineOf(clusterText.replace('  a:', '  renamed:'));
    assert.equal(runOutline(now, { ...begun }), runOutline(now, { ...begun }));
  });
});
