import assert from 'node:assert/strict';
import type { TimedEvent } from '../../src/run/events.ts';
import { createReducer, emptyRunState, reduceRun } from '../../src/run/state.ts';
import { connected, stepDone, stepStarted, yumProgress } from '../support/dashboard-stories.ts';

const nodes = ['a', 'b', '__proto__', 'constructor'];
const events: readonly TimedEvent[] = [
  { type: 'run-started', run: 'r1', kind: 'run', cluster: 'lab', nodes, steps: ['upgrade'] } as const,
  ...nodes.flatMap((node) => [
    ...connected(node),
    ...stepStarted(node, 'upgrade'),
    yumProgress(node, 'upgrade', 40),
    ...stepDone(node, 'upgrade', 1000),
    { type: 'node-finished', node, outcome: 'ok' } as const,
  ]),
  { type: 'run-finished', outcome: 'ok' } as const,
].map((event, at) => ({ ...event, at }));

describe('A reducer', () => {
  it('has the state that the events give one by one, however often it is read', () => {
    for (const every of [1, 2, 3, 7, events.length]) {
      const reducer = createReducer();
      let expected = emptyRunState;
      events.forEach((event, index) => {
        reducer.add(event);
        expected = reduceRun(expected, event);
        if ((index + 1) % every === 0) assert.deepEqual(reducer.state(), expected, `every ${every}`);
      });
      assert.deepEqual(Object.keys(reducer.state().nodes), nodes);
    }
  });

  it('does not change a state that was read, nor the one that it started from', () => {
    const start = createReducer();
    for (const event of events.slice(0, 8)) start.add(event);
    const first = start.state();
    const reducer = createReducer(first);
    const seen = events.slice(8).map((event) => {
      const before = reducer.state();
      const text = JSON.stringify(before);
      reducer.add(event);
      reducer.add(event);
      return { before, text };
    });
    for (const { before, text } of seen) assert.equal(JSON.stringify(before), text);
    assert.deepEqual(first, events.slice(0, 8).reduce(reduceRun, emptyRunState));
  });
});
