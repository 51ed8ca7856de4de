import assert from 'node:assert/strict';
import { merge } from '../../src/app/merge.ts';

async function* count(to: number): AsyncGenerator<number> {
  for (let n = 0; n < to; n += 1) yield n;
}

describe('merge', () => {
  it('yields every value of every source, in the order of each source', async () => {
    const seen = new Map<number, number[]>();
    const source = async function* (item: number) {
      for await (const n of count(2000)) yield { item, n };
    };
    for await (const { item, n } of merge([1, 2, 3, 4, 5], 3, source))
      seen.set(item, [...(seen.get(item) ?? []), n]);
    assert.deepEqual(
      [...seen.values()].map((values) => values.length),
      [2000, 2000, 2000, 2000, 2000],
    );
    for (const values of seen.values())
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
      );
  });

  it('never processes more items at a time than its limit', async () => {
    let running = 0;
    let most = 0;
    const source = async function* (item: number) {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield item;
      running -= 1;
    };
    for await (const _ of merge([...Array(20).keys()], 4, source)) assert.ok(running <= 4);
    assert.equal(most, 4);
  });

  it('rethrows an error of a source instead of hanging', async () => {
    const source = async function* (item: number) {
      yield item;
      throw new Error('bug');
    };
    await assert.rejects(async () => {
      for await (const _ of merge([1], 1, source)) assert.equal(_, 1);
    }, /bug/);
  });

  it('ends at once without items', async () => {
    for await (const _ of merge([], 4, () => count(1))) assert.fail();
  });

  it('starts the next item as soon as one ends, whatever the limit', async () => {
    for (const [limit, items] of [
      [1, 3],
      [3, 3],
      [5, 3],
      [2, 7],
    ] as const) {
      const ends: (() => void)[] = [];
      let running = 0;
      const started: number[] = [];
      const source = async function* (item: number) {
        started.push(item);
        running += 1;
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
        yield item;
      };
      const values = merge([...Array(items).keys()], limit, source);
      for (let done = 0; done < items; done += 1) {
        const next = values.next();
        // The microtasks of the worker that took the next item are over.
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(running, Math.min(limit, items - done), `limit ${limit} after ${done}`);
        assert.equal(started.length, Math.min(items, done + limit));
        ends.shift()?.();
        assert.equal((await next).value, done);
      }
      assert.equal((await values.next()).done, true);
    }
  });

  it('pauses its sources after 512 values that are still unread', async () => {
    let made = 0;
    const source = async function* () {
      for (; made < 5000; made += 1) yield made;
    };
    const values = merge([0], 1, source);
    for (let seen = 0; seen < 5000; seen += 1) {
      assert.equal((await values.next()).value, seen);
      if (seen % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
      assert.ok(made <= seen + 2 * 512, `${made} made, ${seen} read`);
    }
    assert.equal((await values.next()).done, true);
  });

  it('ends its sources if its reader leaves, and starts no other', async () => {
    const ended: number[] = [];
    const source = async function* (item: number) {
      try {
        for (let n = 0; ; n += 1) yield n;
      } finally {
        ended.push(item);
      }
    };
    for await (const _ of merge([1, 2, 3, 4], 2, source)) break;
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(ended.toSorted(), [1, 2]);
  });
});
