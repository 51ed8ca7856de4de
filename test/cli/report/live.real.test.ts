import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { english, msg } from '../../../src/base/l10n.ts';
import { liveReporter } from '../../../src/cli/report/live.ts';
import { styleFor } from '../../../src/cli/terminal/style.ts';
import { widthOf } from '../../../src/cli/text/width.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { clusterOf } from '../../support/clusters.ts';
import { fakeOut } from '../fake-io.ts';
import { createScreen } from '../screen.ts';

const cluster = clusterOf(`cluster: lab
nodes:
  one: { address: 10.0.0.1 }
  two: { address: 10.0.0.2 }
  three: { address: 10.0.0.3 }
steps: [locale, upgrade]
`);
const nodes = ['one', 'two', 'three'];
const begin: readonly RunEvent[] = [
  { type: 'run-started', run: 'r', kind: 'run', cluster: 'lab', nodes, steps: ['locale', 'upgrade'] },
  { type: 'node-connecting', node: 'one' },
  { type: 'node-connecting', node: 'two' },
  { type: 'node-connected', node: 'one' },
];
const working: readonly RunEvent[] = [
  { type: 'step-started', node: 'one', step: 'locale' },
  { type: 'step-finished', node: 'one', step: 'locale', outcome: 'unchanged', reasons: [], milliseconds: 3 },
  { type: 'step-started', node: 'one', step: 'upgrade' },
  { type: 'phase', node: 'one', step: 'upgrade', phase: 'apply' },
  { type: 'log', node: 'one', step: 'upgrade', stream: 'stdout', line: '\x1b[2J  Updating : glibc' },
  {
    type: 'yum',
    node: 'one',
    step: 'upgrade',
    event: { type: 'download', file: 'glibc.rpm', done: 1, total: 2 },
  },
];
const failure = { code: 'refused', message: msg('refused'), action: msg('start sshd') } as const;

function setup({ columns = 80, rows = 24, verbose = false } = {}) {
  const out = fakeOut(true, columns, rows);
  const screen = createScreen(columns);
  let read = 0;
  let time = 0;
  let state = emptyRunState;
  const style = styleFor(true, { NO_COLOR: '1' });
  const printing = { t: english, style, kind: 'run', widths: { node: 5, step: 7 } } as const;
  const request = { cluster, selection: {} };
  const reporter = liveReporter({ out, printing, request, verbose, now: () => time });
  return {
    out,
    reporter,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    send: (events: readonly RunEvent[]) => {
      for (const event of events) {
        state = reduceRun(state, { ...event, at: time });
        reporter.event({ ...event, at: time }, state);
      }
    },
    shown: async () => {
      await delay(100);
      screen.write(out.text().slice(read));
      read = out.text().length;
      return screen.lines();
    },
  };
}

describe('The live display', () => {
  it('shows one line per node: step, bar, time and the last log line', async () => {
    const { reporter, send, pass, shown } = setup({ columns: 84 });
    send(begin);
    assert.deepEqual(await shown(), ['one    checking', 'two    connecting', 'three  waiting']);
    send(working);
    pass(65_000);
    const [one = ''] = await shown();
    assert.equal(one, 'one    2/2  upgrade  ━━━━────────────────  20%   1:05    Updating : glibc');
    send([
      { type: 'node-failed', node: 'two', failure },
      { type: 'node-finished', node: 'two', outcome: 'unreachable' },
    ]);
    assert.equal((await shown())[1], 'two    ✗ connection refused');
    reporter.end();
    assert.deepEqual(await shown(), []);
  });

  it('never draws a line as wide as the terminal', async () => {
    for (const columns of [20, 40, 50, 60, 72, 100]) {
      const { out, reporter, send, shown } = setup({ columns });
      send([...begin, ...working]);
      await shown();
      reporter.end();
      const lines = out.text().split('\n').map(widthOf);
      assert.ok(Math.max(...lines) < columns, `${Math.max(...lines)} of ${columns}`);
    }
  });

  it('shows only the active nodes if not all fit', async () => {
    const { reporter, send, shown } = setup({ rows: 6 });
    send([...begin, ...working]);
    assert.equal((await shown()).length, 3);
    reporter.end();
    const many = setup({ rows: 1 });
    many.send([...begin, ...working]);
    assert.equal((await many.shown()).length, 3, 'three lines are shown on the smallest terminal');
    many.reporter.end();
  });

  it('scrolls log lines above the bars, prefixed with node and step', async () => {
    const { reporter, send, shown } = setup({ verbose: true });
    send([...begin, ...working]);
    const lines = await shown();
    assert.ok(lines.includes('one   │ upgrade │   Updating : glibc'), lines.join('\n'));
    assert.ok(lines.includes('one   │ locale  │ = unchanged'), lines.join('\n'));
    reporter.end();
    assert.deepEqual(await shown(), lines.slice(0, -4), 'scrolled lines stay');
  });

  it('pauses for a question and shows afterwards what it missed', async () => {
    const { out, reporter, send, shown } = setup({ verbose: true });
    send(begin);
    await shown();
    reporter.suspend();
    assert.deepEqual(await shown(), ['one   │ connected']);
    const before = out.text();
    send(working);
    await delay(100);
    assert.equal(out.text(), before, 'nothing is drawn over the question');
    reporter.resume();
    assert.ok((await shown()).includes('one   │ upgrade │   Updating : glibc'));
    reporter.end();
  });
});
