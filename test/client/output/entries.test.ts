import assert from 'node:assert/strict';
import { createEntries } from '../../../src/client/output/entries.ts';
import { limitEntries, passes } from '../../../src/client/output/level-filter.ts';
import type { RunEvent, TimedEvent } from '../../../src/run/events.ts';

const on = { node: 'a', step: 'upgrade' } as const;
const timed = (event: RunEvent): TimedEvent => ({ ...event, at: 0 });
const own = (node: string): string => node;
const log = (line: string): TimedEvent => timed({ type: 'log', ...on, stream: 'stdout', line });

describe('The lines of the output channel', () => {
  it('get their level from what the yum parser later finds in them', () => {
    const entries = createEntries(own);
    const { added } = entries.take(log('Error: Nothing to do  '), 'run');
    entries.take(log('next'), 'run');
    assert.equal(added[0]?.level, 'info');
    const event = { type: 'error', severity: 'fatal', line: 'Error: Nothing to do' } as const;
    const { raised } = entries.take(timed({ type: 'yum', ...on, event }), 'run');
    assert.equal(raised, added[0]);
    assert.equal(added[0]?.level, 'error');
  });

  it('do not get their level from output of another node', () => {
    const entries = createEntries(own);
    entries.take(log('Error: x'), 'run');
    const event = { type: 'error', severity: 'fatal', line: 'Error: x' } as const;
    const found = entries.take(timed({ type: 'yum', node: 'b', step: 'upgrade', event }), 'run');
    assert.equal(found.raised, undefined);
  });

  it('pass the filter for their level; lines about the run itself always pass', () => {
    const shown = (level: 'all' | 'warnings' | 'errors') =>
      (['info', 'note', 'warning', 'error'] as const).filter((each) => passes({ level: each }, level));
    assert.deepEqual(shown('all'), ['info', 'note', 'warning', 'error']);
    assert.deepEqual(shown('warnings'), ['note', 'warning', 'error']);
    assert.deepEqual(shown('errors'), ['note', 'error']);
  });

  it('are reduced in a burst to the last ones and those that matter, in order', () => {
    const burst = Array.from({ length: 10_000 }, (_, at) => ({
      line: { level: 'info', text: String(at) } as const,
      level: at === 5 ? ('error' as const) : ('info' as const),
    }));
    const { entries, left } = limitEntries(burst, 100);
    assert.equal(left, 9899);
    assert.deepEqual(
      entries.slice(0, 2).map(({ line }) => line.text),
      ['5', '9900'],
    );
  });
});
