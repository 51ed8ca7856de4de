import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanLine } from '../../src/yum/clean.ts';
import type { PlacedYumEvent } from '../../src/yum/events.ts';
import { createYumParser } from '../../src/yum/parser.ts';
import { fixtures, parse } from './logs.ts';

/** A small generator of numbers in [0, 1), the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function cut(text: string, random: () => number, longest: number): readonly PlacedYumEvent[] {
  const parser = createYumParser();
  const events: PlacedYumEvent[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + 1 + Math.floor(random() * longest);
    events.push(...parser.push(text.slice(start, end)));
    start = end;
  }
  return [...events, ...parser.end()];
}

function assertAccountedFor(text: string): void {
  const lines = text.split('\n').flatMap((line, row) => (cleanLine(line) === '' ? [] : [row]));
  const events = parse(text);
  assert.equal(
    events.reduce((sum, { rows }) => sum + rows, 0),
    lines.length,
  );
  const first = new Set(lines);
  for (const { row, rows } of events) assert.ok(rows === 0 || first.has(row), `row ${row}`);
}

const logs = ['logs', 'written'].flatMap((folder) =>
  readdirSync(join(fixtures, folder)).map((file) => ({
    file,
    text: readFileSync(join(fixtures, folder, file), 'utf8'),
  })),
);
const lines = logs.flatMap(({ text }) => text.split('\n'));

describe('The yum parser', () => {
  it('finds the same events for any division of the text into chunks', () => {
    const random = numbers(7);
    for (const { file, text } of logs) {
      const whole = parse(text);
      for (const longest of [1, 3, 40, 900]) assert.deepEqual(cut(text, random, longest), whole, file);
    }
  });

  it('accounts for every line that is not blank', () => {
    for (const { text } of logs) assertAccountedFor(text);
  });

  it('accounts for every line when the lines arrive in random order', () => {
    const random = numbers(11);
    for (let round = 0; round < 60; round++) {
      const some = Array.from({ length: 150 }, () => lines[Math.floor(random() * lines.length)] ?? '');
      assertAccountedFor(some.join('\n'));
    }
  });

  it('accounts for lines of random characters', () => {
    const random = numbers(13);
    const alphabet = [...' \t:/|[]()=->*#%.,019azA가ー…\u00a0\r\x1b'];
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 200 }, () =>
        random() < 0.03 ? '\n' : (alphabet[Math.floor(random() * alphabet.length)] ?? ''),
      ).join('');
      assertAccountedFor(text);
    }
  });

  it('keeps the text of an unknown line', () => {
    const [event] = parse('  an unknown line  \n');
    assert.deepEqual(event, { type: 'unparsed', line: '  an unknown line', row: 0, rows: 1 });
  });

  it('parses a last line without a line ending', () => {
    assert.deepEqual(
      parse('Nothing to do').map(({ type }) => type),
      ['nothing-to-do'],
    );
  });

  it('reports the position of every event, counting blank lines', () => {
    const events = parse('\n\nDependencies Resolved\n\nTransaction Summary\n');
    assert.deepEqual(
      events.filter(({ rows }) => rows > 0).map(({ row }) => row),
      [2, 4],
    );
  });

  it('joins a package row that is wrapped after its name into one event of two lines', () => {
    const rule = '='.repeat(80);
    const text = `${rule}\n Package Arch Version Repository Size\n${rule}\nInstalling:\n a-package-with-quite-a-name\n      noarch 1.0-1.el7 /a-file 31 k\n`;
    const event = parse(text).at(-1);
    assert.equal(event?.type, 'package');
    assert.deepEqual([event?.row, event?.rows], [4, 2]);
  });

  it('strips the prefix that a wrapper puts before every line', () => {
    const text =
      '    node1: Loaded plugins: fastestmirror\n==> node1: Existing lock /var/run/yum.pid: another copy is running as pid 12.\n    node1: Nothing to do\n';
    assert.deepEqual(
      parse(text).map(({ type }) => type),
      ['phase', 'tool', 'text', 'lock-wait', 'nothing-to-do'],
    );
  });
});
