import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cleanLine } from '../../src/yum/clean.ts';
import { type Case, differences, parse, readCases, summaryOf } from './logs.ts';

/** Public logs of other people; personal names are replaced. */
const folder = join(import.meta.dirname, '../cases/public-logs');

/** The share of logs whose summary must match the index. */
const goals = { outcome: 0.99, counts: 0.97, error: 0.97 } as const;

describe('The summary of a public log', () => {
  let cases: readonly Case[] = [];

  before(() => {
    cases = readCases(join(folder, 'INDEX.tsv'), folder);
  });

  for (const [kind, goal] of Object.entries(goals)) {
    it(`has the right ${kind} in at least ${goal * 100} % of the logs`, () => {
      const wrong = cases.filter((each) =>
        differences(each, summaryOf(each)).some((found) => found === kind),
      );
      const share = 1 - wrong.length / cases.length;
      assert.ok(share >= goal, `${share.toFixed(4)}: ${wrong.map(({ file }) => file).join(', ')}`);
    });
  }

  it('has the right outcome in at least 97 % of the logs when the exit code is not known', () => {
    const wrong = cases.filter((each) => differences(each, summaryOf(each, false)).includes('outcome'));
    assert.ok(1 - wrong.length / cases.length >= 0.97, wrong.map(({ file }) => file).join(', '));
  });

  it('accounts for every line of the logs', () => {
    for (const { file, text } of cases) {
      // The lines of this one have a prefix, and some have nothing else.
      if (file.startsWith('079')) continue;
      const lines = text.split('\n').filter((line) => cleanLine(line) !== '').length;
      const rows = parse(text).reduce((sum, event) => sum + event.rows, 0);
      assert.equal(rows, lines, file);
    }
  });
});
