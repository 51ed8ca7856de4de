import assert from 'node:assert/strict';
import { Gate } from '../../src/remote/semaphore.ts';

const forever = new AbortController().signal;

describe('A semaphore', () => {
  it('admits up to its limit at a time, in the order of arrival', async () => {
    const gate = new Gate(2);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (number) => {
        const leave = await gate.enter(forever);
        order.push(number);
        inside++;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        leave();
        leave();
      }),
    );
    assert.deepEqual([order, most], [[1, 2, 3, 4, 5], 2]);
  });

  it('does not lose a slot when a waiter is cancelled', async () => {
    const gate = new Gate(1);
    const leave = await gate.enter(forever);
    const stop = new AbortController();
    const off = gate.enter(stop.signal);
    const next = gate.enter(forever);
    stop.abort();
    (await off)();
    leave();
    (await next)();
    (await gate.enter(forever))();
  });
});
