import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { activityText, isLogAwaited } from '../../src/view/live.ts';
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

describe('The activity of a node in a run', () => {
  const reason = { code: 'wait-session', args: ['10.0.0.1:22', 'root'] };
  const waits = 'waiting for 10.0.0.1:22 to open a session of root (PAM, home directory)';
  const text = (...events: readonly RunEvent[]) => {
    const activity = activityText(sourceAfter({ events, going: true }), 'a');
    return activity && english(activity);
  };

  it('names what is waited for, without a step and with one', () => {
    const waiting: RunEvent = { type: 'node-waiting', node: 'a', reason };
    assert.equal(text({ type: 'node-connecting', node: 'a' }, waiting), waits);
    assert.equal(text({ type: 'step-started', node: 'a', step: 'locale' }, waiting), `locale… · ${waits}`);
    assert.equal(text(waiting, { type: 'node-waiting', node: 'a' }), 'waiting');
  });
});
