import assert from 'node:assert/strict';
import { join } from 'node:path';
import { differences, fixtures, judge, readCases } from './logs.ts';

const cases = [
  ...readCases(join(fixtures, 'index.tsv'), join(fixtures, 'logs')),
  ...readCases(join(fixtures, 'written.tsv'), join(fixtures, 'written')),
];

describe('the summary of a yum or dnf log', () => {
  for (const each of cases) {
    it(`of ${each.file} is what a reader made of it`, () => {
      const found = judge(each);
      assert.equal(found.outcome, each.outcome);
      if (each.counts) assert.deepEqual({ ...found.summary }, each.counts);
      assert.equal((found.mainError ?? '').trim(), each.error);
      assert.equal(found.tool, each.tool);
    });
  }

  it('is the same without the exit code', () => {
    const wrong = cases.filter((each) => differences(each, judge(each, false)).length > 0);
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });
});
