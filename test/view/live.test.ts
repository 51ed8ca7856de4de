import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/run/events.ts';
import { isLogAwaited } from '../../src/view/live.ts';
import { sourceAfter } from './world.ts';

describe('The log of a run in progress', () => {
  const source = sourceAfter({ events: [], going: true });
  const ofTwo = { ...source, scope: { nodes: ['a', 'c1'], steps: ['locale', 'upgrade'] } };

  it('is expected for the nodes and steps of the run', () => {
    assert.equal(isLogAwaited(ofTwo, {}), true);
    assert.equal(isLogAwaited(ofTwo, { nodes: ['a'] }), true);
    assert.equal(isLogAwaited(ofTwo, { nodes: ['c2', 'c1'], step: 'locale' }), true);
    assert.equal(isLogAwaited(ofTwo, { step: 'upgrade' }), true);
  });

  it('is not expected for a node or a step outside the run', () => {
    assert.equal(isLogAwaited(ofTwo, { nodes: ['c2'] }), false);
    assert.equal(isLogAwaited(ofTwo, { step: 'panko' }), false);
    assert.equal(isLogAwaited(ofTwo, { nodes: ['a'], step: 'house' }), false);
  });

  it('is not expected from a node that failed', () => {
    const failed: RunEvent = { type: 'node-finished', node: 'a', outcome: 'failed' };
    const source = sourceAfter({ events: [failed], going: true });
    assert.equal(isLogAwaited(source, { nodes: ['a'] }), false);
    assert.equal(isLogAwaited(source, { step: 'locale' }), true);
  });

  it('is not expected when no run is in progress', () => {
    assert.equal(isLogAwaited(sourceAfter({ events: [] }), { nodes: ['a'] }), false);
  });
});
