import assert from 'node:assert/strict';
import { english, msg } from '../../../src/base/l10n.ts';
import type { RunKind } from '../../../src/base/states.ts';
import { liveRows } from '../../../src/cli/report/rows.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { clusterOf } from '../../support/clusters.ts';

const cluster = clusterOf('cluster: x\nnodes: { a: { address: 10.0.0.1 } }\nsteps: [locale, upgrade]\n');

function rowOf(kind: RunKind, ...events: readonly RunEvent[]): string {
  const begin: RunEvent = { type: 'run-started', run: 'r', kind, cluster: 'x', nodes: ['a'], steps: [] };
  const state = [begin, ...events].reduce(
    (before, event, at) => reduceRun(before, { ...event, at }),
    emptyRunState,
  );
  const [row] = liveRows({ cluster, selection: {}, state });
  return (row?.words ?? []).map(english).join(', ');
}

const finished = (step: string, outcome: 'changed' | 'unchanged' | 'failed'): RunEvent => ({
  ...{ type: 'step-finished', node: 'a', step, outcome, milliseconds: 1 },
  reasons: outcome === 'failed' ? [{ code: 'apply-failed', args: ['7'] }] : [],
});
const ended = (outcome: 'ok' | 'failed'): RunEvent => ({ type: 'node-finished', node: 'a', outcome });

describe('The line of a finished node at the bottom of a terminal', () => {
  it('shows what a check found', () => {
    const state = { type: 'step-state', node: 'a', reasons: [] } as const;
    assert.equal(
      rowOf(
        'check',
        { ...state, step: 'locale', state: 'needed' },
        { ...state, step: 'upgrade', state: 'done' },
        ended('ok'),
      ),
      '1 done, 1 needed',
    );
  });

  it('shows what a run changed, and which step failed and why', () => {
    assert.equal(
      rowOf('run', finished('locale', 'changed'), finished('upgrade', 'failed'), ended('failed')),
      '1 failed, 1 done (1 changed), upgrade: The step failed with exit code 7. The steps after it were not run on this node.',
    );
  });

  it('shows what is waited for, until it is not', () => {
    const connecting: RunEvent = { type: 'node-connecting', node: 'a' };
    const waiting: RunEvent = { type: 'node-waiting', node: 'a', reason: { code: 'wait-sudo', args: [] } };
    assert.equal(rowOf('run', connecting, waiting), 'waiting for sudo');
    assert.equal(rowOf('run', connecting, waiting, { type: 'node-waiting', node: 'a' }), 'connecting');
    assert.equal(
      rowOf('run', connecting, waiting, { type: 'node-connected', node: 'a' }),
      'waiting for sudo',
    );
  });

  it('shows what was undone', () => {
    assert.equal(
      rowOf('undo', finished('upgrade', 'changed'), finished('locale', 'unchanged'), ended('ok')),
      '1 undone, 1 with nothing to undo',
    );
  });

  it('shows why the login failed', () => {
    const failure = { code: 'auth', message: msg('m'), action: msg('a'), detail: 'No.' } as const;
    for (const kind of ['check', 'run', 'undo'] as const)
      assert.equal(
        rowOf(kind, { type: 'node-failed', node: 'a', failure }, ended('failed')),
        'login refused: "No."',
      );
  });
});
