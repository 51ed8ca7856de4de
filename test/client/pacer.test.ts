import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createPacer } from '../../src/client/pacer.ts';

describe('a pacer', () => {
  it('meets many requests with little work, and the last one always', async () => {
    let done = 0;
    const pacer = createPacer(40, () => {
      done += 1;
    });
    for (let index = 0; index < 30; index += 1) {
      pacer.request();
      await delay(5);
    }
    const during = done;
    await delay(80);
    assert.ok(during >= 2 && during <= 6, `${during} times`);
    assert.ok(done >= during);
    pacer.request();
    await delay(80);
    assert.ok(done > during);
  });

  it('works the less often the longer the work takes', async () => {
    let done = 0;
    const pacer = createPacer(1, () => {
      done += 1;
      const end = performance.now() + 20;
      while (performance.now() < end);
    });
    const end = performance.now() + 300;
    while (performance.now() < end) {
      pacer.request();
      await delay(5);
    }
    pacer.dispose();
    assert.ok(done <= 2, `${done} times in 300 ms`);
  });
});
