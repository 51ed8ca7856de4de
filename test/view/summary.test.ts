import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState, type RunState, reduceRun } from '../../src/run/state.ts';
import { summaryOf } from '../../src/view/summary.ts';
import { countTexts } from '../../src/view/tally.ts';
import { clusterOf } from '../support/clusters.ts';

const cluster = clusterOf(`cluster: lab
openstack: { release: zed }
nodes:
  a: { address: 10.0.0.1, roles: [controller] }
  b: { address: 10.0.0.2 }
  c: { address: 10.0.0.3 }
steps: [locale, panko, upgrade]
`);
const failure = { code: 'refused', message: msg('refused'), action: msg('start sshd') } as const;
const missing = [{ code: 'locale-missing', args: ['ko_KR.UTF-8'] }];

function summaryAfter(kind: RunKind, events: readonly RunEvent[]) {
  const begin: RunEvent = {
    type: 'run-started',
    run: 'r',
    kind,
    cluster: 'lab',
    nodes: ['a', 'b', 'c'],
    steps: [],
  };
  const state = [begin, ...events].reduce<RunState>(
    (before, event, index) => reduceRun(before, { ...event, at: index * 1000 }),
    emptyRunState,
  );
  return summaryOf({ cluster, selection: {}, state });
}

describe('The summary', () => {
  it('groups nodes whose step is open for the same reasons', () => {
    const needed = { type: 'step-state', step: 'locale', state: 'needed', reasons: missing } as const;
    const { open, failed } = summaryAfter('check', [
      { ...needed, node: 'a' },
      { ...needed, node: 'b' },
      { ...needed, node: 'c', state: 'drifted' },
      { ...needed, node: 'a', step: 'upgrade', state: 'done', reasons: [] },
    ]);
    assert.deepEqual(
      open.map(({ step, state, nodes, reasons }) => [step, state, nodes, reasons.map(english)]),
      [
        ['locale', 'needed', ['a', 'b'], ['The locale ko_KR.UTF-8 is not installed.']],
        ['locale', 'drifted', ['c'], ['The locale ko_KR.UTF-8 is not installed.']],
      ],
    );
    assert.deepEqual(failed, []);
  });

  it('shows failed steps with their log, lost nodes, notices, counts and the duration', () => {
    const on = { node: 'a', step: 'upgrade' };
    const summary = summaryAfter('run', [
      {
        type: 'step-finished',
        node: 'a',
        step: 'locale',
        outcome: 'unchanged',
        reasons: [],
        milliseconds: 1,
      },
      { type: 'step-started', ...on },
      { type: 'notice', ...on, reason: { code: 'reboot-needed', args: ['5.14-2', '5.14-1'] } },
      {
        type: 'step-finished',
        ...on,
        outcome: 'failed',
        reasons: [{ code: 'apply-failed', args: ['1'] }],
        milliseconds: 1,
      },
      { type: 'node-failed', node: 'b', failure },
      { type: 'node-failed', node: 'c', failure: { ...failure, code: 'cancelled' } },
      { type: 'run-finished', outcome: 'failed' },
    ]);
    assert.equal(summary.outcome, 'failed');
    assert.equal(summary.nodes, 3);
    assert.equal(summary.milliseconds, 7000);
    assert.deepEqual(
      summary.failed.map(({ node, step, reasons, run }) => [node, step, run, reasons.map(english)]),
      [
        [
          'a',
          'upgrade',
          'r',
          ['The step failed with exit code 1. The steps after it were not run on this node.'],
        ],
      ],
    );
    assert.deepEqual(summary.lost, [{ node: 'b', failure }], 'a cancelled node is not a lost one');
    assert.deepEqual(
      summary.notices.map(({ step, nodes, text }) => [step, nodes, english(text)]),
      [['upgrade', ['a'], 'Reboot to use 5.14-2. The running kernel is 5.14-1.']],
    );
    assert.deepEqual(summary.unavailable, ['panko']);
    assert.deepEqual(countTexts(summary).map(english), ['1 failed', '1 done', '2 not checked']);
  });
});
