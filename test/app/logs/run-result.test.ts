import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journal } from '../../../src/app/logs/journal.ts';
import { journalLine } from '../../../src/app/logs/journal-file.ts';
import { journalPath, resultPath, runFolder } from '../../../src/app/logs/paths.ts';
import { createJournalState, stateOfRun } from '../../../src/app/logs/run-result.ts';
import { createRunIndex, type StoredRun, storedRuns } from '../../../src/app/logs/stored-runs.ts';
import { createWriteGuard } from '../../../src/app/logs/write-guard.ts';
import { formats } from '../../../src/base/format.ts';
import type { RunEvent, TimedEvent } from '../../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { clearAway } from '../../support/clear-away.ts';

const on = { node: 'a', step: 'locale' } as const;
const story: readonly RunEvent[] = [
  { type: 'run-started', run: 'r1', kind: 'run', cluster: 'lab', nodes: ['a'], steps: ['locale'] },
  { type: 'node-connecting', node: 'a' },
  { type: 'step-started', ...on },
  { type: 'log', ...on, stream: 'stdout', line: 'a line' },
  { type: 'step-state', ...on, state: 'done', reasons: [{ code: 'note', args: ['x'] }] },
  { type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 40 },
  { type: 'node-finished', node: 'a', outcome: 'ok' },
  { type: 'run-finished', outcome: 'ok' },
];
const timed = (events: readonly RunEvent[]): TimedEvent[] =>
  events.map((event, index) => ({ ...event, at: 1000 + index }));
const expected = timed(story).reduce(reduceRun, emptyRunState);

describe('The stored result of a run', () => {
  let state = '';
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'stackprep-result-'));
  });
  afterEach(() => clearAway(state));

  async function play(events: readonly RunEvent[]): Promise<void> {
    async function* all(): AsyncGenerator<TimedEvent> {
      yield* timed(events);
    }
    for await (const _ of journal(all(), { stateFolder: state, writeGuard: createWriteGuard() }));
  }
  /** Writes a journal only, as versions without results did. */
  async function put(events: readonly TimedEvent[], run = 'r1', rest = ''): Promise<void> {
    await mkdir(runFolder(state, run), { recursive: true });
    await writeFile(journalPath(runFolder(state, run)), events.map(journalLine).join('') + rest);
  }
  const stored = async (): Promise<StoredRun> => {
    const [run] = await storedRuns(state);
    assert.ok(run);
    return run;
  };
  const result = (): string => resultPath(runFolder(state, 'r1'));

  it('is written at the end of a run and read instead of the journal', async () => {
    await play(story);
    const run = await stored();
    await rm(journalPath(run.folder));
    assert.deepEqual(await stateOfRun(run), expected);
  });

  it('is not written for a run without an end', async () => {
    await play(story.slice(0, -1));
    assert.equal(existsSync(result()), false);
    assert.equal((await stateOfRun(await stored()))?.run?.outcome, undefined);
  });

  it('is made once from the journal of a version that wrote none', async () => {
    await put(timed(story));
    const run = await stored();
    assert.deepEqual(await stateOfRun(run), expected);
    assert.ok(existsSync(result()));
    await rm(journalPath(run.folder));
    assert.deepEqual(await stateOfRun(run), expected);
  });

  for (const [what, text] of [
    ['is cut off', '{"format":1,"state":{"run":{"id":"r1"'],
    ['has wrong types', JSON.stringify({ format: 1, state: { run: { id: 'r1' }, nodes: { a: 7 } } })],
    ['is of a later format', JSON.stringify({ format: formats.result + 1, state: expected })],
    [
      'is of another run',
      JSON.stringify({ format: 1, state: { ...expected, run: { ...expected.run, id: 'r2' } } }),
    ],
    ['is not an object', '[]'],
    ['is empty', ''],
  ] as const)
    it(`is read from the journal again if the file ${what}`, async () => {
      await put(timed(story));
      await writeFile(result(), text);
      assert.deepEqual(await stateOfRun(await stored()), expected);
      assert.equal(JSON.parse(readFileSync(result(), 'utf8')).format, formats.result);
    });

  it('is read from the journal again if the file is huge, which is not read at all', async () => {
    await put(timed(story));
    await writeFile(result(), '{}');
    await truncate(result(), 5_000_000_000);
    assert.deepEqual(await stateOfRun(await stored()), expected);
  });

  it('keeps nodes and steps that are named like inherited properties', async () => {
    const names = { node: '__proto__', step: 'constructor' };
    const strange = story.map((event) => ({
      ...event,
      ...('node' in event ? { node: names.node } : {}),
      ...('step' in event ? { step: names.step } : {}),
      ...(event.type === 'run-started' ? { nodes: [names.node] } : {}),
    }));
    await play(strange as readonly RunEvent[]);
    const read = await stateOfRun(await stored());
    assert.deepEqual(Object.keys(read?.nodes ?? {}), ['__proto__']);
    assert.deepEqual(Object.keys(Object.values(read?.nodes ?? {})[0]?.steps ?? {}), ['constructor']);
    assert.equal(({} as Readonly<Record<string, unknown>>).steps, undefined);
  });

  it('is not read for a run of a later version', async () => {
    await mkdir(runFolder(state, 'r1'), { recursive: true });
    const [first, ...rest] = timed(story);
    const lines = [{ ...first, format: formats.journal + 1 }, ...rest].map((event) => JSON.stringify(event));
    await writeFile(journalPath(runFolder(state, 'r1')), `${lines.join('\n')}\n`);
    assert.equal(await stateOfRun(await stored()), undefined);
  });

  it('follows a journal that grows, and reads only what was added', async () => {
    const events = timed(story);
    await put(events.slice(0, 3), 'r1', '{"type":"step-sta');
    const reader = createJournalState({ run: 'r1', folder: runFolder(state, 'r1') });
    assert.equal((await reader.update()).nodes.a?.steps.locale?.phase, 'check');
    await put([...events.slice(0, 3), ...events.slice(4)]);
    assert.deepEqual(await reader.update(), expected);
  });

  it('skips a line that no version writes, however long', async () => {
    const [first, ...rest] = timed(story).map(journalLine);
    await mkdir(runFolder(state, 'r1'), { recursive: true });
    const long = `{"type":"notice","x":"${'x'.repeat(20_000_000)}"}\n`;
    await writeFile(journalPath(runFolder(state, 'r1')), [first, long, ...rest].join(''));
    assert.deepEqual(await stateOfRun(await stored()), expected);
  });
});

describe('The index of stored runs', () => {
  let state = '';
  before(async () => {
    state = await mkdtemp(join(tmpdir(), 'stackprep-index-'));
  });
  after(() => clearAway(state));

  it('reads only journals that have changed', async () => {
    const begin = (run: string): TimedEvent => ({
      ...{ type: 'run-started', run, kind: 'check', cluster: 'lab', nodes: [], steps: [], at: 1 },
    });
    const write = async (run: string, more = ''): Promise<void> => {
      await mkdir(runFolder(state, run), { recursive: true });
      await writeFile(journalPath(runFolder(state, run)), journalLine(begin(run)) + more);
    };
    await write('1');
    await write('2');
    const index = createRunIndex(state);
    const [second, first] = await index.list();
    await write('2', journalLine({ type: 'run-finished', outcome: 'ok', at: 5 }));
    const [after, same] = await index.list();
    assert.equal(same, first, 'an unchanged journal was read again');
    assert.notEqual(after, second);
    assert.equal(after?.outcome, 'ok');
    await rm(runFolder(state, '1'), { recursive: true });
    assert.deepEqual(
      (await index.list()).map(({ run }) => run),
      ['2'],
    );
  });
});
