import assert from 'node:assert/strict';
import type { DashboardCell, DashboardRow } from '../../src/view/dashboard/model.ts';
import { applyUpdate, emptyModel, nodesOf, type PageModel, visibleRows } from '../../src/webview/model.ts';
import { moved } from '../../src/webview/navigate.ts';
import { axisLength, clock, segmentsOf } from '../../src/webview/times.ts';

const done: DashboardCell = { status: 'done', traits: [] };
const failed: DashboardCell = { status: 'failed', traits: [] };

function row(id: string, cells: readonly DashboardCell[], group?: string): DashboardRow {
  const status = cells[0]?.status ?? 'none';
  return {
    ...{ id, label: id, isGroup: id === 'g', status, traits: [], cells },
    ...(group ? { group } : {}),
  };
}

const rows = [row('a', [done]), row('g', [failed]), row('c2', [failed], 'g'), row('c1', [done], 'g')];

function filled(): PageModel {
  return applyUpdate(emptyModel, {
    steps: [{ id: 'locale', runnable: true }],
    order: rows.map(({ id }) => id),
    rows: rows.map(({ cells, ...face }) => ({
      ...face,
      cells: cells.map((cell, column) => ({ column, cell })),
    })),
  });
}

const ids = (model: PageModel, open: readonly string[], onlyFailures = false): readonly string[] =>
  visibleRows(model, { open: new Set(open), onlyFailures }).map(({ id }) => id);

describe('The rows of the page', () => {
  it('hide the nodes of a group until it is open', () => {
    assert.deepEqual(ids(filled(), []), ['a', 'g']);
    assert.deepEqual(ids(filled(), ['g']), ['a', 'g', 'c2', 'c1']);
  });

  it('show with the filter only failures, those of closed groups included', () => {
    assert.deepEqual(ids(filled(), [], true), ['g', 'c2']);
  });

  it('keep the cells that an update does not name', () => {
    const { cells: _, ...face } = row('a', []);
    const model = applyUpdate(filled(), { rows: [{ ...face, status: 'running', cells: [] }] });
    assert.deepEqual([model.rows.get('a')?.status, model.rows.get('a')?.cells], ['running', [done]]);
  });

  it('ignore a cell outside of the columns', () => {
    const { cells: _, ...face } = row('a', []);
    const cells = [-1, 1, 0.5, 1e9].map((column) => ({ column, cell: failed }));
    const model = applyUpdate(filled(), { rows: [{ ...face, cells }] });
    assert.deepEqual(model.rows.get('a')?.cells, [done]);
  });

  it('are dropped when the order no longer has them, and when the steps change', () => {
    assert.equal(applyUpdate(filled(), { order: ['g'] }).rows.has('a'), false);
    assert.equal(applyUpdate(filled(), { steps: [], order: [] }).rows.size, 0);
  });

  it('mean all nodes of a group', () => {
    assert.deepEqual([nodesOf(filled(), 'g'), nodesOf(filled(), 'a')], [['c2', 'c1'], ['a']]);
  });
});

describe('The keys of the grid', () => {
  const size = { rows: 20, columns: 3 };
  it('move by one, to the ends, and by pages, and stop at the edges', () => {
    assert.deepEqual(moved('ArrowRight', { row: 0, column: 0 }, size), { row: 0, column: 1 });
    assert.deepEqual(moved('ArrowUp', { row: 0, column: 1 }, size), { row: 0, column: 1 });
    assert.deepEqual(moved('PageDown', { row: 15, column: 1 }, size), { row: 19, column: 1 });
    assert.deepEqual(moved('Home', { row: 4, column: 2 }, size), { row: 4, column: 0 });
    assert.deepEqual(moved('Control+End', { row: 0, column: 0 }, size), { row: 19, column: 2 });
  });

  it('leave every other key to VS Code', () => {
    for (const key of ['a', 'Tab', 'F10', 'Escape', 'Control+ArrowDown', 'constructor'])
      assert.equal(moved(key, { row: 0, column: 0 }, size), undefined, key);
  });
});

describe('The times of the page', () => {
  const ran = (startedAt: number, milliseconds?: number): DashboardCell => ({
    ...done,
    startedAt,
    ...(milliseconds === undefined ? {} : { milliseconds }),
  });

  it('are segments in the order of their starts; a running step ends now', () => {
    const segments = segmentsOf([row('a', [ran(50), done, ran(10, 20)])], 90);
    assert.deepEqual(segments, [
      { column: 2, from: 10, to: 30, isOpen: false },
      { column: 0, from: 50, to: 90, isOpen: true },
    ]);
  });

  it('of a group reach from the first start to the last end', () => {
    const group = [row('a', [ran(10, 5)]), row('b', [ran(20, 30)])];
    assert.deepEqual(segmentsOf(group, 0), [{ column: 0, from: 10, to: 50, isOpen: false }]);
  });

  it('have an axis with room while a run is in progress, and an exact one at its end', () => {
    assert.equal(axisLength(61_000, true), 120_000);
    assert.equal(axisLength(61_000, false), 61_000);
    assert.ok(axisLength(1e9, true) > 1e9);
  });

  it('are written as a clock', () => {
    assert.deepEqual([0, 59_600, 3_729_000].map(clock), ['0:00', '1:00', '1:02:09']);
  });
});
