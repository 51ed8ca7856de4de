import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { type SearchResult, searchPage } from '../../../src/view/log/search-page.ts';

const writing = { t: english, time: (at: number) => `T${at}` };
const runs = [
  { run: 'r2', kind: 'run', cluster: 'demo', started: 2 },
  { run: 'r1', kind: 'check', cluster: 'demo', started: 1 },
] as const;
const limits = { maxLines: 2000, maxMegabytes: 256 };

function lineOf(row: number, text: string, isMatch = true) {
  return { row, text, isMatch };
}

const result: SearchResult = {
  logs: 5,
  runs: 2,
  matches: [
    {
      log: { run: 'r2', node: 'a', step: 'upgrade' },
      lines: [lineOf(0, 'before', false), lineOf(1, '  Foo and foo')],
    },
    {
      log: { run: 'r1', node: 'c1', step: 'locale' },
      lines: [lineOf(11, 'foo\u202e'), lineOf(12, 'FOO')],
      // The document of that log has nine lines above the output.
      first: 9,
    },
  ],
};

describe('The result of a search in logs', () => {
  const page = searchPage(
    { query: 'foo', cluster: 'demo', step: 'upgrade', ...limits },
    { result, runs },
    writing,
  );
  const rows = page.text.split('\n');

  it('says what was searched, and lists the lines by run, node and step', () => {
    assert.equal(
      page.text,
      `# Search: foo
# Searched: demo · upgrade (5 logs, 2 runs)
# Found: 3 lines in 2 logs

Run of demo, started T2

a · upgrade: 1 line
      1  before
      2:   Foo and foo

Check of demo, started T1

c1 · locale: 2 lines
     21: foo<U+202E>
     22: FOO
`,
    );
    assert.deepEqual(
      page.titles.map((row) => rows[row]),
      ['Run of demo, started T2', 'a · upgrade: 1 line', 'Check of demo, started T1', 'c1 · locale: 2 lines'],
    );
  });

  it('links every match to its row, and knows where the text is in it', () => {
    assert.deepEqual(
      page.hits.map(({ row, first, end, log, logRow }) => [rows[row]?.slice(first, end), log.node, logRow]),
      [
        ['2:   Foo and foo', 'a', 1],
        ['21: foo<U+202E>', 'c1', 11],
        ['22: FOO', 'c1', 12],
      ],
    );
    assert.deepEqual(
      page.hits.map(({ row, matches }) => matches.map(([first, end]) => rows[row]?.slice(first, end))),
      [['Foo', 'foo'], ['foo'], ['FOO']],
    );
  });

  it('says that nothing was found, or where it ended', () => {
    const textOf = (some: Partial<SearchResult>) =>
      searchPage(
        { query: 'foo', cluster: 'demo', ...limits },
        { result: { ...result, ...some }, runs },
        writing,
      ).text;
    assert.match(textOf({ matches: [] }), /^# No log contains “foo”\.$/m);
    assert.match(textOf({ stopped: 'lines' }), /^# Only the first 2000 lines/m);
    assert.match(textOf({ stopped: 'bytes' }), /^# The search ended after 256 MB/m);
  });

  it('counts nodes if there are many', () => {
    const nodes = ['n1', 'n2', 'n3', 'n4', 'n5'];
    const { text } = searchPage(
      { query: 'foo', cluster: 'demo', nodes, ...limits },
      { result, runs },
      writing,
    );
    assert.match(text, /Searched: demo · 5 nodes \(/);
  });
});
