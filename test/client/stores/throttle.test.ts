import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createThrottle } from '../../../src/client/stores/throttle.ts';

describe('A throttle', () => {
  it('combines requests that arrive together into one piece of work', async () => {
    let done = 0;
    const pacer = createThrottle(1, () => {
      done += 1;
    });
    for (let index = 0; index < 1000; index += 1) pacer.request();
    assert.equal(done, 0);
    await delay(50);
    assert.equal(done, 1);
    pacer.request();
    await delay(50);
    assert.equal(done, 2);
  });

  it('waits ten times as long as the work took before it works again', async () => {
    const times: { readonly begun: number; readonly ended: number }[] = [];
    const pacer = createThrottle(1, () => {
      const begun = performance.now();
      while (performance.now() < begun + 10);
      times.push({ begun, ended: performance.now() });
    });
    while (times.length < 3) {
      pacer.request();
      await delay(2);
    }
    pacer.dispose();
    const rests = times.slice(1).map(({ begun }, index) => {
      const before = times[index];
      return before ? (begun - before.ended) / (before.ended - before.begun) : 0;
    });
    // A timer may fire a millisecond early.
    for (const rest of rests) assert.ok(rest > 9, `rested ${rest} times as long`);
  });

  it('does nothing after it is disposed', async () => {
    let done = 0;
    const pacer = createThrottle(1, () => {
      done += 1;
    });
    pacer.request();
    pacer.dispose();
    await delay(20);
    assert.equal(done, 0);
  });
});
