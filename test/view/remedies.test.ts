import assert from 'node:assert/strict';
import type { FailureCause } from '../../src/run/events.ts';
import { remedyOffers, stepBefore } from '../../src/view/remedies.ts';
import type { FailedStep } from '../../src/view/summary.ts';
import { clusterText, trouble } from './world.ts';

function failed(node: string, step: string, cause: FailureCause = trouble): FailedStep {
  return { node, step, reasons: [], trouble: cause };
}

/** A cause with another id and its own remedies. */
function causedBy(id: string, steps: readonly string[]): FailureCause {
  const { explanation } = trouble;
  assert.ok(explanation);
  const remedies = steps.map((step) => ({ kind: 'run-step', step }) as const);
  return { ...trouble, explanation: { ...explanation, id, remedies } };
}

const file = { steps: ['repositories', 'upgrade'], canAdd: () => true };

describe('The offers for a failure', () => {
  it('are for all nodes that have its cause, and for no other', () => {
    const failures = [
      failed('a', 'upgrade'),
      failed('b', 'upgrade', causedBy('other', ['hosts-file'])),
      failed('c', 'upgrade'),
    ];
    assert.deepEqual(remedyOffers(failures, file), [
      { kind: 'run', step: 'repositories', nodes: ['a', 'c'] },
    ]);
  });

  it('never include the step that failed', () => {
    const failures = [failed('a', 'client', causedBy('x', ['repositories', 'client']))];
    assert.deepEqual(remedyOffers(failures, file), [{ kind: 'run', step: 'repositories', nodes: ['a'] }]);
  });

  it('add a step that is not in the file before the one that failed', () => {
    const failures = [failed('a', 'upgrade'), failed('c', 'upgrade')];
    assert.deepEqual(remedyOffers(failures, { ...file, steps: ['upgrade'] }), [
      { kind: 'add', step: 'repositories', before: 'upgrade' },
    ]);
  });

  it('are a check of the failed step where nothing else helps', () => {
    const self = causedBy('x', ['upgrade']);
    assert.deepEqual(remedyOffers([failed('a', 'upgrade', self), failed('c', 'upgrade', self)], file), [
      { kind: 'check', step: 'upgrade', nodes: ['a', 'c'] },
    ]);
    const none = { steps: [], canAdd: () => false };
    assert.deepEqual(remedyOffers([failed('a', 'upgrade')], none), [
      { kind: 'check', step: 'upgrade', nodes: ['a'] },
    ]);
  });

  it('are absent while no cause is known', () => {
    assert.deepEqual(remedyOffers([failed('a', 'upgrade', { line: 'x' })], file), []);
  });
});

describe('The edit that adds a step', () => {
  const edited = (text: string, before: string): string | undefined => {
    const edit = stepBefore(text, 'repositories', before);
    return edit && text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  };

  it('puts it on a line above the other one, at the same indentation', () => {
    assert.match(edited(clusterText, 'upgrade') ?? '', /\n {2}- panko\n {2}- repositories\n {2}- upgrade\n/);
    assert.match(edited(clusterText, 'house') ?? '', /\n {2}- repositories\n {2}- \{ name: house/);
    assert.match(edited(clusterText, 'locale') ?? '', /steps:\n {2}- repositories\n {2}- locale\n/);
  });

  it('is not made where the file has no list with one step a line', () => {
    const flow = clusterText.replace(/steps:[\s\S]*/, 'steps: [locale, upgrade]\n');
    assert.equal(edited(flow, 'upgrade'), undefined);
    assert.equal(edited(clusterText.replace(/steps:[\s\S]*/, ''), 'upgrade'), undefined);
    assert.equal(edited(clusterText, 'not-there'), undefined);
  });
});
