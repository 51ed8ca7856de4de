import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialYum, reduceYum, type YumProgress } from '../../src/yum/progress.ts';
import { fixtures, parse } from './logs.ts';

function logText(start: string): string {
  for (const folder of ['logs', 'written']) {
    const file = readdirSync(join(fixtures, folder)).find((name) => name.startsWith(start));
    if (file) return readFileSync(join(fixtures, folder, file), 'utf8');
  }
  throw new Error(`No log begins with ${start}.`);
}

/** Every state of a run, starting with the one before any input. */
function states(start: string): readonly YumProgress[] {
  const all: YumProgress[] = [initialYum];
  for (const event of parse(logText(start))) all.push(reduceYum(all.at(-1) ?? initialYum, event));
  return all;
}

function last(start: string): YumProgress {
  return states(start).at(-1) ?? initialYum;
}

describe('The progress of a yum or dnf run', () => {
  it('ends at 100 % when the run is complete', () => {
    for (const start of ['202', '303', '305', '330', 'seed-06', 'yum3-remove']) {
      const { percent, finished } = last(start);
      assert.deepEqual([start, percent, finished], [start, 100, true]);
    }
  });

  it('never decreases within a run', () => {
    for (const start of ['202', '206', '257', '305', 'seed-06', 'seed-07', 'yum3-scriptlet']) {
      const percents = states(start).map(({ percent }) => percent ?? 0);
      assert.deepEqual(
        percents,
        percents.toSorted((one, other) => one - other),
        start,
      );
    }
  });

  it('is unknown before there is something to count', () => {
    assert.equal(last('yum3-dead-mirrors').percent, undefined);
    assert.equal(last('211-local-dnf4-nothing-provides.stderr').percent, undefined);
  });

  it('stays at the end of the downloads while the transaction is tested, even when yum 3 prints no downloads', () => {
    assert.equal(last('yum3-file-conflict').percent, 40);
  });

  it('counts the packages of the summary, dependencies included', () => {
    assert.deepEqual(last('seed-07').counts, { install: 131, upgrade: 940 });
    assert.deepEqual(last('317').counts, { install: 1, replace: 1 });
  });

  it('names the process that holds the lock during the wait', () => {
    const all = states('yum3-lock-then-nothing');
    const holders = all.flatMap(({ lockHolder }) =>
      lockHolder ? [`${lockHolder.pid} ${lockHolder.holder}`] : [],
    );
    assert.deepEqual([...new Set(holders)], ['18540 ', '18540 PackageKit']);
    assert.equal(all.at(-1)?.lockHolder, undefined);
  });

  it('shows the command line that dnf 5 prints for that process', () => {
    const holders = states('337').flatMap(({ lockHolder }) => (lockHolder?.holder ? [lockHolder] : []));
    assert.equal(holders[0]?.pid, 12006);
    assert.match(holders[0]?.holder ?? '', /^dnf5 /);
  });

  it('shows the package in progress', () => {
    const labels = states('202').map(({ label }) => label);
    assert.ok(labels.includes('Upgrading beta-2:1.3-1.el9.noarch'));
  });

  it('keeps the error lines', () => {
    assert.deepEqual(last('yum3-error-nothing-to-do').errors, ['Error: Nothing to do']);
  });

  it('starts again when another run follows in the same text', () => {
    const { errors, finished, tool } = last('dnf4-two-runs');
    assert.deepEqual(
      [errors, finished, tool],
      [['Error: Unable to find a match: no-such-package'], false, 'dnf4'],
    );
  });

  it('returns the same state for an event without progress', () => {
    assert.equal(reduceYum(initialYum, { type: 'text', line: 'Trying other mirror.' }), initialYum);
  });
});
