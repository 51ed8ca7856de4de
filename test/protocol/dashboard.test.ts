import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { decodeIntent, decodeMemory, decodeMessage } from '../../src/protocol/dashboard.ts';
import { dashboardOf } from '../../src/view/dashboard/dashboard.ts';
import { nothingSent, updateOf } from '../../src/view/dashboard/update.ts';
import { sourceAfter } from '../view/world.ts';

const hostile: readonly unknown[] = [
  ...[undefined, null, 0, '', 'ready', [], [{ type: 'ready' }], {}, { type: 'constructor' }],
  ...[{ type: '__proto__' }, { type: ['ready'] }, Object.create({ type: 'ready' })],
];

describe('The messages of the dashboard', () => {
  it('decode every intent of the page', () => {
    for (const intent of [
      { type: 'ready' },
      { type: 'act', action: 'log', nodes: ['a'], step: 'upgrade' },
      { type: 'act', action: 'cancel' },
      { type: 'act', action: 'stopAfterStep' },
      { type: 'showRun', run: 'r1' },
      { type: 'showRun' },
    ])
      assert.deepEqual(decodeIntent(intent), intent);
  });

  it('refuse anything else that a page sends', () => {
    const wrong = [
      { type: 'act' },
      { type: 'act', action: 'forgetSecrets' },
      { type: 'act', action: 'toString' },
      { type: 'act', action: 'run', nodes: 'a' },
      { type: 'act', action: 'run', nodes: [1] },
      { type: 'act', action: 'run', nodes: { length: 1, 0: 'a' } },
      { type: 'act', action: 'run', nodes: new Array(10_001).fill('a') },
      { type: 'act', action: 'run', step: 'x'.repeat(1001) },
      Object.create({ type: 'act', action: 'run' }),
      { type: 'open-run' },
    ];
    for (const value of [...hostile, ...wrong]) assert.equal(decodeIntent(value), undefined);
  });

  it('decode an update as it arrives after serialization', () => {
    const view = dashboardOf(sourceAfter({}), [], { translate: english, time: String, file: String, now: 1 });
    const { update } = updateOf(view, nothingSent);
    const message = JSON.parse(JSON.stringify({ type: 'update', update }));
    assert.deepEqual(decodeMessage(message), message);
  });

  it('refuse an update with a cell of an unknown status or without its words', () => {
    const row = { id: 'a', label: 'a', isGroup: false, status: 'done', traits: [], cells: [] };
    const cell = { status: 'done', traits: [] };
    const update = (rows: readonly unknown[]): unknown => ({ type: 'update', update: { rows } });
    assert.ok(decodeMessage(update([{ ...row, cells: [{ column: 0, cell }] }])));
    for (const each of [{ ...cell, status: 'valueOf' }, { status: 'done' }, { ...cell, percent: Number.NaN }])
      assert.equal(decodeMessage(update([{ ...row, cells: [{ column: 0, cell: each }] }])), undefined);
    for (const value of hostile) assert.equal(decodeMessage(value), undefined);
    assert.equal(
      decodeMessage({ type: 'texts', texts: { statuses: {}, actions: {}, labels: {} } }),
      undefined,
    );
  });

  it('refuse a memory of a page that is not one', () => {
    const memory = { uri: 'file:///lab.cluster.yaml', open: ['g'], onlyFailures: true };
    assert.deepEqual(decodeMemory(memory), memory);
    for (const value of [...hostile, { ...memory, uri: 1 }, { ...memory, open: 'g' }])
      assert.equal(decodeMemory(value), undefined);
  });
});
