import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/run/events.ts';
import { isLogAwaited } from '../../src/view/live.ts';
import { sourceAfter } from './world.ts';

describe('the log of a run in progress', () => {
  const source = sourceAfter({ events: [], going: true });
  const ofTwo = { ...source, scope: { nodes: ['a', 'c1'], steps: ['locale', 'upgrade'] } };

  it('is awaited for what the run is about', () => {
    assert.equal(isLogAwaited(ofTwo, {}), true);
    assert.equal(isLogAwaited(ofTwo, { nodes: ['a'] }), true);
    assert.equal(isLogAwaited(ofTwo, { nodes: ['c2', 'c1'], step: 'locale' }), true);
    assert.equal(isLogAwaited(ofTwo, { step: 'upgrade' }), true);
  });

  it('is not awaited for a node or a step that the run is not about', () => {
    assert.equal(isLogAwaited(ofTwo, { nodes: ['c2'] }), false);
    assert.equal(isLogAwaited(ofTwo, { step: 'swift' }), false);
    assert.equal(isLogAwaited(ofTwo, { nodes: ['a'], step: 'house' }), false);
  });

  it('is not awaited of a node that the run has given up', () => {
    const failed: RunEvent = { type: 'node-finished', node: 'a', outcome: 'failed' };
    const source = sourceAfter({ events: [failed], going: true });
    assert.equal(isLogAwaited(source, { nodes: ['a'] }), false);
    assert.equal(isLogAwaited(source, { step: 'locale' }), true);
  });

  it('is not awaited while nothing runs', () => {
    assert.equal(isLogAwaited(sourceAfter({ events: [] }), { nodes: ['a'] }), false);
  });
});
