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
});
