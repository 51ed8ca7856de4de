import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { positions } from '../../src/base/position.ts';
import { type Fix, joinFixes, type Problem, type ProblemCode } from '../../src/base/problem.ts';
import { problemCodes } from '../../src/base/problem-codes.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { families, rules } from '../../src/rules/families.ts';
import { ruleLink } from '../../src/rules/page.ts';

const cases = join(import.meta.dirname, '../cases');

interface Case {
  readonly title: string;
  readonly text: string;
}

/** The documents of a file of cases; `--- # title` stands between two. */
function documents(file: string): readonly Case[] {
  const parts = readFileSync(join(cases, 'rules', file), 'utf8').split(/^--- # (.*)\n/m);
  const name = file.replace('.yaml', '');
  const [first = '', ...rest] = parts;
  const more = rest.flatMap((title, index) =>
    index % 2 === 0 ? [{ title: `${name}: ${title}`, text: rest[index + 1] ?? '' }] : [],
  );
  return [{ title: name, text: first }, ...more];
}

const all = readdirSync(join(cases, 'rules')).flatMap(documents);

/** What the comments of a text say, as `line code`: `!` for a fault, `ok` for none of that code on the line. */
function said(text: string, mark: '!' | 'ok'): string[] {
  const pattern = new RegExp(`# ${mark} (\\S+)`, 'g');
  return text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(pattern)].map(([, code]) => `${index + 1} ${code}`));
}

function found(text: string, problems = decodeCluster(text).problems): string[] {
  const { at } = positions(text);
  // Which steps there are scripts for is no matter of the rules.
  const judged = problems.filter(({ code }) => code !== 'step-unavailable');
  return judged.map(({ span, code }) => `${at(span.start).line + 1} ${code}`);
}

function applied(text: string, { edits }: Pick<Fix, 'edits'>): string {
  const ordered = edits.toSorted((a, b) => b.span.start - a.span.start);
  ordered.forEach(({ span }, index) => {
    const next = ordered[index - 1];
    assert.ok(!next || span.end <= next.span.start, 'edits do not overlap');
  });
  return ordered.reduce(
    (done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end),
    text,
  );
}

/** How many faults of each code there are; advice does not count, for it may come with what can be read again. */
function count(problems: readonly Problem[], code?: ProblemCode): Map<ProblemCode, number> {
  const counts = new Map<ProblemCode, number>();
  for (const problem of problems) {
    if (problem.severity === 'information' && problem.code !== code) continue;
    counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
  }
  return counts;
}

function sum(counts: ReadonlyMap<ProblemCode, number>): number {
  return [...counts.values()].reduce((all, times) => all + times, 0);
}

describe('the rules', () => {
  for (const { title, text } of all) {
    it(`find in "${title}" what it announces and nothing else`, () => {
      assert.deepEqual(found(text).sort(), said(text, '!').sort());
      const wrong = said(text, 'ok').filter((line) => found(text).includes(line));
      assert.deepEqual(wrong, []);
    });
  }

  const told = new Set(rules.map(({ code }) => code));

  it('each have a case that they find and one that they pass', () => {
    const codes = (mark: '!' | 'ok') =>
      new Set(all.flatMap(({ text }) => said(text, mark).map((line) => line.split(' ')[1] ?? '')));
    const [hits, misses] = [codes('!'), codes('ok')];
    const lacking = (codes: ReadonlySet<string>, mark: string) =>
      [...told].flatMap((code) =>
        codes.has(code) ? [] : [`test/cases/rules: no line with # ${mark} ${code}`],
      );
    assert.deepEqual([...lacking(hits, '!'), ...lacking(misses, 'ok')], []);
    assert.ok(told.size > 60, String(told.size));
    const unknown = [...hits, ...misses].filter(
      (code) => !(problemCodes as readonly string[]).includes(code),
    );
    assert.deepEqual(unknown, []);
  });

  it('mark the exact value: no span is empty, and none goes beyond one value', () => {
    for (const { title, text } of all) {
      for (const { code, span } of decodeCluster(text).problems) {
        const marked = text.slice(span.start, span.end);
        if (code !== 'custom-empty' && code !== 'secret-plain-text')
          assert.ok(
            marked.trim() !== '' && !marked.includes('\n'),
            `${title}: ${code} marks ${JSON.stringify(marked)}`,
          );
      }
    }
  });

  it('have one text for each code of the language', () => {
    const documented = families.flatMap((family) => family.rules.map(({ code }) => code));
    assert.deepEqual(documented.toSorted(), [...problemCodes].toSorted());
  });

  it('each have an anchor of their own on the reference page, in both languages', () => {
    for (const name of ['reference.md', 'reference.ko.md']) {
      const page = readFileSync(join(cases, '../../schema', name), 'utf8');
      const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      );
      for (const code of problemCodes)
        assert.equal(anchors.filter((anchor) => anchor === code).length, 1, `${name}: ${code}`);
    }
    assert.equal(ruleLink('file:///reference.md', 'node-name'), 'file:///reference.md#node-name');
  });
});

describe('the quick fixes', () => {
  const mending = new Set(
    families.flatMap((family) => family.rules.filter(({ hasFix }) => hasFix)).map(({ code }) => code),
  );
  const fixed = new Set<ProblemCode>();
  const texts = [
    ...all,
    ...readdirSync(join(cases, 'cluster')).map((name) => ({
      title: name,
      text: readFileSync(join(cases, 'cluster', name), 'utf8'),
    })),
  ];

  for (const { title, text } of texts) {
    const { problems } = decodeCluster(text);
    problems.forEach(({ code, fix }, index) => {
      if (!fix) return;
      fixed.add(code);
      it(`mend ${code} in "${title}" (${index + 1}) and bring nothing new`, () => {
        const before = count(problems, code);
        const after = count(decodeCluster(applied(text, fix)).problems, code);
        assert.ok(
          (after.get(code) ?? 0) < (before.get(code) ?? 0),
          `${code} is still there:\n${applied(text, fix)}`,
        );
        for (const [other, times] of after)
          assert.ok(times <= (before.get(other) ?? 0), `${other} is new:\n${applied(text, fix)}`);
      });
    });
  }

  for (const { title, text } of texts) {
    it(`all at once bring nothing new to "${title}"`, () => {
      const { problems } = decodeCluster(text);
      const { edits, fixed } = joinFixes(problems);
      const before = count(problems);
      const after = count(decodeCluster(applied(text, { edits })).problems);
      for (const [code, times] of after)
        assert.ok(times <= (before.get(code) ?? 0), `${code} is new:\n${applied(text, { edits })}`);
      const some = fixed.some(({ severity }) => severity !== 'information');
      if (some) assert.ok(sum(after) < sum(before), title);
    });
  }

  it('come with the rules that say so, and with no others', () => {
    assert.deepEqual([...fixed].sort(), [...mending].sort());
  });
});
