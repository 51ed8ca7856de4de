import assert from 'node:assert/strict';
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

describe('The progress of a run', () => {
  const going = { events: transaction('a', 1, 2, 3, 4, 5), going: true } as const;

  it('estimates the time left from the pace of the transaction, identically in notification, status bar, tree and lens', () => {
    const source = sourceAfter(going);
    const line = progressLine(source);
    assert.equal(seen(line.text), '0 of 3 nodes finished · a: upgrade, 42 %, about 2 min left');
    assert.equal(seen(line.short), '4 %, about 2 min left');
    const tree = treeOf([source], { groupBy: 'node', time: String, file: String });
    const cell = tree[0]?.children[0]?.children.find(({ label }) => label === 'upgrade');
    assert.equal(seen(cell?.description), 'running, 42 %, about 2 min left');
    const titles = lensesOf(source, { trusted: true }).map(({ title }) => seen(title));
    assert.ok(titles.includes('⟳ 0/3, 14 %, about 2 min left'), titles.join());
  });

  it('names the Packstack manifest that is being applied and how many are done, in notification and tree', () => {
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
    assert.equal(seen(progressLine(source).text), `0 of 3 nodes finished · a: upgrade, ${shown}`);
    const tree = treeOf([source], { groupBy: 'node', time: String, file: String });
    const cell = tree[0]?.children[0]?.children.find(({ label }) => label === 'upgrade');
    assert.equal(seen(cell?.description), `running, ${shown}`);
  });

  it('counts the finished part of a step', () => {
    assert.equal(progressLine(sourceAfter(going)).percent, 4);
    const end: RunEvent = { type: 'node-finished', node: 'a', outcome: 'ok' };
    assert.equal(progressLine(sourceAfter({ ...going, events: [...going.events, end] })).percent, 33);
  });

  it('names the node that takes longest', () => {
    const source = sourceAfter({
      ...going,
      events: [...transaction('a', 50, 60, 70), ...transaction('c1', 1, 2, 3)],
    });
    assert.match(seen(progressLine(source).text) ?? '', /c1: upgrade, \d+ %, about 2 min left$/);
  });

  it('shows no time left when too little is known or when everything is done', () => {
    const few = sourceAfter({ ...going, events: transaction('a', 1, 2) });
    assert.equal(seen(progressLine(few).short), '4 %');
    const through = sourceAfter({ ...going, events: transaction('a', 98, 99, 100) });
    assert.doesNotMatch(seen(progressLine(through).short) ?? '', /left/);
  });
});
