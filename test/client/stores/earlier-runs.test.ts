import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedLogs } from '../../../src/app/logs/stored-runs.ts';
import { english } from '../../../src/base/l10n.ts';
import {
  createEarlierRuns,
  type EarlierRuns,
  type HistoryRun,
} from '../../../src/client/stores/earlier-runs.ts';
import type { TimedEvent } from '../../../src/run/events.ts';
import { lensesOf } from '../../../src/view/lens.ts';
import { earlierMessage, earlierText } from '../../../src/view/live.ts';
import { treeOf } from '../../../src/view/tree.ts';
import { clearAway } from '../../support/clear-away.ts';
import { sourceAfter } from '../../view/world.ts';

const file = '/w/lab.cluster.yaml';

describe('The store of earlier runs', () => {
  let state = '';
  before(async () => {
    state = await mkdtemp(join(tmpdir(), 'stackprep-earlier-'));
  });
  after(() => clearAway(state));

  const write = async (run: string, events: readonly TimedEvent[], rest = ''): Promise<void> => {
    const folder = join(state, 'runs', run);
    await mkdir(join(folder, 'a'), { recursive: true });
    await writeFile(
      join(folder, 'journal.jsonl'),
      events.map((event) => `${JSON.stringify(event)}\n`).join('') + rest,
    );
    await writeFile(join(folder, 'a', 'locale.log'), 'a line\n');
    await writeFile(join(folder, 'a', 'locale.1.raw'), 'bytes');
  };
  const started = (run: string, of: string, at: number): TimedEvent => ({
    ...{ type: 'run-started', run, kind: 'run', cluster: 'lab', nodes: ['a'], steps: ['locale'] },
    ...{ file: of, at },
  });
  const read = (store: EarlierRuns): Promise<void> =>
    new Promise((resolve) => {
      const unsubscribe = store.onDidChange(() => {
        unsubscribe();
        resolve();
      });
      store.refresh();
    });
  const fail = (cause: unknown): void => assert.fail(String(cause));

  it('is undefined until the first load, and then reports that there are no runs', async () => {
    const store = createEarlierRuns(join(state, 'missing'), fail);
    assert.equal(store.of(file), undefined);
    await read(store);
    assert.deepEqual(store.of(file), []);
  });

  it('has the runs of each cluster file, newest first, including one whose process was killed', async () => {
    await write('r1', [started('r1', file, 1), { type: 'run-finished', outcome: 'ok', at: 2 }]);
    await write('r2', [started('r2', file, 3)], '{"type":"log","at":4,"li');
    await write('r3', [started('r3', '/w/other.cluster.yaml', 5)]);
    const store = createEarlierRuns(state, fail);
    await read(store);
    assert.deepEqual(
      store.of(file)?.map(({ run, outcome }) => [run, outcome]),
      [
        ['r2', undefined],
        ['r1', 'ok'],
      ],
    );
    assert.equal(store.fileOf('r3'), '/w/other.cluster.yaml');
  });

  it('picks up a run that was stored later', async () => {
    const store = createEarlierRuns(state, fail);
    await read(store);
    await write('r4', [started('r4', file, 6)]);
    await read(store);
    assert.deepEqual(
      store.of(file)?.map(({ run }) => run),
      ['r4', 'r2', 'r1'],
    );
  });

  it('knows which process follows a run, and reports nothing as long as nothing changes', async () => {
    const owned = async (run: string, pid: number): Promise<void> => {
      await write(run, [started(run, file, 7)]);
      await writeFile(join(state, 'runs', run, 'owner'), JSON.stringify({ pid, birth: '' }));
    };
    await owned('r5', process.pid);
    await owned('r6', process.ppid);
    const store = createEarlierRuns(state, fail);
    await read(store);
    assert.deepEqual(
      ['r4', 'r5', 'r6'].map((run) => store.find(run)?.follower),
      [undefined, 'here', 'elsewhere'],
    );
    let count = 0;
    store.onDidChange(() => {
      count += 1;
    });
    store.refresh();
    await owned('r7', process.ppid);
    await read(store);
    assert.equal(count, 1);
  });

  it('reads the states of a run, and of one in progress as far as it is', async () => {
    const step = { node: 'a', step: 'locale' } as const;
    const events: TimedEvent[] = [started('r8', file, 8), { type: 'step-started', ...step, at: 9 }];
    await write('r8', events);
    const store = createEarlierRuns(state, fail);
    await read(store);
    const find = (): HistoryRun => {
      const run = store.find('r8');
      assert.ok(run);
      return run;
    };
    const phase = async () => (await store.state(find()))?.nodes.a?.steps.locale?.phase;
    assert.equal(await phase(), undefined, 'no process follows it');
    await writeFile(join(state, 'runs/r8/owner'), JSON.stringify({ pid: process.ppid, birth: '' }));
    await read(store);
    assert.equal(await phase(), 'check');
    const end = { ...step, outcome: 'changed', reasons: [], milliseconds: 1, at: 10 } as const;
    await write('r8', [
      ...events,
      { type: 'step-finished', ...end },
      { type: 'run-finished', outcome: 'ok', at: 11 },
    ]);
    await read(store);
    assert.equal((await store.state(find()))?.nodes.a?.steps.locale?.outcome, 'changed');
  });

  it('finds the logs of a run, and none for a run that was pruned', async () => {
    assert.deepEqual(await storedLogs(state, 'r1'), [{ run: 'r1', node: 'a', step: 'locale' }]);
    assert.deepEqual(await storedLogs(state, 'gone'), []);
  });
});

describe('A cluster with runs from earlier windows', () => {
  const stored = { ...sourceAfter({}), earlier: 10 };
  const expected = '10 earlier runs are stored. Nothing has been checked in this window yet.';

  it('reports them and offers their logs', () => {
    const [root] = treeOf([stored], { groupBy: 'node', time: String, file: String });
    assert.ok(root?.description);
    assert.equal(english(root.description), '3 nodes · 10 earlier runs');
    assert.ok(root.tooltip.lines.map(english).includes(expected));
    assert.ok(root.traits.includes('log') && root.children.every(({ traits }) => traits.includes('log')));
    const lenses = lensesOf(stored, { trusted: true }).map(({ title }) => english(title));
    assert.ok(lenses.includes('Log'));
    const message = earlierMessage([stored, sourceAfter({})]);
    assert.equal(message && english(message), expected);
  });

  it('is counted when several clusters have earlier runs', () => {
    const message = earlierMessage([stored, { ...stored, earlier: 1 }]);
    assert.ok(message && /^11 earlier runs of 2 clusters /.test(english(message)));
  });

  it('does not mention them once this window has results or a run is in progress', () => {
    assert.equal(earlierText({ ...sourceAfter({ events: [] }), earlier: 10 }), undefined);
    assert.equal(earlierText({ ...sourceAfter({ going: true }), earlier: 10 }), undefined);
    assert.equal(earlierText({ ...sourceAfter({}), earlier: 0 }), undefined);
    assert.equal(earlierMessage([sourceAfter({})]), undefined);
  });
});
