import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createBatch } from '../../../src/client/output/batch.ts';

describe('A batch of log lines', () => {
  it('passes a burst of lines on in one piece and in order', async () => {
    const handed: (readonly string[])[] = [];
    const batch = createBatch<string>(20, (items) => handed.push(items));
    for (let index = 0; index < 10_000; index += 1) batch.add(`${index}`);
    const atOnce = handed.length;
    await delay(80);
    assert.deepEqual([atOnce, handed.length], [0, 1]);
    assert.equal(handed[0]?.[9999], '9999');
  });

  it('passes waiting lines on when it is flushed, and none of them twice', async () => {
    const handed: (readonly string[])[] = [];
    const batch = createBatch<string>(20, (items) => handed.push(items));
    batch.add('a');
    batch.flush();
    batch.flush();
    await delay(60);
    assert.deepEqual(handed, [['a']]);
  });
});
