import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { changesNodes, isRunKind } from '../../src/base/run-kind.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { cellText } from '../../src/view/cell.ts';
import { logLines } from '../../src/view/log-lines.ts';
import { matrixOf } from '../../src/view/matrix.ts';
import { progressLine } from '../../src/view/progress-line.ts';
import { statusOfOutcome, statusText } from '../../src/view/status.ts';
import { summaryOf } from '../../src/view/summary.ts';
import { countTexts } from '../../src/view/tally.ts';
import { treeOf } from '../../src/view/tree.ts';
import type { TreeItemView } from '../../src/view/tree-item.ts';
import { clusterOf } from '../support/clusters.ts';
import { clusterText, seen, sourceAfter, timed } from './world.ts';

const cluster = clusterOf(clusterText);
const on = { node: 'a', step: 'locale' } as const;
const needed: RunEvent = { type: 'step-state', ...on, state: 'needed', reasons: [] };
const finished = (outcome: 'changed' | 'unchanged' | 'failed' | 'cancelled'): RunEvent => ({
  ...{ type: 'step-finished', ...on, outcome, reasons: [], milliseconds: 2000 },
});

/** The events of a step in a run of that kind, up to its end. */
function story(kind: RunKind, end: RunEvent): readonly RunEvent[] {
  if (kind === 'check') return [needed];
  const begun: readonly RunEvent[] = [
    { type: 'step-started', ...on },
    { type: 'phase', ...on, phase: 'apply' },
  ];
  // After an undo, the check reports the step as needed; that is the intended result.
  return [...begun, ...(kind === 'undo' ? [needed] : []), end];
}

function items(tree: readonly TreeItemView[]): readonly TreeItemView[] {
  return tree.flatMap((item) => [item, ...items(item.children)]);
}

function treeAfter(kind: RunKind, events: readonly RunEvent[], going = false) {
  const options = { groupBy: 'node', time: () => 'NOW', file: () => 'lab' } as const;
  const all = items(treeOf([sourceAfter({ kind, events, going })], options));
  const cell = all.find(({ target }) => target.step === on.step && target.nodes?.[0] === on.node);
  return {
    cluster: seen(all[0]?.description),
    cell: seen(cell?.description),
    tooltip: (cell?.tooltip.lines ?? []).map(english),
  };
}

type PerKind = Readonly<Record<RunKind, unknown>>;

function each(expected: PerKind, actual: (kind: RunKind) => unknown): void {
  for (const [kind, value] of Object.entries(expected))
    if (isRunKind(kind)) assert.deepEqual(actual(kind), value, kind);
}

describe('The run kinds check, run and undo', () => {
  it('are the only kinds that are accepted from a journal', () => {
    each({ check: false, run: true, undo: true }, changesNodes);
    for (const word of ['constructor', '__proto__', '', 'Run', undefined, 7])
      assert.equal(isRunKind(word), false);
  });

  it('have their own words in the matrix and in the counts', () => {
    each(
      {
        check: ['needed', ['1 needed']],
        run: ['changed', ['1 done (1 changed)']],
        undo: ['undone', ['1 undone']],
      },
      (kind) => {
        const state = timed(story(kind, finished('changed')), kind).reduce(reduceRun, emptyRunState);
        const request = { cluster, selection: { nodes: ['a'], steps: ['locale'] }, state };
        const [[cell] = []] = matrixOf(request).rows.map(({ cells }) => cells);
        assert.ok(cell);
        return [english(cellText(cell)), countTexts(summaryOf(request), true).map(english)];
      },
    );
    each({ check: 'unchanged', run: 'unchanged', undo: 'nothing to undo' }, (kind) =>
      english(statusText(statusOfOutcome('unchanged', kind), kind)),
    );
  });

  it('have their own lists in the summary: open steps after a check, failed steps after a change', () => {
    each({ check: [1, 0], run: [0, 1], undo: [0, 1] }, (kind) => {
      const state = timed(story(kind, finished('failed')), kind).reduce(reduceRun, emptyRunState);
      const { open, failed } = summaryOf({ cluster, selection: {}, state });
      return [open.length, failed.length];
    });
  });

  it('have their own lines in the output channel', () => {
    each(
      {
        check: ['== check of lab on a', '== needed'],
        run: ['== run of lab on a', '== started', '== changed after 2 s'],
        undo: ['== undo of lab on a', '== undoing', '== undone after 2 s'],
      },
      (kind) => {
        const begin: RunEvent = {
          type: 'run-started',
          run: 'r',
          kind,
          cluster: 'lab',
          nodes: ['a'],
          steps: [],
        };
        return [begin, ...story(kind, finished('changed'))].flatMap((event) =>
          logLines({ ...event, at: 0 }, kind).map(({ text }) =>
            typeof text === 'string' ? text : english(text),
          ),
        );
      },
    );
    each({ check: '== nothing to do', run: '== nothing to do', undo: '== nothing to undo' }, (kind) => {
      const [line] = logLines({ ...finished('unchanged'), at: 0 }, kind);
      return typeof line?.text === 'object' ? english(line.text) : line?.text;
    });
  });

  it('have their own words in the tree while they are in progress', () => {
    const applying = (kind: RunKind) => story(kind, finished('changed')).slice(0, 2);
    each(
      {
        check: ['running, 0 of 3 nodes', 'needed'],
        run: ['running, 0 of 3 nodes', 'running'],
        undo: ['undoing, 0 of 3 nodes', 'undoing'],
      },
      (kind) => {
        const { cluster: whole, cell } = treeAfter(kind, applying(kind), true);
        return [whole, cell];
      },
    );
  });

  it('have their own words in the tree and its tooltips after they end', () => {
    const end: RunEvent = { type: 'run-finished', outcome: 'failed' };
    each(
      {
        check: ['checked NOW', 'needed', undefined],
        run: ['run NOW', 'failed', 'run'],
        undo: ['last undo NOW', 'undo failed', 'undo'],
      },
      (kind) => {
        const { cluster: whole, cell, tooltip } = treeAfter(kind, [...story(kind, finished('failed')), end]);
        const took = tooltip.flatMap((line) => /^The last (\w+) took 2 s\.$/.exec(line)?.[1] ?? []);
        return [whole?.split(' · ').at(-1), cell, took[0]];
      },
    );
    each(
      { check: 'needed', run: 'cancelled', undo: 'undo cancelled' },
      (kind) => treeAfter(kind, story(kind, finished('cancelled'))).cell,
    );
    each(
      { check: 'needed', run: 'changed', undo: 'undone' },
      (kind) => treeAfter(kind, story(kind, finished('changed'))).cell,
    );
  });

  it('count the steps that they finish as progress', () => {
    each(
      { check: 12, run: 12, undo: 12 },
      (kind) =>
        progressLine(sourceAfter({ kind, events: story(kind, finished('changed')), going: true })).percent,
    );
  });
});
