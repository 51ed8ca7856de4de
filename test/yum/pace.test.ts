import assert from 'node:assert/strict';
import type { YumEvent } from '../../src/yum/events.ts';
import { type Pace, reducePace, timeLeft } from '../../src/yum/pace.ts';

const step = (done: number, total = 100, name = 'a-1-1.noarch'): YumEvent => {
  return { type: 'step', action: 'Installing', name, done, total };
};

function after(...seen: readonly (readonly [event: YumEvent, at: number])[]): Pace | undefined {
  return seen.reduce<Pace | undefined>((pace, [event, at]) => reducePace(pace, event, at), undefined);
}

function left(...seen: readonly (readonly [event: YumEvent, at: number])[]): number | undefined {
  const pace = after(...seen);
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
    assert.deepEqual(after([step(1, 1, ''), 0], [step(1), 5000])?.fromAt, 5000);
  });
});
