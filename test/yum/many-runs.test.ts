import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogReader, type LogFindings } from '../../src/yum/explain/log-reader.ts';
import { fixtures } from './logs.ts';

const samples = readdirSync(join(fixtures, 'logs')).map((file) =>
  readFileSync(join(fixtures, 'logs', file), 'utf8'),
);

/** All samples many times over, each time from another one on; `carry` puts a prefix before each line. */
function longLog(carry: (line: string) => string): string {
  const order = [...samples, ...samples];
  const rounds = Array.from({ length: 9 }, (_, at) => order.slice(at, at + samples.length).join(''));
  return rounds.join('').split('\n').map(carry).join('\n');
}

function read(text: string, size: number, enough?: number): LogFindings {
  const reader = createLogReader(enough);
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  return reader.end();
}

/** Reads every line. */
const everything = Number.POSITIVE_INFINITY;

describe('A log with many runs', () => {
  for (const [name, carry] of [
    ['as it is', (line: string) => line],
    ['with the time before each line', (line: string) => (line === '' ? '' : `[12:30:15]  ${line}`)],
  ] as const)
    it(`has the same last runs at the same lines if the first ones are not read: ${name}`, () => {
      const text = longLog(carry);
      const whole = read(text, 65_536, everything);
      assert.equal(whole.runs.length, 50);
      for (const size of [65_536, 9973]) assert.deepEqual(read(text, size), whole);
    });

  it('reads a long text without runs after them as it comes', () => {
    const text = longLog((line) => line) + `${'compiling a file '.repeat(50)}\n`.repeat(6_000);
    const whole = read(text, 65_536, everything);
    const last = 'Loaded plugins: fastestmirror\nError: Nothing to do\n';
    assert.deepEqual(read(text, 65_536).runs.at(-1), whole.runs.at(-1));
    assert.equal(read(text + last, 65_536).summary.outcome, 'failed');
  });
});
