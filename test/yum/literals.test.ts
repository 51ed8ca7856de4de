import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownFailures } from '../../src/yum/explain/catalogue.ts';
import { indexLiterals, requiredLiterals } from '../../src/yum/explain/literals.ts';

const folder = join(import.meta.dirname, '../cases');

/** All lines of the logs that the tests have. */
function allLines(): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const name of ['public-logs', 'fresh-logs', 'yum3', 'yum/explained', 'yum/logs', 'yum/written'])
    for (const file of readdirSync(join(folder, name)).filter((each) => each.endsWith('.log')))
      for (const line of readFileSync(join(folder, name, file), 'utf8').split('\n'))
        lines.add(line.slice(0, 2000));
  return lines;
}

describe('The texts that an expression requires', () => {
  it('are those of each alternative, without what may be missing', () => {
    assert.deepEqual(requiredLiterals('abcdef'), ['abcdef']);
    assert.deepEqual(requiredLiterals('^(?:first one|second) (\\S+)'), ['first one', 'second']);
    assert.deepEqual(requiredLiterals('colou?r of \\[Errno \\d+\\]'), ['r of [Errno ']);
    assert.deepEqual(requiredLiterals('(?:maybe this)? surely'), [' surely']);
    assert.deepEqual(requiredLiterals('(?!not here)[a-z]+ surely|(?<=behind)other'), [' surely', 'other']);
    assert.equal(requiredLiterals('abcdef|\\d+'), undefined);
  });

  it('find every known failure that its expression finds, in all logs of the tests', () => {
    const index = indexLiterals(knownFailures, ({ pattern }) => pattern.source);
    let hits = 0;
    for (const line of allLines()) {
      const all = knownFailures.filter(({ pattern }) => pattern.test(line));
      const candidates = new Set(index.candidates(line));
      for (const failure of all) assert.ok(candidates.has(failure), `${failure.id}: ${line}`);
      hits += all.length;
    }
    assert.ok(hits > 400, String(hits));
  });

  it('are few in most lines', () => {
    const index = indexLiterals(knownFailures, ({ pattern }) => pattern.source);
    const lines = [...allLines()];
    const tried = lines.reduce((sum, line) => sum + index.candidates(line).length, 0);
    assert.ok(tried / lines.length < 8, String(tried / lines.length));
  });
});
