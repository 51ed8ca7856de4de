import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogReader, type LogFindings } from '../../src/yum/explain/log-reader.ts';

/**
 * Public logs, most of 2023 to 2026, whose verdicts were decided before the parser had read them; names and addresses are
 * replaced. From 101 on they are short excerpts that keep what is found now: outcome and cause were decided before, the words of
 * the main error and the id of the explanation were taken from the parser and read one by one.
 */
const folder = join(import.meta.dirname, '../cases/fresh-logs');

interface Case {
  readonly file: string;
  readonly outcome: string;
  readonly exitCode: number | undefined;
  readonly mainError: string;
  /** The id of the explanation that agrees with the true cause; empty for none. */
  readonly explanation: string;
}

function readCases(): readonly Case[] {
  const [head = '', ...rows] = readFileSync(join(folder, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    const code = cell('exit_code');
    return {
      file: cell('file'),
      outcome: cell('outcome'),
      exitCode: code === '' ? undefined : Number(code),
      mainError: cell('main_error_line'),
      explanation: cell('explanation'),
    };
  });
}

function find({ file, exitCode }: Case): LogFindings {
  const reader = createLogReader();
  reader.push(readFileSync(join(folder, file), 'utf8'));
  return reader.end(exitCode);
}

/** The words of a main error; the index has it with the prefix of its carrier, and shortens long ones. */
function words(line: string): readonly string[] {
  return line.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Whether the found line has the content of the expected one, or the other way round. */
function isSameError(found: string, expected: string): boolean {
  const [all, some] = [words(expected.split('…')[0] ?? ''), words(found)];
  const shared = some.filter((word) => all.includes(word)).length;
  return shared >= 0.7 * Math.min(all.length, some.length);
}

/** Logs whose main error is not the one of the index, and why. */
const otherErrors = new Map([
  ['012', 'the first line is cut inside a word; the heading of the second problem is whole'],
  ['041', 'the index has the errors of two runs'],
  ['069', 'the line after it says what Puppet missed'],
  ['087', 'the index has none; the key is named'],
]);

describe('A public log that the parser was not made with', () => {
  const cases = readCases();

  for (const each of cases) {
    it(`has the right outcome and explanation: ${each.file}`, () => {
      const { summary, explanation } = find(each);
      assert.equal(summary.outcome, each.outcome);
      assert.equal(explanation?.id ?? '', each.explanation);
    });
  }

  it('has the right main error', () => {
    const wrong = cases.filter((each) => {
      if (otherErrors.has(each.file.slice(0, 3))) return false;
      const { outcome, mainError = '' } = find(each).summary;
      if (each.mainError === '')
        return mainError !== '' && outcome !== 'nothing-to-do' && outcome !== 'success';
      return !isSameError(mainError, each.mainError);
    });
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });
});
