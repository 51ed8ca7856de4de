import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { lensesOf } from '../../src/view/lens.ts';
import { progressLine } from '../../src/view/progress-line.ts';
import { treeOf } from '../../src/view/tree.ts';
import { seen, sourceAfter } from './world.ts';

/** The upgrade of a node at one element of its transaction; the events are one second apart. */
function transaction(node: string, ...elements: readonly number[]): readonly RunEvent[] {
  const on = { node, step: 'upgrade' };
  return [
    { type: 'node-connected', node },
    { type: 'step-started', ...on },
    { type: 'phase', ...on, phase: 'apply' },
    { type: 'yum', ...on, event: { type: 'phase', phase: 'transaction' } },
    ...elements.map((done): RunEvent => {
      const name = `p${done}-1-1.noarch`;
      return { type: 'yum', ...on, event: { type: 'step', action: 'Updating', name, done, total: 100 } };
    }),
  ];
}

const started = (node: string, step: string): RunEvent => ({ type: 'step-started', node, step });
const finished = (node: string, step: string): RunEvent => ({
  ...{ type: 'step-finished', node, step, outcome: 'changed', reasons: [], milliseconds: 1 },
});
const connected = (node: string): RunEvent => ({ type: 'node-connected', node });
const failure = { code: 'refused', message: msg('m'), action: msg('a') } as const;
const lost = (node: string): readonly RunEvent[] => [
  { type: 'node-failed', node, failure },
  { type: 'node-finished', node, outcome: 'unreachable' },
];

/** The percentages after each of the events. */
function percents(events: readonly RunEvent[]): readonly number[] {
  return events.map(
    (_, index) => progressLine(sourceAfter({ going: true, events: events.slice(0, index + 1) })).percent,
  );
}

describe('The progress of a run', () => {
  const going = { events: transaction('a', 1, 2, 3, 4, 5), going: true } as const;

  it('counts steps and shows a time left only after the transaction that it belongs to', () => {
    const source = sourceAfter(going);
    const line = progressLine(source);
    assert.equal(seen(line.text), '0/8 steps · upgrade on a · 42 %, about 2 min left');
    assert.equal(seen(line.brief), '0/8 steps · upgrade on a');
    const tree = treeOf([source], { groupBy: 'node', time: String, file: String });
    const cell = tree[0]?.children[0]?.children.find(({ label }) => label === 'upgrade');
    assert.equal(seen(cell?.description), 'running, 42 %, about 2 min left');
    const titles = lensesOf(source, { trusted: true }).map(({ title }) => seen(title));
    assert.ok(titles.includes('⟳ 0/3 · slowest a 42 %, about 2 min left'), titles.join());
  });

  it('names the Packstack manifest that is being applied and how many are done', () => {
    const on = { node: 'a', step: 'upgrade' };
    const name = '10.0.0.2_compute.pp';
    const source = sourceAfter({
      going: true,
      events: [
        ...transaction('a'),
        { type: 'yum', ...on, event: { type: 'tool', tool: 'packstack' } },
        { type: 'yum', ...on, event: { type: 'step', action: 'Applying', name, done: 2, total: 4 } },
      ],
    });
    const shown = '50 %: Applying 10.0.0.2_compute.pp, 2 of 4 manifests applied';
    assert.equal(seen(progressLine(source).text), `0/8 steps · upgrade on a · ${shown}`);
    const tree = treeOf([source], { groupBy: 'node', time: String, file: String });
    const cell = tree[0]?.children[0]?.children.find(({ label }) => label === 'upgrade');
    assert.equal(seen(cell?.description), `running, ${shown}`);
  });

  it('names the step that most nodes are at, and the slowest of them', () => {
    const source = sourceAfter({
      ...going,
      events: [
        ...transaction('a', 50, 60, 70),
        ...transaction('c1', 1, 2, 3),
        connected('c2'),
        started('c2', 'locale'),
      ],
    });
    assert.match(
      seen(progressLine(source).text) ?? '',
      /^0\/8 steps · upgrade on 2 nodes · slowest c1 \d+ %, about 2 min left$/,
    );
  });

  it('has one brief text for each step, however often the percentage changes', () => {
    const events = [...transaction('a', 1, 20, 40, 60, 80, 100), ...transaction('c1', 1, 50, 100)];
    const briefs = events.map((_, index) =>
      seen(progressLine(sourceAfter({ going: true, events: events.slice(0, index + 1) })).brief),
    );
    assert.deepEqual(
      [...new Set(briefs)],
      ['0/8 steps · checking a', '0/8 steps · upgrade on a', '0/8 steps · upgrade on 2 nodes'],
    );
  });

  it('shows what the nodes do before the first step', () => {
    const brief = (...events: readonly RunEvent[]) =>
      seen(progressLine(sourceAfter({ going: true, events })).brief);
    assert.equal(brief(), '0/8 steps');
    assert.equal(brief({ type: 'node-connecting', node: 'a' }), '0/8 steps · connecting to a');
    assert.equal(brief(connected('a'), connected('c1')), '0/8 steps · checking 2 nodes');
    const waiting = (node: string): RunEvent => ({
      ...{ type: 'node-waiting', node },
      reason: { code: 'wait-login', args: ['10.0.0.1:22', 'root'] },
    });
    const long = 'waiting for 10.0.0.1:22 to answer the login of root (PAM, directory service)';
    const connecting: RunEvent = { type: 'node-connecting', node: 'a' };
    assert.equal(brief(connecting, waiting('a')), `0/8 steps · a: ${long}`);
    assert.equal(
      brief(connecting, waiting('a'), { type: 'node-waiting', node: 'a' }),
      '0/8 steps · connecting to a',
    );
  });

  it('begins at 0 with two unreachable nodes, whose steps are not counted', () => {
    const source = sourceAfter({ going: true, events: [...lost('c1'), ...lost('c2'), connected('a')] });
    const { brief, percent } = progressLine(source);
    assert.equal(seen(brief), '0/2 steps · checking a · 2 nodes unreachable');
    assert.equal(percent, 0);
  });

  it('does not go back when a node is lost, and ends at 100', () => {
    const first = [
      connected('a'),
      started('a', 'locale'),
      finished('a', 'locale'),
      ...transaction('c1', 1, 50, 90),
    ];
    const shown = percents([
      ...first,
      ...lost('c1'),
      started('a', 'upgrade'),
      finished('a', 'upgrade'),
      ...lost('c2'),
    ]);
    assert.deepEqual(
      shown,
      shown.toSorted((a, b) => a - b),
    );
    assert.equal(shown.at(-1), 100);
  });

  it('begins at 0 while the state is still that of the previous run', () => {
    const over: readonly RunEvent[] = [finished('a', 'locale'), { type: 'run-finished', outcome: 'ok' }];
    const { brief, percent } = progressLine(sourceAfter({ going: true, events: over }));
    assert.deepEqual([seen(brief), percent], ['0/8 steps', 0]);
  });

  it('does not count the steps that were cancelled before they started, or that a failure blocks', () => {
    const skipped: RunEvent = {
      ...{
        type: 'step-finished',
        node: 'c1',
        step: 'house',
        outcome: 'skipped',
        reasons: [],
        milliseconds: 0,
      },
    };
    const failed: RunEvent = { ...finished('c1', 'upgrade'), outcome: 'failed' } as RunEvent;
    const events = [
      started('c1', 'locale'),
      finished('c1', 'locale'),
      started('c1', 'upgrade'),
      failed,
      skipped,
    ];
    const source = sourceAfter({ going: true, events, cancelled: [{ nodes: ['c2'], when: 'after-step' }] });
    assert.equal(seen(progressLine(source).brief), '2/4 steps · 1 failed');
  });

  it('shows no time left when too little is known or when everything is done', () => {
    const few = sourceAfter({ ...going, events: transaction('a', 1, 2) });
    assert.doesNotMatch(seen(progressLine(few).text) ?? '', /left/);
    const through = sourceAfter({ ...going, events: transaction('a', 98, 99, 100) });
    assert.doesNotMatch(seen(progressLine(through).text) ?? '', /left/);
  });
});
