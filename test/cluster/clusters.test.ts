import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { positions } from '../../src/base/position.ts';
import type { Problem, Severity } from '../../src/base/problem.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const people = join(import.meta.dirname, '../cases/clusters');
const order: readonly Severity[] = ['information', 'warning', 'error'];

/** The expectation for one line of a file; for a clean file, that it has neither errors nor warnings. */
interface Expected {
  readonly file: string;
  /** Counted from 1; none for a clean file. */
  readonly line?: number;
  readonly least?: Severity;
  /** Any code when none is given. */
  readonly code?: string;
  /** How many errors and warnings the line can have. */
  readonly most: number;
  /** Whether lines without a row have neither errors nor warnings. */
  readonly isAlone: boolean;
}

function expectedOf(row: string): Expected {
  const [file = '', line = '', least = '', code = '', most = '', elsewhere = ''] = row.split('\t');
  const isAlone = elsewhere === 'nothing';
  if (line === '-') return { file, most: 0, isAlone };
  const severity = order.find((known) => known === least);
  assert.ok(severity, row);
  return {
    ...{ file, line: Number(line), least: severity, most: Number(most), isAlone },
    ...(code === '?' ? {} : { code }),
  };
}

const rows = readFileSync(join(people, 'index.tsv'), 'utf8').trimEnd().split('\n').slice(1).map(expectedOf);

function textOf(file: string): string {
  return readFileSync(join(people, file), 'utf8');
}

/** The problems by line, counted from 1. */
function byLine(text: string): ReadonlyMap<number, readonly Problem[]> {
  const { at } = positions(text);
  const lines = new Map<number, Problem[]>();
  for (const problem of decodeCluster(text).problems) {
    const line = at(problem.span.start).line + 1;
    lines.set(line, [...(lines.get(line) ?? []), problem]);
  }
  return lines;
}

function isWorse({ severity }: Problem): boolean {
  return severity !== 'information';
}

describe('The cluster files of other people', () => {
  for (const { file, line, least, code, most } of rows) {
    if (line === undefined || least === undefined) {
      it(`are accepted without errors and warnings: ${file}`, () => {
        assert.deepEqual(decodeCluster(textOf(file)).problems.filter(isWorse), []);
      });
      continue;
    }
    it(`have the expected problem in ${file}, line ${line}: ${code ?? 'any code'}, at most ${most}`, () => {
      const found = byLine(textOf(file)).get(line) ?? [];
      const fit = found.filter(
        (problem) =>
          order.indexOf(problem.severity) >= order.indexOf(least) &&
          (code === undefined || problem.code === code),
      );
      const codes = JSON.stringify(found.map((problem) => `${problem.severity} ${problem.code}`));
      assert.ok(fit.length > 0, codes);
      assert.ok(found.filter(isWorse).length <= most, codes);
    });
  }

  for (const file of new Set(rows.filter((row) => row.isAlone && row.line).map((row) => row.file))) {
    it(`have neither errors nor warnings on other lines: ${file}`, () => {
      const lines = new Set(rows.filter((row) => row.file === file).map((row) => row.line));
      const others = [...byLine(textOf(file))].flatMap(([line, found]) =>
        lines.has(line) ? [] : found.filter(isWorse).map(({ code }) => `${line} ${code}`),
      );
      assert.deepEqual(others, []);
    });
  }
});
