import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cleanLine } from '../../src/yum/clean.ts';
import { type Case, differences, judge, parse, readCases } from './logs.ts';

/** Public logs of other people; names of people are replaced. */
const folder = join(import.meta.dirname, '../cases/public-logs');

/** The share of logs that must be judged as a reader judged them. */
const goals = { outcome: 0.99, counts: 0.97, error: 0.97 } as const;

describe('the summary of the public logs', () => {
  let cases: readonly Case[] = [];

  before(() => {
    cases = readCases(join(folder, 'INDEX.tsv'), folder);
  });

  for (const [kind, goal] of Object.entries(goals)) {
    it(`has the right ${kind} in at least ${goal * 100} % of them`, () => {
      const wrong = cases.filter((each) => differences(each, judge(each)).some((found) => found === kind));
      const share = 1 - wrong.length / cases.length;
      assert.ok(share >= goal, `${share.toFixed(4)}: ${wrong.map(({ file }) => file).join(', ')}`);
    });
  }

  it('has the right outcome in at least 97 % of them when the exit code is not known', () => {
    const wrong = cases.filter((each) => differences(each, judge(each, false)).includes('outcome'));
    assert.ok(1 - wrong.length / cases.length >= 0.97, wrong.map(({ file }) => file).join(', '));
  });

  it('accounts for every line of them', () => {
    for (const { file, text } of cases) {
      // The lines of this one have a prefix, and some nothing else.
      if (file.startsWith('079')) continue;
      const lines = text.split('\n').filter((line) => cleanLine(line) !== '').length;
      const rows = parse(text).reduce((sum, event) => sum + event.rows, 0);
      assert.equal(rows, lines, file);
    }
  });
});
