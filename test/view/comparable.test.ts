import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/run/events.ts';
import { canCompare, comparableSteps } from '../../src/view/comparable.ts';
import { sourceAfter } from './world.ts';

/** A step on a node that changes a package, or none. */
function step(node: string, id: string, isChange: boolean): readonly RunEvent[] {
  const on = { node, step: id };
  const change: RunEvent = {
    ...{ type: 'yum', ...on },
    event: { type: 'package', action: 'install', name: 'bash', arch: 'x86_64', version: '1-1' },
  } as RunEvent;
  return [
    { type: 'node-connected', node },
    { type: 'step-started', ...on },
    ...(isChange ? [change] : []),
    { type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 1 },
  ];
}

describe('The comparison of logs', () => {
  it('is offered for a log only if it and that of another node have a package transaction', () => {
    const one = [...step('a', 'upgrade', true), ...step('c1', 'upgrade', false)];
    const alone = sourceAfter({ events: one });
    assert.deepEqual([...comparableSteps(alone)], []);
    assert.equal(canCompare(alone, {}), false);
    assert.equal(canCompare(alone, { node: 'a', step: 'upgrade' }), false);

    const two = sourceAfter({
      events: [...one, ...step('c2', 'upgrade', true), ...step('a', 'house', true)],
    });
    assert.deepEqual([...comparableSteps(two)], ['upgrade']);
    const offered = [
      {},
      { node: 'a' },
      { node: 'a', step: 'upgrade' },
      { node: 'c2' },
      { node: 'c1' },
      { node: 'c1', step: 'upgrade' },
      { node: 'a', step: 'house' },
      { node: 'constructor', step: 'toString' },
    ].map((place) => canCompare(two, place));
    assert.deepEqual(offered, [true, true, true, true, false, false, false, false]);
  });
});
