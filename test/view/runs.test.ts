import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { lensesOf } from '../../src/view/lens.ts';
import { type ListedRun, type RunsOptions, runNodeRows, runRow, runStepRows } from '../../src/view/runs.ts';
import { treeOf } from '../../src/view/tree.ts';
import { goingRun } from '../../src/view/unfinished.ts';
import { sourceAfter } from './world.ts';

const run: ListedRun = {
  run: 'r1',
  kind: 'run',
  cluster: 'lab',
  nodes: ['a', 'c1', 'c2'],
  steps: ['locale', 'upgrade'],
  file: '/w/lab.cluster.yaml',
  started: 1000,
  last: 62_000,
  outcome: 'failed',
};
const options: RunsOptions = {
  time: (at) => `at ${at}`,
  stateOf: () => undefined,
  canResume: () => false,
  manyClusters: false,
};
const step = (node: string, id: string) => ({ node, step: id }) as const;
const events: readonly RunEvent[] = [
  { type: 'step-started', ...step('a', 'locale') },
  { type: 'step-finished', ...step('a', 'locale'), outcome: 'changed', reasons: [], milliseconds: 2000 },
  { type: 'step-state', ...step('a', 'locale'), state: 'done', reasons: [] },
  { type: 'step-started', ...step('c1', 'upgrade') },
  { type: 'step-finished', ...step('c1', 'upgrade'), outcome: 'failed', reasons: [], milliseconds: 5000 },
  {
    type: 'node-failed',
    node: 'c2',
    failure: { code: 'refused', message: { plain: 'c2: refused' }, action: { plain: 'Start it.' } },
  },
  { type: 'node-finished', node: 'a', outcome: 'ok' },
];
const { state } = sourceAfter({ events });

describe('A row of the Runs view', () => {
  it('says when a run was, how it ended and what it did', () => {
    const row = runRow(run, options);
    assert.equal(row.label, 'at 1000');
    assert.equal(english(row.description), 'failed · run, locale, upgrade, 3 nodes');
    assert.equal(row.icon, 'failed');
    const named = runRow(
      { ...run, outcome: 'ok', steps: ['a', 'b', 'c'] },
      { ...options, manyClusters: true },
    );
    assert.equal(english(named.description), 'succeeded · lab · run, 3 steps, 3 nodes');
  });

  it('says how far a run of another window is, and that one without a process is not finished', () => {
    const { outcome: _, ...open } = run;
    const going = runRow({ ...open, follower: 'elsewhere' }, { ...options, stateOf: () => state });
    assert.match(english(going.description), /^1 of 3 nodes finished · /);
    assert.equal(going.icon, 'running');
    const left = runRow(open, { ...options, canResume: () => true });
    assert.match(english(left.description), /^not finished · /);
    assert.deepEqual(left.traits, ['log', 'unfinished', 'file']);
  });

  it('shows the nodes of the run, also those that no file has any more, with what it left', () => {
    const rows = runNodeRows({ ...run, nodes: [...run.nodes, '__proto__'] }, state);
    assert.deepEqual(
      rows.map(({ label, description, icon }) => [label, english(description), icon]),
      [
        ['a', '1 done', 'changed'],
        ['c1', '1 failed', 'failed'],
        ['c2', 'connection refused', 'unreachable'],
        ['__proto__', 'not checked', 'node'],
      ],
    );
  });

  it('shows the steps of a node with their durations and whether they have a log', () => {
    const [row, ...others] = runStepRows(run, state, 'c1');
    assert.ok(row && others.length === 0);
    assert.deepEqual([row.label, english(row.description), row.traits], ['upgrade', 'failed · 5 s', ['log']]);
    assert.deepEqual(row.address, { run: 'r1', node: 'c1', step: 'upgrade' });
  });
});

describe('A run that this window does not follow', () => {
  const { outcome: _, ...open } = run;
  const at = { now: 100_000, time: (time: number) => `at ${time}` };

  it('is shown in the sidebar and in a lens, and can be resumed if no process follows it', () => {
    const going = goingRun([open], at);
    assert.ok(going);
    const source = { ...sourceAfter({}), going };
    const [root] = treeOf([source], { groupBy: 'node', time: String, file: String });
    assert.equal(
      root?.description && english(root.description),
      'run of at 1000 is still in progress on its nodes · 3 nodes',
    );
    assert.ok(root?.traits.includes('unfinished'));
    const lenses = lensesOf(source, { trusted: true }).map(({ title, action }) => [english(title), action]);
    assert.deepEqual(lenses.slice(2, 4), [
      ['⟳ run of at 1000 is still in progress on its nodes', 'runs'],
      ['Resume', 'resume'],
    ]);
  });

  it('is only shown if another process follows it', () => {
    const going = goingRun([{ ...open, follower: 'elsewhere' }], at);
    assert.equal(going && english(going.text), 'run of at 1000 is in progress in another window or terminal');
    assert.equal(going?.isOpen, false);
  });

  it('is not shown once it is over, too old, of this window, or a check that ended early', () => {
    assert.equal(goingRun([run, open], at), undefined);
    assert.equal(goingRun([open], { ...at, now: 1e12 }), undefined);
    assert.equal(goingRun([{ ...open, follower: 'here' }], at), undefined);
    assert.equal(goingRun([{ ...open, kind: 'check' }], at), undefined);
    assert.equal(goingRun([], at), undefined);
  });
});
