import assert from 'node:assert/strict';
import { english, msg } from '../../src/base/l10n.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState, type RunState, reduceRun } from '../../src/run/state.ts';
import { cellText } from '../../src/view/cell.ts';
import { type Matrix, matrixOf } from '../../src/view/matrix.ts';
import { clusterOf } from '../support/clusters.ts';

const cluster = clusterOf(`cluster: lab
openstack: { release: zed }
nodes:
  a: { address: 10.0.0.1, roles: [controller, compute] }
  b: { address: 10.0.0.2, roles: [controller] }
  c: { address: 10.0.0.3, roles: [controller] }
steps:
  - locale
  - panko
  - upgrade
  - { name: house, on: compute, run: "true" }
`);
const failure = { code: 'refused', message: msg('refused'), action: msg('start sshd') } as const;

function stateAfter(kind: RunKind, events: readonly RunEvent[]): RunState {
  const begin: RunEvent = {
    type: 'run-started',
    run: 'r',
    kind,
    cluster: 'lab',
    nodes: ['a', 'b', 'c'],
    steps: [],
  };
  return [begin, ...events].reduce((state, event) => reduceRun(state, { ...event, at: 0 }), emptyRunState);
}

const words = (matrix: Matrix): readonly (readonly string[])[] =>
  matrix.rows.map(({ cells }) => cells.map((cell) => (cell ? english(cellText(cell)) : '')));

describe('The matrix', () => {
  it('has a row for each node and a column for each step, in the order of the file', () => {
    const matrix = matrixOf({ cluster, selection: {}, state: emptyRunState });
    assert.deepEqual(matrix.steps, ['locale', 'panko', 'upgrade', 'house']);
    assert.deepEqual(
      matrix.rows.map(({ node }) => node),
      ['a', 'b', 'c'],
    );
    const missing = 'no packages for the release';
    assert.deepEqual(words(matrix), [
      ['not checked', missing, 'not checked', 'not checked'],
      ['not checked', missing, 'not checked', ''],
      ['not checked', missing, 'not checked', ''],
    ]);
  });

  it('leaves out nodes and steps outside the selection', () => {
    const matrix = matrixOf({
      cluster,
      selection: { nodes: ['c', 'b'], steps: ['house', 'locale'] },
      state: emptyRunState,
    });
    assert.deepEqual(matrix.steps, ['locale']);
    assert.deepEqual(
      matrix.rows.map((row) => row.node),
      ['b', 'c'],
    );
  });

  it('shows the states after a check and the outcomes after a run', () => {
    const found: RunEvent = { type: 'step-state', node: 'a', step: 'locale', state: 'needed', reasons: [] };
    const check = matrixOf({
      cluster,
      selection: { steps: ['locale'] },
      state: stateAfter('check', [found]),
    });
    assert.deepEqual(words(check)[0], ['needed']);
    const done: RunEvent[] = [
      { ...found, state: 'done' },
      { type: 'step-finished', node: 'a', step: 'locale', outcome: 'changed', reasons: [], milliseconds: 1 },
      { type: 'step-finished', node: 'a', step: 'upgrade', outcome: 'failed', reasons: [], milliseconds: 1 },
      { type: 'step-finished', node: 'a', step: 'house', outcome: 'skipped', reasons: [], milliseconds: 0 },
    ];
    const run = matrixOf({ cluster, selection: {}, state: stateAfter('run', [found, ...done]) });
    assert.deepEqual(words(run)[0], [
      'changed',
      'no packages for the release',
      'failed',
      'blocked by upgrade',
    ]);
  });

  it('shows running steps and unreachable nodes', () => {
    const state = stateAfter('run', [
      { type: 'step-started', node: 'a', step: 'locale' },
      { type: 'node-failed', node: 'b', failure },
    ]);
    const matrix = matrixOf({ cluster, selection: { steps: ['locale'] }, state });
    assert.deepEqual(words(matrix), [['running'], ['connection refused'], ['not checked']]);
  });
});
