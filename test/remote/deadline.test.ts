import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Deadline } from '../../src/remote/base/deadline.ts';

/** Keeps this process busy, as a calculation does. */
function busy(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe('A deadline', () => {
  it('does not expire while this process is busy and the answer has arrived', async () => {
    const peer = spawn('echo', ['an answer']);
    let expired = 0;
    const deadline = new Deadline({ stepMs: 300, totalMs: 600_000 }, () => {
      expired += 1;
    });
    peer.stdout.once('data', () => deadline.step(600_000));
    busy(2_000);
    await once(peer.stdout, 'close');
    deadline.stop();
    assert.equal(expired, 0);
  });

  it('counts no time in which this process was busy', async () => {
    const expired: number[] = [];
    const deadline = new Deadline({ stepMs: 2_000, totalMs: 600_000 }, (limit) => expired.push(limit));
    busy(2_500);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.deepEqual(expired, []);
    deadline.stop();
  });

  it('expires with the limit that was exceeded', async () => {
    for (const [stepMs, totalMs, limit] of [
      [20, 5_000, 20],
      [5_000, 30, 30],
      [600, 5_000, 600],
    ] as const) {
      let deadline: Deadline | undefined;
      const exceeded = await new Promise((resolve) => {
        deadline = new Deadline({ stepMs, totalMs }, resolve);
      });
      assert.equal(exceeded, limit);
      deadline?.stop();
    }
  });

  it('never expires once it was stopped or paused', async () => {
    const expired: number[] = [];
    const stopped = new Deadline({ stepMs: 1, totalMs: 10 }, (limit) => expired.push(limit));
    stopped.stop();
    const paused = new Deadline({ stepMs: 1, totalMs: 10 }, (limit) => expired.push(limit));
    await paused.pauseWhile(async () => {
      busy(50);
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    });
    paused.stop();
    assert.deepEqual(expired, []);
  });
});
