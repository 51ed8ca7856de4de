import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { asOld, onTopOf } from '../../src/run/old.ts';
import { reduceRun } from '../../src/run/state.ts';
import { lensesOf } from '../../src/view/lens.ts';
import type { ClusterSource } from '../../src/view/live.ts';
import { ageOf } from '../../src/view/old.ts';
import { treeOf } from '../../src/view/tree.ts';
import { sourceAfter } from './world.ts';

const done = (node: string, step: string) =>
  ({ type: 'step-state', node, step, state: 'done', reasons: [] }) as const;
const ended = { type: 'run-finished', outcome: 'ok' } as const;
const options = { groupBy: 'node', time: (at: number) => `at ${at}`, file: String } as const;

/** The cluster after an earlier run, as a new window shows it. */
function oldSource(): ClusterSource {
  const { state, ...rest } = sourceAfter({ events: [done('a', 'locale'), done('c1', 'locale'), ended] });
  const old = asOld(state);
  const age = ageOf(old, options.time);
  return { ...rest, state: old, ...(age ? { age } : {}) };
}

describe('The states of an earlier run', () => {
  it('are shown with their age in the sidebar and in the lens of the cluster', () => {
    const [root] = treeOf([oldSource()], options);
    assert.ok(root?.description && root.isOld);
    assert.equal(english(root.description), '2 done · 6 not checked · at 4000');
    const lenses = lensesOf(oldSource(), { trusted: true }).map(({ title }) => english(title));
    assert.ok(lenses.includes('2 done · 6 not checked · at 4000'), lenses.join('\n'));
  });

  it('mark their nodes and steps, but not what no run has checked', () => {
    const [root] = treeOf([oldSource()], options);
    assert.deepEqual(
      root?.children.map(({ label, isOld = false }) => [label, isOld]),
      [
        ['a', true],
        ['c1', true],
        ['c2', true],
      ],
    );
    const steps = root?.children[0]?.children ?? [];
    assert.deepEqual(steps.map(({ label, isOld = false }) => [label, isOld]).slice(0, 3), [
      ['locale', true],
      ['panko', false],
      ['upgrade', false],
    ]);
    const [locale, upgrade] =
      treeOf([oldSource()], { ...options, groupBy: 'step' })[0]?.children.filter(
        ({ label }) => label === 'locale' || label === 'upgrade',
      ) ?? [];
    assert.deepEqual([locale?.isOld, upgrade?.isOld], [true, undefined]);
  });

  it('are replaced where a run of this window checks, and only there', () => {
    const { outline, state } = oldSource();
    const begun = {
      type: 'run-started',
      run: 'r2',
      kind: 'check',
      cluster: 'lab',
      nodes: ['a'],
      steps: ['locale'],
    } as const;
    const now = [begun, done('a', 'locale'), ended].reduce(
      (known, event) => reduceRun(known, { ...event, at: 9000 }),
      state,
    );
    assert.equal(ageOf(now, String), undefined);
    const [root] = treeOf([{ outline, state: now }], options);
    assert.deepEqual(
      root?.children.map(({ isOld = false }) => isOld),
      [false, true, true],
    );
    assert.equal(root?.children[0]?.children[0]?.isOld, undefined);
  });

  it('are completed by those of the runs before it', () => {
    const before = sourceAfter({ events: [done('a', 'locale'), done('a', 'upgrade'), ended] }).state;
    const after = sourceAfter({
      events: [{ type: 'step-state', node: 'a', step: 'locale', state: 'drifted', reasons: [] }, ended],
    }).state;
    const steps = onTopOf(after, before).nodes.a?.steps;
    assert.deepEqual([steps?.locale?.state, steps?.upgrade?.state], ['drifted', 'done']);
  });
});
