import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/run/events.ts';
import type { StepStatus } from '../../src/run/state.ts';
import { cellOf } from '../../src/view/cell.ts';
import { nodeOf } from '../../src/view/live.ts';
import { durationText, percentOf, type Status, worstOf } from '../../src/view/status.ts';
import { headline, tallyOf } from '../../src/view/tally.ts';
import { initialYum } from '../../src/yum/progress.ts';
import { seen, sourceAfter } from './world.ts';

const step = (status: Partial<StepStatus>): StepStatus => ({ reasons: [], notices: [], ...status });

const statusOf = (known: StepStatus | undefined) =>
  cellOf({ connection: 'idle', steps: known ? { locale: known } : {} }, 'locale', true).status;
const summaryText = (statuses: readonly Status[]) =>
  headline(
    tallyOf(
      statuses.map((status) => ({ status, kind: 'run' as const })),
      1,
      [],
    ),
  );

describe('The status of a step', () => {
  it('is not checked before the first check', () => {
    assert.equal(statusOf(undefined), 'unchecked');
    assert.equal(statusOf(step({ phase: 'queued' })), 'unchecked');
  });

  it('is running in every phase, whatever the earlier state', () => {
    for (const phase of ['check', 'apply', 'verify'] as const)
      assert.equal(statusOf(step({ state: 'done', outcome: 'failed', phase })), 'running');
  });

  it('is failed after a failed run until a check finds the step done', () => {
    assert.equal(statusOf(step({ state: 'needed', outcome: 'failed' })), 'failed');
    assert.equal(statusOf(step({ state: 'done', outcome: 'failed' })), 'done');
  });

  it('is failed after a failed undo', () => {
    const on = { node: 'a', step: 'locale' };
    const events: readonly RunEvent[] = [
      { type: 'step-state', ...on, state: 'done', reasons: [] },
      { type: 'step-started', ...on },
      { type: 'phase', ...on, phase: 'apply' },
      { type: 'step-finished', ...on, outcome: 'failed', reasons: [], milliseconds: 1 },
    ];
    const source = sourceAfter({ kind: 'undo', events });
    assert.equal(cellOf(nodeOf(source, 'a'), 'locale', true).status, 'failed');
  });

  it('is needed when a run skipped the step', () => {
    assert.equal(statusOf(step({ state: 'needed', outcome: 'skipped' })), 'needed');
  });

  it('is the most urgent one when several are combined', () => {
    assert.equal(worstOf(['done', 'needed', 'failed', 'running']), 'running');
    assert.equal(worstOf(['done', 'needed', 'failed']), 'failed');
    assert.equal(worstOf(['done', 'unchecked']), 'unchecked');
    assert.equal(worstOf(['done', 'unavailable']), 'done');
    assert.equal(worstOf([]), 'unchecked');
  });
});

describe('A summary of states', () => {
  it('starts with the failures and counts each state', () => {
    assert.equal(seen(summaryText(['done', 'needed', 'done', 'done'])), '3 done · 1 needed');
    assert.equal(seen(summaryText(['done', 'failed', 'unknown'])), '1 failed · 1 done · 1 unknown');
  });

  it('is empty before anything is known', () => {
    assert.equal(summaryText(['unchecked', 'unavailable']), undefined);
    assert.equal(summaryText([]), undefined);
  });
});

describe('A duration', () => {
  it('is shown in at most two units', () => {
    assert.equal(seen(durationText(1400)), '1 s');
    assert.equal(seen(durationText(59_400)), '59 s');
    assert.equal(seen(durationText(83_000)), '1 min 23 s');
    assert.equal(seen(durationText(7_384_000)), '2 h 3 min');
  });
});

describe('A percentage', () => {
  it('is a whole number, and is absent until yum or dnf prints a count', () => {
    assert.equal(percentOf({ ...initialYum, percent: 45.9 }), 45);
    assert.equal(percentOf(initialYum), undefined);
    assert.equal(percentOf(undefined), undefined);
  });
});
