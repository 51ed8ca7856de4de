import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { translator } from '../../src/base/l10n.ts';
import { positions } from '../../src/base/position.ts';
import { joinFixes, type Problem, type TextEdit } from '../../src/base/problem.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const folder = join(import.meta.dirname, '../cases/clusters');

interface Case {
  readonly title: string;
  readonly text: string;
}

const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

function partsOf(name: string): readonly Case[] {
  const parts = readFileSync(join(folder, name), 'utf8')
    .split(/^=== (.*)\n/m)
    .slice(1);
  return parts.flatMap((title, index) => (index % 2 === 0 ? [{ title, text: parts[index + 1] ?? '' }] : []));
}

/** What beginners do, one case each. */
const beginners = partsOf('beginners.txt');
/** The same with all errors and warnings of the text after a bar: `3e 4w`, or `clean`. */
const expected = partsOf('expected.txt');
const cases: readonly Case[] = [
  ...files.map((title) => ({ title, text: readFileSync(join(folder, title), 'utf8') })),
  ...beginners,
  ...expected,
];

/** Problems that keep the rules from reading a part of the file, or from knowing what it is, so that others can appear without them. */
function isStructural({ code }: Problem): boolean {
  return /^(?:yaml-|key-|value-|text-|alias-|merge-|node-|release-unknown|release-missing|file-|secret-plain|network-typo)/.test(
    code,
  );
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: put } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    assert.ok(span.start >= at, 'edits do not overlap');
    result += text.slice(at, span.start) + put;
    at = span.end;
  }
  return result + text.slice(at);
}

/** The number of problems by code, without advice. */
function counts(problems: readonly Problem[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { code, severity } of problems)
    if (severity !== 'information') found.set(code, (found.get(code) ?? 0) + 1);
  return found;
}

/** Asserts that a fix has no problem on the lines that it wrote, and that no problem is new unless the file hid it. */
function assertNoNew(problems: readonly Problem[], fixed: string, isHidden: boolean): void {
  const before = counts(problems);
  const after = decodeCluster(fixed).problems;
  for (const [code, times] of counts(after)) {
    const isNew = times > (before.get(code) ?? 0);
    const isError = after.some((problem) => problem.code === code && problem.severity === 'error');
    if (!isHidden || !isError) assert.ok(!isNew || isHidden, `${code} is new:\n${fixed}`);
  }
}

function comments(text: string): number {
  return text.split(/\r?\n/).filter((line) => /^\s*#/.test(line)).length;
}

/** Asserts that a fix keeps comments, line ends, and every line that it does not touch. */
function assertFormat(text: string, edits: readonly TextEdit[], fixed: string): void {
  const { at } = positions(text);
  const touched = new Set(
    edits.flatMap(({ span }) => {
      const [first, last] = [at(span.start).line, at(span.end).line];
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    }),
  );
  const lines = text.split('\n');
  const kept = lines.filter((_, index) => !touched.has(index));
  const left = fixed.split('\n');
  let place = 0;
  for (const line of kept) {
    const found = left.indexOf(line, place);
    assert.ok(found !== -1, `the line ${JSON.stringify(line)} is gone:\n${fixed}`);
    place = found + 1;
  }
  if (
    !edits.some(({ span, text: put }) => put.includes('#') || text.slice(span.start, span.end).includes('#'))
  )
    assert.equal(comments(fixed), comments(text));
  if (text.includes('\r\n'))
    assert.ok(!/[^\r]\n/.test(fixed), `a line ends with a line feed alone:\n${fixed}`);
}

for (const { title, text } of cases) {
  const { problems } = decodeCluster(text);
  const fixable = problems.filter(({ fix }) => fix);
  if (fixable.length === 0) continue;
  describe(`The quick fixes of ${title}`, () => {
    fixable.forEach((problem, index) => {
      const { code, span, fix } = problem;
      it(`fix ${code} (${index + 1}), leave no other problem and keep the format`, () => {
        const edits = fix?.edits ?? [];
        const fixed = applied(text, edits);
        const left = decodeCluster(fixed).problems;
        const same = (list: readonly Problem[]): number => list.filter((each) => each.code === code).length;
        const isOther =
          isStructural(problem) && !left.some((each) => each.code === code && each.span.start === span.start);
        assert.ok(same(left) < same(problems) || isOther, `${code} is still there:\n${fixed}`);
        assertNoNew(problems, fixed, isStructural(problem));
        assertFormat(text, edits, fixed);
      });
      it(`fix ${code} (${index + 1}) in a file with the line ends of Windows`, () => {
        const windows = text.replaceAll(/\r?\n/g, '\r\n');
        const found = decodeCluster(windows).problems;
        const same = found.filter((each) => each.fix && each.code === code);
        assert.ok(same.length > 0, `${code} is not reported`);
        for (const each of same)
          assertFormat(windows, each.fix?.edits ?? [], applied(windows, each.fix?.edits ?? []));
      });
    });

    it('leave fewer errors and warnings when all are applied, again and again', () => {
      let last = text;
      let open = problems;
      for (let round = 0; round < 5; round += 1) {
        const { edits, fixed } = joinFixes(open);
        if (fixed.length === 0) break;
        last = applied(last, edits);
        open = decodeCluster(last).problems;
      }
      assert.ok(!open.some(({ fix, code }) => fix && code.startsWith('yaml-')), last);
    });
  });
}

describe('What beginners do', () => {
  for (const { title, text } of expected)
    it(`has exactly the expected errors and warnings: ${title}`, () => {
      const { at } = positions(text);
      const found = decodeCluster(text, '2026-12-01').problems.flatMap(({ severity, span }) =>
        severity === 'information' ? [] : [`${at(span.start).line + 1}${severity[0]}`],
      );
      assert.equal(found.length === 0 ? 'clean' : found.join(' '), title.split(' | ')[1]);
    });

  for (const { title, text } of beginners)
    it(`has its own message, and at most one error per line: ${title}`, () => {
      const { at } = positions(text);
      const errors = decodeCluster(text).problems.filter(({ severity }) => severity === 'error');
      assert.ok(errors.length > 0);
      const lines = errors.map(({ span }) => at(span.start).line);
      assert.equal(new Set(lines).size, lines.length);
      const vague = [
        'Unexpected here.',
        'Not valid YAML.',
        'A key must be on one line. Check for a missing colon or quote.',
      ];
      for (const { message } of errors) {
        const english = translator({})(message);
        assert.ok(!vague.includes(english), english);
      }
    });
});
