import assert from 'node:assert/strict';
import { join } from 'node:path';
import { differences, fixtures, readCases, summaryOf } from './logs.ts';

const cases = [
  ...readCases(join(fixtures, 'index.tsv'), join(fixtures, 'logs')),
  ...readCases(join(fixtures, 'written.tsv'), join(fixtures, 'written')),
];

describe('The summary of a yum or dnf log', () => {
  for (const each of cases) {
    it(`is as expected for ${each.file}`, () => {
      const found = summaryOf(each);
      assert.equal(found.outcome, each.outcome);
      if (each.counts) assert.deepEqual({ ...found.summary }, each.counts);
      assert.equal((found.mainError ?? '').trim(), each.error);
      assert.equal(found.tool, each.tool);
    });
  }

  it('is the same without the exit code', () => {
    const wrong = cases.filter((each) => differences(each, summaryOf(each, false)).length > 0);
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });
});
