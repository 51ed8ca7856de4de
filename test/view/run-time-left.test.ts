import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/run/events.ts';
import type { RunState } from '../../src/run/state.ts';
import { progressLine } from '../../src/view/progress-line.ts';
import { runTimeLeft } from '../../src/view/run-time-left.ts';
import { expectedTime, type StepTimes, stepTimes } from '../../src/view/step-times.ts';
import { seen, sourceAfter } from './world.ts';

const minute = 60_000;
const connected = (node: string): RunEvent => ({ type: 'node-connected', node });
const started = (node: string, step: string): RunEvent => ({ type: 'step-started', node, step });
const working = (node: string, step: string): readonly RunEvent[] => [
  connected(node),
  started(node, step),
  { type: 'phase', node, step, phase: 'apply' },
];
const finished = (node: string, step: string): RunEvent => ({
  ...{ type: 'step-finished', node, step, outcome: 'changed', reasons: [], milliseconds: 1 },
});

/** Times in minutes. */
function times(changed: Readonly<Record<string, number>>, unchanged = changed): StepTimes {
  const inMs = (table: Readonly<Record<string, number>>) =>
    new Map(Object.entries(table).map(([id, minutes]) => [id, minutes * minute]));
  return { changed: inMs(changed), unchanged: inMs(unchanged) };
}
const all = times({ locale: 1, upgrade: 10, house: 2 });

interface Told {
  readonly past?: StepTimes;
  readonly parallelNodes?: number;
  /** Milliseconds after the last event. */
  readonly later?: number;
}

/** The lab (a: locale, upgrade; c1, c2: also house), whose panko this version cannot run. */
function sourceOf(events: readonly RunEvent[], { past = all, parallelNodes = 16, later = 0 }: Told = {}) {
  const timing = { times: past, parallelNodes, now: 1000 * (events.length + 1) + later };
  return { ...sourceAfter({ going: true, events }), timing };
}

function minutes(events: readonly RunEvent[], told?: Told): number | undefined {
  const left = runTimeLeft(sourceOf(events, told));
  return left === undefined ? undefined : left / minute;
}

/** A stored run of one node with the milliseconds that its steps took. */
function storedRun(
  run: string,
  took: Readonly<Record<string, number>>,
  outcome: 'changed' | 'unchanged' | 'failed' = 'changed',
): RunState {
  const steps = Object.entries(took).map(([id, milliseconds]) => [
    id,
    { reasons: [], notices: [], outcome, milliseconds, logRun: run, endedIn: run },
  ]);
  return {
    run: { id: run, kind: 'run', startedAt: 1 },
    nodes: { a: { connection: 'idle', steps: Object.fromEntries(steps) } },
  };
}

describe('The time that a run has left', () => {
  it('is that of the node with the most work while all nodes run at once', () => {
    assert.equal(minutes([]), 13);
    assert.equal(minutes([connected('a'), connected('c1'), connected('c2')]), 13);
  });

  it('counts nodes that wait for one of the places of the nodes that run at once', () => {
    assert.equal(minutes([], { parallelNodes: 1 }), 37);
    assert.equal(minutes([], { parallelNodes: 2 }), 24);
    assert.equal(minutes(working('c1', 'locale'), { parallelNodes: 1 }), 37);
  });

  it('is not shown if a step that will run took part in no past run', () => {
    assert.equal(minutes([], { past: times({ locale: 1, upgrade: 10 }) }), undefined);
    assert.equal(minutes([], { past: times({}) }), undefined);
    assert.equal(runTimeLeft(sourceAfter({ going: true, events: [] })), undefined);
  });

  it('needs no time for steps that are over or will not run', () => {
    const past = times({ upgrade: 10, house: 2 });
    const events = ['a', 'c1', 'c2'].flatMap((node) => [
      ...working(node, 'locale'),
      finished(node, 'locale'),
    ]);
    assert.equal(minutes(events, { past }), 12);
    const cancelled = [{ nodes: ['c1', 'c2'], when: 'after-step' }] as const;
    const source = sourceAfter({ going: true, events, cancelled });
    const timing = { times: times({ upgrade: 10 }), parallelNodes: 16, now: 0 };
    assert.equal(runTimeLeft({ ...source, timing }), 10 * minute);
  });

  it('becomes shorter while a step runs, and is never negative', () => {
    const events = working('a', 'upgrade');
    const past = times({ locale: 0.1, upgrade: 10, house: 0.1 });
    const only: readonly RunEvent[] = [
      ...['c1', 'c2'].map((node): RunEvent => ({ type: 'node-finished', node, outcome: 'ok' })),
      ...[started('a', 'locale'), finished('a', 'locale'), ...events],
    ];
    const at = (later: number) => minutes(only, { past, later });
    const told = Array.from({ length: 12 }, (_, index) => at(index * minute));
    assert.deepEqual(told, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, undefined, undefined]);
    // A clock that was set back does not make it longer.
    assert.equal(at(-5 * minute), 10);
  });

  it('changes once a minute only', () => {
    const events = working('a', 'upgrade');
    const source = sourceOf(events);
    const told = Array.from({ length: 300 }, (_, second) => {
      const timing = { ...source.timing, now: source.timing.now + 2000 * second };
      return runTimeLeft({ ...source, timing });
    });
    const changes = told.filter((value, index) => index > 0 && value !== told[index - 1]);
    assert.ok(changes.length <= 10, String(changes));
    assert.deepEqual(
      told,
      [...told].sort((a, b) => (b ?? 0) - (a ?? 0)),
    );
  });

  it('takes a step that the check has found done as quick', () => {
    const past = times({ locale: 1, upgrade: 10, house: 2 }, { upgrade: 0.5, locale: 0.5, house: 0.5 });
    const found = ['a', 'c1', 'c2'].map(
      (node): RunEvent => ({ type: 'step-state', node, step: 'upgrade', state: 'done', reasons: [] }),
    );
    assert.equal(minutes(found, { past }), 4);
  });

  it('is not shown in a run with several batches', () => {
    assert.equal(minutes([{ type: 'batch-started', batch: 1, of: 2 }]), undefined);
    assert.equal(minutes([{ type: 'batch-started', batch: 1, of: 1 }]), 13);
  });

  it('stands after the number of steps, away from the time of a transaction', () => {
    const source = sourceOf(working('a', 'upgrade'));
    assert.equal(seen(progressLine(source).brief), '0/8 steps, about 13 min left · upgrade on a');
    const { timing: _, ...unknown } = source;
    assert.equal(seen(progressLine(unknown).brief), '0/8 steps · upgrade on a');
  });
});

describe('The usual time of a step', () => {
  it('is the median of past runs of that kind', () => {
    const runs = [10, 30, 1000].map((locale, index) => storedRun(`r${index}`, { locale }));
    assert.equal(stepTimes(runs, 'run').changed.get('locale'), 30);
    assert.equal(stepTimes(runs.slice(0, 2), 'run').changed.get('locale'), 20);
    assert.equal(stepTimes(runs, 'undo').changed.size, 0);
  });

  it('comes from steps that the run started and that succeeded', () => {
    assert.equal(stepTimes([storedRun('r', { locale: 9 }, 'failed')], 'run').changed.size, 0);
    const other = storedRun('r', { locale: 9 });
    const stale = { ...other, run: { id: 'later', kind: 'run', startedAt: 2 } } as const;
    assert.equal(stepTimes([stale], 'run').changed.size, 0);
  });

  it('is not taken from a damaged result', () => {
    const took = { a: -5, b: 0, c: Number.MAX_VALUE, d: 7, constructor: 8 };
    const { changed } = stepTimes([storedRun('r', took)], 'run');
    assert.deepEqual(
      [...changed],
      [
        ['d', 7],
        ['constructor', 8],
      ],
    );
  });

  it('is the time of an unchanged step if it is as the run wants it', () => {
    const known = { changed: new Map([['locale', 50]]), unchanged: new Map([['locale', 5]]) };
    const at = (state: 'done' | 'needed' | undefined, kind: 'run' | 'undo') =>
      expectedTime(known, {
        ...{ id: 'locale', kind },
        step: { reasons: [], notices: [], ...(state ? { state } : {}) },
      });
    assert.deepEqual([at('done', 'run'), at('needed', 'run'), at(undefined, 'run')], [5, 50, 50]);
    assert.deepEqual([at('done', 'undo'), at('needed', 'undo')], [50, 5]);
  });
});
