import assert from 'node:assert/strict';
import { english, msg } from '../../../src/base/l10n.ts';
import type { RunKind } from '../../../src/base/states.ts';
import { resultText } from '../../../src/client/run/result.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { summaryOf } from '../../../src/view/summary.ts';
import { clusterOf } from '../../support/clusters.ts';
import { clusterText, timed, trouble } from '../../view/world.ts';

function told(kind: RunKind, events: readonly RunEvent[], nodes?: readonly string[]): string {
  const state = timed(events, kind).reduce(reduceRun, emptyRunState);
  const summary = summaryOf({ cluster: clusterOf(clusterText), selection: nodes ? { nodes } : {}, state });
  return english(resultText(kind, 'lab', summary));
}

describe('the notification at the end', () => {
  it('counts what a check found', () => {
    const text = told(
      'check',
      [
        { type: 'step-state', node: 'a', step: 'locale', state: 'done', reasons: [] },
        { type: 'step-state', node: 'a', step: 'upgrade', state: 'needed', reasons: [] },
        { type: 'run-finished', outcome: 'ok' },
      ],
      ['a'],
    );
    assert.equal(text, 'Check of lab finished: 1 done, 1 needed.');
  });

  it('names a node that could not be used, and counts several', () => {
    const failure = { code: 'auth', message: msg('m'), action: msg('a') } as const;
    const lost = (node: string): RunEvent => ({ type: 'node-failed', node, failure });
    const end: RunEvent = { type: 'run-finished', outcome: 'unreachable' };
    assert.equal(told('run', [lost('a'), end], ['a']), 'Run of lab reached no node: a: login refused.');
    assert.equal(
      told('run', [lost('c1'), lost('c2'), end], ['c1', 'c2']),
      'Run of lab reached no node: 2 nodes could not be used (c1: login refused).',
    );
  });

  it('tells what the first failure comes from', () => {
    const failed: RunEvent = {
      ...{ type: 'step-finished', node: 'a', step: 'locale', outcome: 'failed', reasons: [], trouble },
      milliseconds: 1,
    };
    assert.equal(
      told('run', [failed, { type: 'run-finished', outcome: 'failed' }], ['a']),
      'Run of lab finished with failures: 1 failed. a · locale: None of the packages exists in the enabled repositories.',
    );
  });

  it('says that it was cancelled', () => {
    assert.equal(
      told('run', [{ type: 'run-finished', outcome: 'cancelled' }], []),
      'Run of lab was cancelled.',
    );
  });
});
