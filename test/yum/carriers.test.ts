import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUnwrapper, type ToolLine } from '../../src/yum/carrier/unwrap.ts';
import { cleanLine } from '../../src/yum/clean.ts';
import { createLogReader } from '../../src/yum/explain/log-reader.ts';

function unwrap(text: string): { readonly lines: readonly ToolLine[]; readonly carriers: readonly string[] } {
  const unwrapper = createUnwrapper();
  const lines = [...unwrapper.push(text), ...unwrapper.end()];
  return { lines, carriers: unwrapper.carriers() };
}

const texts = (lines: readonly ToolLine[]): readonly string[] => lines.map(({ text }) => text);

/** Public logs as the tools printed them. */
const folder = join(import.meta.dirname, '../cases/public-logs');

/** Logs that were copied with the prefix or the margin of a carrier. */
const alreadyCarried = /^(?:053|063|079|077|083|137)-/;

/** How each carrier puts a line of a tool into its log. */
const carriers: Readonly<Record<string, (line: string, index: number) => string>> = {
  'iso-time': (line, index) => `2026-11-30T10:00:${String(index % 60).padStart(2, '0')}.1234567Z ${line}`,
  'iso-time and level': (line) => `2026-11-30T10:00:00+0900 INFO ${line}`,
  zuul: (line) => `2026-11-30 10:53:12.611808 | controller | ${line}`,
  teuthology: (line, index) =>
    `2026-11-30T06:25:43.825 INFO:teuthology.orchestra.run.node1.std${index % 3 ? 'out' : 'err'}:${line}`,
  syslog: (line) => `Nov 30 10:00:00 node1 cloud-init[4858]: ${line}`,
  journal: (line) => `cloud-init[4858]: ${line}`,
  bracket: (line) => `[2026-11-30 10:00:00] ${line}`,
  jenkins: (line) => `10:00:00 ${line}`,
  'jenkins classic': (line) => `10:00:00  ${line}`,
  'jenkins bracket': (line) => `[10:00:00]  ${line}`,
  kernel: (line) => `[   12.345678] ${line}`,
  buildkit: (line, index) => `#7 ${(index / 10).toFixed(3)} ${line}`,
  seconds: (line, index) => `${(index / 10).toFixed(3)} ${line}`,
  vagrant: (line, index) => `${index % 2 ? '==> ' : '    '}node1: ${line}`,
  compose: (line) => `web-1  | ${line}`,
  quote: (line) => `> ${line}`,
  indented: (line) => `        ${line}`,
  numbered: (line, index) => `${String(index + 1).padStart(4)} | ${line}`,
};

/** One line of Ansible's default output with the log as a value. */
function inAnsible(text: string): string {
  return `fatal: [node1]: FAILED! => ${JSON.stringify({ changed: true, msg: 'non-zero return code', rc: 1, stdout: text })}\n`;
}

function verdict(text: string, exitCode?: number): string {
  const reader = createLogReader();
  reader.push(text);
  const { summary, explanation, notes } = reader.end(exitCode);
  const { outcome, summary: counts, mainError = '', tool } = summary;
  return JSON.stringify({
    outcome,
    counts,
    mainError: mainError.trim(),
    tool,
    explanation: explanation?.id,
    notes: notes.map(({ id }) => id),
  });
}

/** Logs of the tools as they print them, with at least four lines. */
function logs(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log') && !alreadyCarried.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
    .map(({ name, text }) => ({ name, text: text.split('\n').map(cleanLine).join('\n') }))
    .filter(({ text }) => text.split('\n').filter((line) => line !== '').length > 4);
}

describe('A carrier of a log', () => {
  const known = logs();

  it('is tried with many logs', () => {
    assert.ok(known.length > 40, `${known.length} logs`);
  });

  for (const [name, put] of Object.entries(carriers)) {
    it(`is taken off, so that the log reads as without it: ${name}`, () => {
      for (const { name: log, text } of known) {
        const lines = text.replace(/\n+$/, '').split('\n');
        const carried = lines.map((line, index) =>
          line === '' && name === 'indented' ? '' : put(line, index),
        );
        assert.equal(verdict(`${carried.join('\n')}\n`), verdict(text), log);
      }
    });
  }

  it('is taken off, so that the log reads as without it: a value in a result of Ansible', () => {
    for (const { name, text } of known) assert.equal(verdict(inAnsible(text), 1), verdict(text, 1), name);
  });

  it('is found from many lines, also when the first ones do not have it', () => {
    const log = [
      'Setting up the node',
      'Please wait',
      ...Array.from({ length: 20 }, (_, at) => `#7 ${at}.100 Line ${at}`),
    ];
    const { lines, carriers: found } = unwrap(`${log.join('\n')}\n`);
    assert.deepEqual(found, ['buildkit']);
    assert.equal(lines.at(-1)?.text, 'Line 19');
    assert.equal(lines[0]?.text, 'Setting up the node');
  });

  it('keeps the place of what it carries', () => {
    const { lines } = unwrap('10:00:00 one\n10:00:00   two\nthree\n');
    assert.deepEqual(lines, [
      { text: 'one', row: 0, column: 9 },
      { text: '  two', row: 1, column: 9 },
      { text: 'three', row: 2, column: 0 },
    ]);
    const json = unwrap('fatal: [a]: FAILED! => {"msg": "first\\nsecond"}\n').lines;
    assert.deepEqual(
      json.map(({ text, row }) => [text, row]),
      [
        ['first', 0],
        ['second', 0],
      ],
    );
    assert.equal('fatal: [a]: FAILED! => {"msg": "first\\nsecond"}'.slice(json[1]?.column, -2), 'second');
  });

  it('is read in chunks of any size with the same result', () => {
    const text = known
      .slice(0, 5)
      .map((each) => each.text)
      .join('\n');
    const carried = text
      .split('\n')
      .map((line, at) => carriers.zuul?.(line, at) ?? line)
      .join('\n');
    const unwrapper = createUnwrapper();
    const found: ToolLine[] = [];
    for (let at = 0; at < carried.length; at += 7) found.push(...unwrapper.push(carried.slice(at, at + 7)));
    found.push(...unwrapper.end());
    assert.deepEqual(found, unwrap(carried).lines);
  });

  it('leaves a log of the tool alone as it is', () => {
    for (const { name, text } of known) {
      const { lines, carriers: found } = unwrap(text);
      assert.deepEqual(found, [], name);
      assert.equal(texts(lines).join('\n'), text.replace(/\n$/, ''), name);
    }
  });
});

describe('A value that holds a log', () => {
  it('is read from YAML: folded, quoted, as a block and as a list', () => {
    const yaml = [
      "    msg: 'Failed to download metadata for repo ''epel'': Yum repo",
      '      downloading error',
      "      - Cannot download'",
      '    rc: 1',
      '    stderr: |-',
      '      Error: Nothing to do',
      '        indented',
      '    stdout_lines:',
      '    - first',
      '    - second',
      'PLAY RECAP',
      'node1: ok=1',
    ].join('\n');
    assert.deepEqual(texts(unwrap(yaml).lines), [
      "Failed to download metadata for repo 'epel': Yum repo downloading error - Cannot download",
      '    rc: 1',
      'Error: Nothing to do',
      '  indented',
      'first',
      'second',
      'PLAY RECAP',
      'node1: ok=1',
    ]);
  });

  it('is read from JSON on many lines, and from a piece that was cut at both ends', () => {
    const json = ['"stderr_lines": [', '    "Error: one",', '    "  - two"', '],', '"rc": 1'].join('\n');
    assert.deepEqual(texts(unwrap(json).lines), ['Error: one', '  - two']);
    assert.deepEqual(texts(unwrap('e one\\n  - two\\nthree\\n"], "rc": 1}').lines), [
      'e one',
      '  - two',
      'three',
      '',
    ]);
  });

  it('loses nothing of a line that quotes a text with line breaks', () => {
    for (const line of ['error: printf "a\\n b\\n" failed', 'sed: "s/x/\\n\\n/" is wrong', 'a\\nb'])
      assert.deepEqual(texts(unwrap(`${line}\n`).lines), [line]);
    assert.deepEqual(texts(unwrap('one \\"x\\"\\ntwo\\nthree"}\n').lines), ['one "x"', 'two', 'three']);
  });

  it('gives the exit code of the tool', () => {
    const unwrapper = createUnwrapper();
    unwrapper.push('fatal: [a]: FAILED! => {"msg": "x", "rc": 7}\n');
    unwrapper.end();
    assert.equal(unwrapper.exitCode(), 7);
  });

  it('costs linear time, whatever it holds', () => {
    for (const piece of ['"', '\\', "'", '\\n', '{"', '": "', '[', ' ', 'msg: ', '- ', '1.000 ', '#7 ']) {
      const begun = performance.now();
      unwrap(`{"msg": "${piece.repeat(200_000)}`);
      unwrap(`msg: '${piece.repeat(20_000)}\n  ${piece.repeat(20_000)}\n`);
      unwrap(`${`${piece.repeat(20)}\n`.repeat(5000)}`);
      assert.ok(performance.now() - begun < 60_000, piece);
    }
  });
});
