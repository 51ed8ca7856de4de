import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journal } from '../../../src/app/logs/journal.ts';
import { nodeLogBytes, removeNodeLogs } from '../../../src/app/logs/node-logs.ts';
import { journalPath, resultPath, runFolder } from '../../../src/app/logs/paths.ts';
import { createRunRecordReader } from '../../../src/app/logs/run-record.ts';
import { stateOfRun } from '../../../src/app/logs/run-result.ts';
import { storedLogs, storedRuns } from '../../../src/app/logs/stored-runs.ts';
import { createWriteGuard } from '../../../src/app/logs/write-guard.ts';
import type { RunEvent, TimedEvent } from '../../../src/run/events.ts';
import { clearAway } from '../../support/clear-away.ts';

function onNode(node: string): readonly RunEvent[] {
  const on = { node, step: 'locale' } as const;
  return [
    { type: 'step-started', ...on },
    { type: 'log', ...on, stream: 'stdout', line: `a line of ${node}` },
    { type: 'step-finished', ...on, outcome: 'changed', reasons: [], milliseconds: 40 },
    { type: 'node-finished', node, outcome: 'ok' },
  ];
}
const story: readonly RunEvent[] = [
  { type: 'run-started', run: 'r1', kind: 'run', cluster: 'lab', nodes: ['a', 'b'], steps: ['locale'] },
  ...onNode('a'),
  ...onNode('b'),
  { type: 'run-finished', outcome: 'ok' },
];

describe('Removing the logs of a node from a stored run', () => {
  let state = '';
  const folder = (): string => runFolder(state, 'r1');
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'stackprep-node-logs-'));
    async function* all(): AsyncGenerator<TimedEvent> {
      yield* story.map((event, index) => ({ ...event, at: 1000 + index }));
    }
    for await (const _ of journal(all(), { stateFolder: state, writeGuard: createWriteGuard() }));
  });
  afterEach(() => clearAway(state));

  it('removes its lines everywhere and keeps those of other nodes', async () => {
    assert.equal(await nodeLogBytes(folder(), 'a'), 'a line of a\n'.length);
    await removeNodeLogs(folder(), 'a');
    assert.equal(await nodeLogBytes(folder(), 'a'), undefined);
    assert.deepEqual(await storedLogs(state, 'r1'), [{ run: 'r1', node: 'b', step: 'locale' }]);
    const text = readFileSync(journalPath(folder()), 'utf8');
    assert.doesNotMatch(text, /a line of a/);
    assert.match(text, /a line of b/);
    assert.equal(text.trimEnd().split('\n').length, story.length - 1);
  });

  it('leaves the run readable: its place in the list, its states and its record', async () => {
    const [before] = await storedRuns(state);
    assert.ok(before);
    const result = readFileSync(resultPath(folder()), 'utf8');
    const states = await stateOfRun(before);
    await removeNodeLogs(folder(), 'a');
    assert.deepEqual(await storedRuns(state), [before]);
    assert.equal(readFileSync(resultPath(folder()), 'utf8'), result);
    await rm(resultPath(folder()));
    assert.deepEqual(await stateOfRun(before), states);
    const reading = await createRunRecordReader(state, 'r1').read();
    assert.ok(reading.kind === 'record');
    assert.deepEqual(Object.keys(reading.record.state.nodes), ['a', 'b']);
  });

  it('leaves other folders alone for a name that is a path', async () => {
    await mkdir(join(state, 'precious'));
    await writeFile(join(state, 'precious', 'x'), 'x');
    for (const name of ['../../precious', '..', '.', '']) await removeNodeLogs(folder(), name);
    assert.ok(existsSync(join(state, 'precious', 'x')));
    assert.ok(existsSync(journalPath(folder())));
  });

  it('keeps a line that is cut off, as a killed process leaves it', async () => {
    await writeFile(journalPath(folder()), '{"type":"log","no', { flag: 'a' });
    await removeNodeLogs(folder(), 'b');
    assert.match(readFileSync(journalPath(folder()), 'utf8'), /\n\{"type":"log","no\n$/);
  });
});
