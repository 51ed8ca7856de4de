import assert from 'node:assert/strict';
import { Semaphore } from '../../src/remote/semaphore.ts';

const forever = new AbortController().signal;

describe('A semaphore', () => {
  it('admits up to its limit at a time, in the order of arrival', async () => {
    const gate = new Semaphore(2);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (number) => {
        const leave = await gate.acquire(forever);
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
    const gate = new Semaphore(1);
    const leave = await gate.acquire(forever);
    const stop = new AbortController();
    const off = gate.acquire(stop.signal);
    const next = gate.acquire(forever);
    stop.abort();
    (await off)();
    leave();
    (await next)();
    (await gate.acquire(forever))();
  });
});
