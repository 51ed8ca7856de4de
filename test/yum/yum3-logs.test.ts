import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogReader, type LogFindings } from '../../src/yum/explain/log-reader.ts';

/** Outputs of the real yum 3.4.3 on nodes of the lab, with their verdicts. */
const folder = join(import.meta.dirname, '../cases/yum3');

/** The expected explanations, by the number of the log; the others have none. */
const expected: Readonly<Record<string, string>> = {
  '005': 'answered-no',
  '015': 'interrupted',
  '017': 'interrupted',
  '019': 'timed-out',
  '021': 'not-metadata',
  '025': 'key-wrong',
  '027': 'key-declined',
  '029': 'repository-file-broken',
  '031': 'groups-empty',
  '033': 'repositories-mixed',
  '035': 'requires-missing',
  '037': 'not-signed',
  '039': 'package-unavailable',
  '041': 'download-directory-full',
  '043': 'cut-off-transaction',
  '045': 'disk-too-small',
  '047': 'not-signed',
  '049': 'requires-missing',
  '051': 'no-connection',
  '053': 'command-unknown',
  '055': 'key-not-fetched',
  '057': 'protected',
};

/** The expected notes, by the number of the log. */
const notes: Readonly<Record<string, readonly string[]>> = {
  '007': ['scriptlet-failed'],
  '011': ['unfinished-transactions'],
};

interface Case {
  readonly file: string;
  readonly outcome: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly error: string;
  readonly exitCode: number;
}

/** `install 1 (+5 dep) upgrade 1 dep`. */
function countsOf(text: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [, action = '', count, more = 0] of text.matchAll(/([a-z]+) (\d+)(?: \(\+(\d+) dep\))?/g))
    counts[action] = Number(count) + Number(more);
  return counts;
}

const cases = readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((row): Case => {
    const [file = '', , outcome = '', counts = '', error = '', , , exitCode] = row.split('\t');
    return {
      file,
      outcome: outcome.split(' ')[0] ?? '',
      counts: countsOf(counts),
      error,
      exitCode: Number(exitCode),
    };
  });

function find({ file }: Case, exitCode?: number): LogFindings {
  const reader = createLogReader();
  reader.push(readFileSync(join(folder, file), 'utf8'));
  return reader.end(exitCode);
}

/** An index may shorten the name of a file: `repodata/...-primary`. */
function hasText(line: string, expectedText: string): boolean {
  return expectedText.split('...').every((part) => line.includes(part));
}

describe('An output of the real yum 3', () => {
  for (const each of cases) {
    const number = each.file.slice(0, 3);

    it(`is read and explained as expected with and without its exit code: ${each.file}`, () => {
      for (const found of [find(each, each.exitCode), find(each)]) {
        assert.equal(found.summary.outcome, each.outcome);
        assert.deepEqual({ ...found.summary.summary }, each.counts);
        const line = found.summary.mainError ?? '';
        if (each.error === '') assert.equal(line, '');
        else assert.ok(hasText(line, each.error), line);
        assert.equal(found.explanation?.id, expected[number]);
        assert.deepEqual(
          found.notes.map(({ id }) => id),
          notes[number] ?? [],
        );
      }
    });
  }
});
