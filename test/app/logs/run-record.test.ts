import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { journalLine } from '../../../src/app/logs/journal-file.ts';
import { journalPath, runFolder } from '../../../src/app/logs/paths.ts';
import { createRunRecordReader } from '../../../src/app/logs/run-record.ts';
import { formats } from '../../../src/base/format.ts';
import { emptyRunState, reduceRun } from '../../../src/run/state.ts';
import { clearAway } from '../../support/clear-away.ts';
import { timed } from '../../view/world.ts';

const events = timed(
  [
    { type: 'node-connected', node: 'a' },
    { type: 'step-started', node: 'a', step: 'locale' },
    { type: 'log', node: 'a', step: 'locale', stream: 'stdout', line: '한글, and "quotes"' },
    { type: 'step-finished', node: 'a', step: 'locale', outcome: 'changed', reasons: [], milliseconds: 5 },
    { type: 'run-finished', outcome: 'ok' },
  ],
  'run',
);

describe('The record of a stored run', () => {
  let state = '';
  let path = '';
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'stackprep-record-'));
    path = journalPath(runFolder(state, 'r1'));
    await mkdir(dirname(path), { recursive: true });
  });
  afterEach(() => clearAway(state));

  it('is the state that the events lead to, with the nodes and steps of the run', async () => {
    await writeFile(path, events.map(journalLine).join(''));
    const reading = await createRunRecordReader(state, 'r1').read();
    assert.equal(reading.kind, 'record');
    assert.deepEqual(reading.record.state, events.reduce(reduceRun, emptyRunState));
    assert.deepEqual(reading.record.started.nodes, ['a', 'c1', 'c2']);
    assert.equal(reading.record.last, events.at(-1)?.at);
  });

  it('grows with its journal, wherever a write ended', async () => {
    const bytes = Buffer.from(events.map(journalLine).join(''));
    await writeFile(path, '');
    const reader = createRunRecordReader(state, 'r1');
    assert.equal((await reader.read()).kind, 'gone');
    for (let at = 0; at < bytes.length; at += 61) {
      await appendFile(path, bytes.subarray(at, at + 61));
      await reader.read();
    }
    assert.deepEqual(await reader.read(), await createRunRecordReader(state, 'r1').read());
  });

  it('skips lines that are no events, and a last one that is cut off', async () => {
    const [first = '', ...rest] = events.map(journalLine);
    await writeFile(path, `${first}not JSON\n{"type":"unheard-of","at":1}\n${rest.join('').slice(0, -9)}`);
    const reading = await createRunRecordReader(state, 'r1').read();
    assert.equal(reading.kind, 'record');
    assert.equal(reading.record.state.run?.outcome, undefined);
    assert.equal(reading.record.state.nodes.a?.steps.locale?.outcome, 'changed');
  });

  it('is refused if a later version wrote it, with the format', async () => {
    const format = formats.journal + 1;
    await writeFile(path, `${JSON.stringify({ format, ...events[0] })}\n`);
    assert.deepEqual(await createRunRecordReader(state, 'r1').read(), { kind: 'later', format });
  });

  it('is gone if its folder or its journal is', async () => {
    assert.deepEqual(await createRunRecordReader(state, 'r1').read(), { kind: 'gone' });
    assert.deepEqual(await createRunRecordReader(state, 'none').read(), { kind: 'gone' });
  });
});
