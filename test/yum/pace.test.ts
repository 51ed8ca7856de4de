import assert from 'node:assert/strict';
import type { YumEvent } from '../../src/yum/events.ts';
import { type Pace, reducePace, timeLeft } from '../../src/yum/pace.ts';

const step = (done: number, total = 100, name = 'a-1-1.noarch'): YumEvent => {
  return { type: 'step', action: 'Installing', name, done, total };
};

function paceAfter(...seen: readonly (readonly [event: YumEvent, at: number])[]): Pace | undefined {
  return seen.reduce<Pace | undefined>((pace, [event, at]) => reducePace(pace, event, at), undefined);
}

function left(...seen: readonly (readonly [event: YumEvent, at: number])[]): number | undefined {
  const pace = paceAfter(...seen);
  return pace && timeLeft(pace);
}

describe('The pace of a transaction', () => {
  it('is calculated from the elements so far', () => {
    assert.equal(left([step(1), 0], [step(2), 1000], [step(11), 20_000]), 178_000);
  });

  it('is unknown after one element, or within one instant', () => {
    assert.equal(left([step(1), 0], [step(2), 60_000]), undefined);
    assert.equal(left([step(1), 0], [step(40), 500]), undefined);
  });

  it('starts again with the verification, which is much faster', () => {
    const verify: YumEvent = { type: 'phase', phase: 'verify' };
    assert.equal(
      left([step(1), 0], [step(100), 100_000], [verify, 100_000], [step(1), 100_010], [step(51), 105_010]),
      4900,
    );
  });

  it('leaves out the preparation, which dnf counts separately', () => {
    assert.deepEqual(paceAfter([step(1, 1, ''), 0], [step(1), 5000])?.fromAt, 5000);
  });

  it('needs two elements in two seconds, and is known from there on', () => {
    assert.equal(left([step(1), 0], [step(3), 2000]), 97_000);
    assert.equal(left([step(1), 0], [step(3), 1999]), undefined);
    assert.equal(left([step(1), 0], [step(2), 2000]), undefined);
    assert.equal(left([step(7), 10_000], [step(9), 12_000]), 91_000);
  });

  it('is over with the last element, and after the end or an abort of the transaction', () => {
    assert.equal(left([step(1), 0], [step(99), 98_000]), 1000);
    assert.equal(left([step(1), 0], [step(100), 99_000]), undefined);
    for (const event of [{ type: 'complete' }, { type: 'aborted', line: '' }] as const)
      assert.equal(paceAfter([step(1), 0], [event, 1000]), undefined);
  });

  it('starts again if the total changes or the count falls, and continues with an equal count', () => {
    assert.deepEqual(paceAfter([step(5), 1000], [step(6), 2000], [step(6), 3000]), {
      total: 100,
      from: 5,
      fromAt: 1000,
      done: 6,
      at: 3000,
    });
    for (const next of [step(5), step(7, 101)])
      assert.equal(paceAfter([step(5), 1000], [step(6), 2000], [next, 3000])?.fromAt, 3000);
    assert.equal(paceAfter([step(5), 1000], [{ type: 'prompt', text: '' }, 2000])?.at, 1000);
  });

  it('counts the only element of a transaction, and one without a name among several', () => {
    assert.equal(paceAfter([step(1, 1), 5000])?.fromAt, 5000);
    assert.equal(paceAfter([step(1, 2, ''), 5000])?.fromAt, 5000);
  });
});
