import assert from 'node:assert/strict';
import { english, plain } from '../../../src/base/l10n.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { asOld } from '../../../src/run/old.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { type PastRun, pastDashboard } from '../../../src/view/dashboard/past.ts';
import type { ListedRun } from '../../../src/view/dashboard/runs.ts';
import { clusterText, sourceAfter, trouble } from '../world.ts';

const failure = {
  code: 'refused',
  message: plain('openstack refuses connections'),
  action: plain('Start sshd'),
} as const;

/** A run of the node a, of one that is no longer in the file, and of an unreachable one, with a step that is gone as well. */
const nodes = ['a', 'gone', 'c1'];
const steps = ['locale', 'old-step'];
const events: readonly RunEvent[] = [
  { type: 'run-started', run: 'r0', kind: 'run', cluster: 'lab', nodes, steps },
  ...nodes.slice(0, 2).flatMap((node): readonly RunEvent[] => [
    { type: 'node-connected', node },
    { type: 'step-started', node, step: 'locale' },
  ]),
  { type: 'step-finished', node: 'a', step: 'locale', outcome: 'changed', reasons: [], milliseconds: 1 },
  {
    type: 'step-finished',
    node: 'gone',
    step: 'locale',
    outcome: 'failed',
    reasons: [],
    milliseconds: 1,
    trouble,
  },
  { type: 'step-finished', node: 'gone', step: 'old-step', outcome: 'skipped', reasons: [], milliseconds: 0 },
  { type: 'node-failed', node: 'c1', failure },
  { type: 'run-finished', outcome: 'failed' },
];
const state = events
  .map((event, index) => ({ ...event, at: 1000 * (index + 1) }))
  .reduce(reduceRun, emptyRunState);
const past: PastRun = {
  ...{ run: 'r0', cluster: 'lab', nodes, steps, state: asOld(state), age: plain('THEN') },
};
const runs: readonly ListedRun[] = [
  { run: 'r1', kind: 'run', started: 5000 },
  { run: 'r0', kind: 'run', started: 1000, outcome: 'failed' },
];

function drawn(going = false) {
  const now = sourceAfter({ text: clusterText, ...(going ? { going, events: [] } : {}) });
  return pastDashboard(now, past, {
    ...{ translate: english, time: String, file: String, now: 9000, runs },
  });
}

describe('The dashboard of an earlier run', () => {
  it('has the nodes and steps of the run, also those that the file no longer has', () => {
    const { rows, steps: columns } = drawn();
    assert.deepEqual(
      rows.map(({ id, cells }) => [id, ...cells.map(({ status }) => status)]),
      [
        ['a', 'changed', 'none'],
        ['gone', 'failed', 'blocked'],
        ['c1', 'unreachable', 'unreachable'],
      ],
    );
    assert.deepEqual(
      columns.map(({ id }) => id),
      steps,
    );
  });

  it('says that it is of an earlier run, and how old it is', () => {
    const { head } = drawn();
    assert.equal(head.isPast, true);
    assert.match(head.text, / · THEN$/);
    assert.equal(head.run, 'Run of 1000');
  });

  it('offers nothing but logs', () => {
    const { head, rows, causes } = drawn();
    assert.deepEqual(head.actions, []);
    const traits = rows.flatMap((row) => [row.traits, ...row.cells.map((cell) => cell.traits)]).flat();
    assert.deepEqual([...new Set(traits)], ['log']);
    assert.deepEqual([...new Set(causes.flatMap(({ actions }) => actions))], ['log']);
  });

  it('marks its run in the list, and the one in progress', () => {
    assert.deepEqual(
      drawn(true).runs.map(({ id, status, isShown }) => [id, status, isShown]),
      [
        ['r1', 'running', undefined],
        ['r0', 'failed', true],
      ],
    );
  });
});
