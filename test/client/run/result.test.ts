import assert from 'node:assert/strict';
import { english, msg } from '../../../src/base/l10n.ts';
import type { RunKind } from '../../../src/base/states.ts';
import { resultText } from '../../../src/client/run/result.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { summaryOf } from '../../../src/view/summary.ts';
import { clusterOf } from '../../support/clusters.ts';
import { clusterText, timed, trouble } from '../../view/world.ts';

function notification(kind: RunKind, events: readonly RunEvent[], nodes?: readonly string[]): string {
  const state = timed(events, kind).reduce(reduceRun, emptyRunState);
  const summary = summaryOf({ cluster: clusterOf(clusterText), selection: nodes ? { nodes } : {}, state });
  return english(resultText(kind, 'lab', summary));
}

describe('The notification at the end of a run', () => {
  it('counts what a check found', () => {
    const text = notification(
      'check',
      [
        { type: 'step-state', node: 'a', step: 'locale', state: 'done', reasons: [] },
        { type: 'step-state', node: 'a', step: 'upgrade', state: 'needed', reasons: [] },
        { type: 'run-finished', outcome: 'ok' },
      ],
      ['a'],
    );
    assert.equal(text, 'Check of lab finished: 1 done · 1 needed.');
  });

  it('names the nodes that are unreachable, and why', () => {
    const failure = { code: 'auth', message: msg('m'), action: msg('a') } as const;
    const lost = (node: string): RunEvent => ({ type: 'node-failed', node, failure });
    const end: RunEvent = { type: 'run-finished', outcome: 'unreachable' };
    assert.equal(
      notification('run', [lost('a'), end], ['a']),
      'Run of lab failed: a is unreachable: login refused.',
    );
    assert.equal(
      notification('run', [lost('c1'), lost('c2'), end], ['c1', 'c2']),
      'Run of lab failed: 2 of 2 nodes unreachable (c1, c2): login refused.',
    );
  });

  it('shows the cause of the first failure', () => {
    const failed: RunEvent = {
      ...{ type: 'step-finished', node: 'a', step: 'locale', outcome: 'failed', reasons: [], trouble },
      milliseconds: 1,
    };
    assert.equal(
      notification('run', [failed, { type: 'run-finished', outcome: 'failed' }], ['a']),
      'Run of lab finished with failures: 1 failed · 1 not checked. a · locale: None of the packages is in an enabled repository.',
    );
  });

  it('has a text for every kind of run and every outcome', () => {
    const ends = (kind: RunKind) =>
      (['ok', 'failed', 'cancelled', 'unreachable'] as const).map((outcome) =>
        notification(kind, [{ type: 'run-finished', outcome }], []),
      );
    assert.deepEqual(ends('check'), [
      'Check of lab finished.',
      'Check of lab finished with failures.',
      'Check of lab was cancelled.',
      'Check of lab failed.',
    ]);
    assert.deepEqual(ends('run'), [
      'Run of lab finished.',
      'Run of lab finished with failures.',
      'Run of lab was cancelled.',
      'Run of lab failed.',
    ]);
    assert.deepEqual(ends('undo'), [
      'Undo of lab finished.',
      'Undo of lab finished with failures.',
      'Undo of lab was cancelled.',
      'Undo of lab failed.',
    ]);
  });

  it('says "undone" for what an undo changed', () => {
    const done: RunEvent = {
      type: 'step-finished',
      node: 'a',
      step: 'locale',
      outcome: 'changed',
      reasons: [],
      milliseconds: 1,
    };
    const end: RunEvent = { type: 'run-finished', outcome: 'ok' };
    assert.equal(
      notification('run', [done, end], ['a']),
      'Run of lab finished: 1 done (1 changed) · 1 not checked.',
    );
    assert.equal(notification('undo', [done, end], ['a']), 'Undo of lab finished: 1 undone · 1 not checked.');
  });

  it('quotes the detail of a node failure, and the last log line of a step that failed for an unknown reason', () => {
    const failure = {
      code: 'become',
      message: msg('m'),
      action: msg('a'),
      detail: 'x is not in the sudoers file.',
    } as const;
    assert.equal(
      notification(
        'check',
        [
          { type: 'node-failed', node: 'a', failure },
          { type: 'run-finished', outcome: 'failed' },
        ],
        ['a'],
      ),
      'Check of lab finished with failures: a is unreachable: sudo refused: "x is not in the sudoers file.".',
    );
    const failed: RunEvent = {
      ...{ type: 'step-finished', node: 'a', step: 'locale', outcome: 'failed', milliseconds: 1 },
      ...{ reasons: [{ code: 'apply-failed', args: ['1'] }], trouble: { line: 'sed: no such file' } },
    };
    assert.equal(
      notification('run', [failed, { type: 'run-finished', outcome: 'failed' }], ['a']),
      'Run of lab finished with failures: 1 failed · 1 not checked. a · locale: The step failed with exit code 1. The steps after it were not run on this node. Details: "sed: no such file"',
    );
  });

  it('says that the run was cancelled', () => {
    assert.equal(
      notification('run', [{ type: 'run-finished', outcome: 'cancelled' }], []),
      'Run of lab was cancelled.',
    );
  });
});
