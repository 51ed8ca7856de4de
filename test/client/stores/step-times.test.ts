import assert from 'node:assert/strict';
import type { HistoryRun } from '../../../src/client/stores/earlier-runs.ts';
import { createStepTimes } from '../../../src/client/stores/step-times.ts';
import type { RunState } from '../../../src/run/state.ts';

const file = '/w/lab.cluster.yaml';

function historyRun(run: string, rest: Partial<HistoryRun> = {}): HistoryRun {
  return {
    ...{ run, folder: `/s/${run}`, format: 1, kind: 'run', cluster: 'lab', nodes: ['a'], steps: ['locale'] },
    ...{ file, started: 1, last: 2, outcome: 'ok', ...rest },
  };
}

function stateOf(run: string, milliseconds: number): RunState {
  const step = { reasons: [], notices: [], outcome: 'changed', logRun: run, endedIn: run } as const;
  return {
    run: { id: run, kind: 'run', startedAt: 1 },
    nodes: { a: { connection: 'idle', steps: { locale: { ...step, milliseconds } } } },
  };
}

/** A store over these runs; `reported` resolves when the store has reported that more is known. */
function storeOf(runs: () => readonly HistoryRun[], state: (run: HistoryRun) => RunState | undefined) {
  const asked: string[] = [];
  let release: () => void = () => undefined;
  const store = createStepTimes({
    earlier: {
      of: (name) => (name === file ? runs() : undefined),
      state: async (run) => {
        asked.push(run.run);
        return state(run);
      },
    },
    changed: () => release(),
    report: (cause) => assert.fail(String(cause)),
  });
  const reported = (): Promise<void> =>
    new Promise((resolve) => {
      release = resolve;
    });
  return { store, asked, reported };
}

describe('The times of the steps of past runs', () => {
  it('are read once, from finished runs of that kind', async () => {
    const { outcome: _, ...unfinished } = historyRun('now');
    const runs = [unfinished, historyRun('checked', { kind: 'check' }), historyRun('r2'), historyRun('r1')];
    const { store, asked, reported } = storeOf(
      () => runs,
      ({ run }) => stateOf(run, run === 'r1' ? 100 : 300),
    );
    const known = reported();
    assert.equal(store.of(file, 'run'), undefined);
    await known;
    assert.equal(store.of(file, 'run')?.changed.get('locale'), 200);
    assert.deepEqual(asked, ['r2', 'r1']);
  });

  it('stay as they were until those of a newer run have been read', async () => {
    let runs = [historyRun('r1')];
    const { store, reported } = storeOf(
      () => runs,
      ({ run }) => stateOf(run, run === 'r1' ? 100 : 300),
    );
    const first = reported();
    store.of(file, 'run');
    await first;
    runs = [historyRun('r2'), historyRun('r1')];
    const second = reported();
    assert.equal(store.of(file, 'run')?.changed.get('locale'), 100);
    await second;
    assert.equal(store.of(file, 'run')?.changed.get('locale'), 200);
  });

  it('are empty if no result can be read, and unknown for a check or a file without runs', async () => {
    const { store, asked, reported } = storeOf(
      () => [historyRun('r1')],
      () => undefined,
    );
    const known = reported();
    assert.equal(store.of(file, 'run'), undefined);
    await known;
    assert.equal(store.of(file, 'run')?.changed.size, 0);
    assert.equal(store.of(file, 'check'), undefined);
    assert.equal(store.of('/w/other.cluster.yaml', 'run'), undefined);
    assert.deepEqual(asked, ['r1']);
  });
});
