import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
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

/** The documents of a file of cases; `--- # title` separates two. */
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

/** What the comments of a text expect, as `line code`: `!` for a problem, `ok` for no problem of that code on the line. */
function expectedIn(text: string, mark: '!' | 'ok'): string[] {
  const pattern = new RegExp(`# ${mark} (\\S+)`, 'g');
  return text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(pattern)].map(([, code]) => `${index + 1} ${code}`));
}

function found(text: string, problems = decodeCluster(text).problems): string[] {
  const { at } = positions(text);
  return problems.map(({ span, code }) => `${at(span.start).line + 1} ${code}`);
}

function applied(text: string, { edits }: Pick<Fix, 'edits'>): string {
  const ordered = edits.toSorted((a, b) => b.span.start - a.span.start);
  ordered.forEach(({ span }, index) => {
    const next = ordered[index - 1];
    assert.ok(!next || span.end <= next.span.start, 'edits do not overlap');
  });
  return ordered.reduce(
    (done, { span, text: replacement }) => done.slice(0, span.start) + replacement + done.slice(span.end),
    text,
  );
}

/** The number of problems of each code; advice does not count, because it can appear once more of the file is readable. */
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

describe('The rules', () => {
  for (const { title, text } of all) {
    it(`report exactly the expected problems: ${title}`, () => {
      assert.deepEqual(found(text).sort(), expectedIn(text, '!').sort());
      const wrong = expectedIn(text, 'ok').filter((line) => found(text).includes(line));
      assert.deepEqual(wrong, []);
    });
  }

  const reported = new Set(rules.map(({ code }) => code));

  it('each have a case that they report and one that they accept', () => {
    const codes = (mark: '!' | 'ok') =>
      new Set(all.flatMap(({ text }) => expectedIn(text, mark).map((line) => line.split(' ')[1] ?? '')));
    const [hits, misses] = [codes('!'), codes('ok')];
    const lacking = (codes: ReadonlySet<string>, mark: string) =>
      [...reported].flatMap((code) =>
        codes.has(code) ? [] : [`test/cases/rules: no line with # ${mark} ${code}`],
      );
    assert.deepEqual([...lacking(hits, '!'), ...lacking(misses, 'ok')], []);
    assert.ok(reported.size > 60, String(reported.size));
    const unknown = [...hits, ...misses].filter(
      (code) => !(problemCodes as readonly string[]).includes(code),
    );
    assert.deepEqual(unknown, []);
  });

  it('mark the exact value: no span is empty, and none covers more than one value', () => {
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

  it('name the first four members of a service and say how many of etcd may fail', () => {
    const messageFor = (count: number): readonly string[] => {
      const text = `cluster: a\nnodes: { "n[1:${count}]": { address: "10.0.0.[1:${count}]", roles: [controller] } }\nservices: { etcd: { on: controller } }\n`;
      return decodeCluster(text)
        .problems.filter(({ code }) => code === 'etcd-even')
        .map(({ message }) => english(message));
    };
    assert.deepEqual(messageFor(2), ['Of 2 etcd members (n1, n2), 0 may fail, as of 1. Use an odd number.']);
    assert.deepEqual(messageFor(4), [
      'Of 4 etcd members (n1, n2, n3, n4), 1 may fail, as of 3. Use an odd number.',
    ]);
    assert.deepEqual(messageFor(6), [
      'Of 6 etcd members (n1, n2, n3, n4, …), 2 may fail, as of 5. Use an odd number.',
    ]);
  });

  it('have one documentation text for each problem code', () => {
    const documented = families.flatMap((family) => family.rules.map(({ code }) => code));
    assert.deepEqual(documented.toSorted(), [...problemCodes].toSorted());
  });

  it('each have a unique anchor on the reference page, in both languages', () => {
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

describe('The quick fixes', () => {
  const fixable = new Set(
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
      it(`fix ${code} without a new problem: ${title} (${index + 1})`, () => {
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
    it(`add no problem when all are applied together: ${title}`, () => {
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

  it('are offered by the rules that declare a fix, and by no others', () => {
    assert.deepEqual([...fixed].sort(), [...fixable].sort());
  });
});
