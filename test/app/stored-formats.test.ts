import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, lastChange, openRuns } from '../../src/app/entry.ts';
import { createJobFiles } from '../../src/app/jobs/job-files.ts';
import { journal } from '../../src/app/logs/journal.ts';
import { journalEvents } from '../../src/app/logs/journal-file.ts';
import { journalPath, runFolder } from '../../src/app/logs/paths.ts';
import { laterFormat, storedRuns } from '../../src/app/logs/stored-runs.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { operate } from '../../src/app/operate.ts';
import { readUnfinishedRun } from '../../src/app/unfinished-run.ts';
import { formats } from '../../src/base/format.ts';
import { english } from '../../src/base/l10n.ts';
import { main } from '../../src/cli/cli.ts';
import { attachCommand, cancelCommand, confirmCommand } from '../../src/jobs/job.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { reasonText } from '../../src/view/reasons.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { jobOf, type LocalNode, localNode, someNode, start } from '../support/local-node.ts';
import { scriptedPorts } from '../support/scripted.ts';

/** What version 0.1.0 stored of two runs on a real node: one finished, the other one's process was killed. */
const cases = join(import.meta.dirname, '../cases/stored-0.1.0');
const finishedRun = '2026-11-30T17-59-40-297Z-fe0648';
const killedRun = '2026-11-30T17-59-54-720Z-b782a9';
const never = new AbortController().signal;
/** Shortly after the runs. */
const then = Date.UTC(2026, 10, 30, 18);

describe('A run that version 0.1.0 stored', () => {
  let state: string;
  let node: LocalNode;
  beforeEach(function () {
    if (process.platform !== 'linux') this.skip();
    state = mkdtempSync(join(tmpdir(), 'stackprep-stored-'));
    cpSync(join(cases, 'runs'), join(state, 'runs'), { recursive: true });
    node = localNode('dash');
    cpSync(join(cases, 'jobs'), join(node.base, 'jobs'), { recursive: true });
  });
  afterEach(() => {
    node?.remove();
    if (state) clearAwaySync(state);
  });

  it('is listed with the first format', async () => {
    const runs = await storedRuns(state);
    assert.deepEqual(
      runs.map(({ run, format, outcome, steps }) => [run, format, outcome, steps.join(' ')]),
      [
        [killedRun, 1, undefined, 'slow next'],
        [finishedRun, 1, 'failed', 'greet unchecked broken'],
      ],
    );
  });

  it('is read line by line, and its old reason codes are displayed as text', async () => {
    const reading = { path: journalPath(runFolder(state, finishedRun)), follow: false, signal: never };
    const codes: string[] = [];
    for await (const event of journalEvents(reading)) {
      assert.ok(event, 'a line cannot be read');
      if (event.type !== 'step-state') continue;
      for (const reason of event.reasons) codes.push(english(reasonText(reason)));
    }
    assert.deepEqual(
      [...new Set(codes)],
      [
        'The check of the custom step ended with exit code 1.',
        'The current version of this step has not run on this node.',
      ],
    );
  });

  it('is resumed: the log of its job continues, then the other steps run', async () => {
    const cluster = clusterOf(`cluster: lab
nodes:
  node1: { address: 127.0.0.1 }
steps:
  - { name: slow, run: "exit 7" }
  - { name: next, run: "echo the last step" }
`);
    const [open] = await openRuns(state, then);
    assert.equal(open?.run, killedRun);
    const left = await readUnfinishedRun(state, open);
    const writeGuard = createWriteGuard();
    const ports = {
      ...scriptedPorts({}),
      connector: { connect: async () => ({ ok: true as const, transport: node.transport() }) },
      files: createJobFiles(state, writeGuard),
      writeGuard,
    };
    const lines: string[] = [];
    const outcomes: string[] = [];
    const resumed = operate({ kind: 'run', cluster, selection: {} }, ports, never, left);
    for await (const event of journal(resumed, { stateFolder: state, writeGuard })) {
      if (event.type === 'log') lines.push(event.line);
      if (event.type === 'step-finished') outcomes.push(`${event.step} ${event.outcome}`);
    }
    assert.deepEqual(outcomes, ['slow changed', 'next changed']);
    assert.deepEqual(lines, ['over', 'the last step']);
  });
});

describe('A run that this version stores', () => {
  let state: string;
  let node: LocalNode;
  beforeEach(function () {
    if (process.platform !== 'linux') this.skip();
    state = mkdtempSync(join(tmpdir(), 'stackprep-stored-'));
    node = localNode('dash');
  });
  afterEach(() => {
    node?.remove();
    if (state) clearAwaySync(state);
  });

  async function store(): Promise<string> {
    const begun: TimedEvent = {
      ...{ type: 'run-started', run: killedRun, kind: 'run', cluster: 'lab', nodes: ['node1'] },
      ...{ steps: ['slow'], file: join(state, 'lab.cluster.yaml'), at: Date.now() },
    };
    async function* events(): AsyncGenerator<TimedEvent> {
      yield begun;
    }
    for await (const _ of journal(events(), { stateFolder: state, writeGuard: createWriteGuard() }));
    return journalPath(runFolder(state, killedRun));
  }
  /** Writes a run as a later version might: with additional fields and unknown events. */
  async function storeLater(): Promise<void> {
    const path = await store();
    const first = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '') as Record<string, unknown>;
    writeFileSync(path, `${JSON.stringify({ ...first, format: formats.journal + 1, shape: 'new' })}\n`);
    appendFileSync(path, `{"type":"step-paused","at":${Date.now()}}\n`);
  }
  async function cli(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    const { io, stdout, stderr } = fakeIo({ cwd: state });
    const code = await main([...argv, '--state-dir', state], io);
    return { code, out: stdout.text(), err: stderr.text() };
  }
  const refusal = new RegExp(
    `Run ${killedRun} was written by a later version of Stackprep \\(format ${formats.journal + 1}; this version reads up to ${formats.journal}\\)`,
  );

  it('records its format in the first line of the journal and in the folder of the job', async () => {
    const [first] = readFileSync(await store(), 'utf8').split('\n');
    assert.equal((JSON.parse(first ?? '') as { format: unknown }).format, formats.journal);
    assert.equal((await storedRuns(state))[0]?.format, formats.journal);
    await node.run(start(jobOf('r.s.1', 'exit 0')), 'lead');
    assert.equal(readFileSync(join(node.base, 'jobs/r.s.1/format'), 'utf8'), `${formats.job}\n`);
  });

  it('in a later format is listed but not read', async () => {
    await storeLater();
    const [run] = await storedRuns(state);
    assert.ok(run && laterFormat(run));
    assert.match((await cli('logs')).out, /b782a9/);
    const shown = await cli('logs', 'latest');
    assert.equal(shown.code, 2);
    assert.match(shown.err, refusal);
    assert.equal(shown.out, '');
  });

  it('in a later format is neither resumed nor retried', async () => {
    await storeLater();
    const file = join(state, 'lab.cluster.yaml');
    writeFileSync(file, 'cluster: lab\nnodes:\n  node1: { address: 127.0.0.1, port: 1 }\nsteps: [locale]\n');
    const last = await lastChange(state, { cluster: 'lab', file });
    assert.match(english(last?.unreadable ?? { text: '', args: [] }), refusal);
    const retried = await cli('run', file, '--retry-failed', '--yes');
    assert.equal(retried.code, 2);
    assert.match(retried.err, refusal);
    const refuse = () => Promise.reject(new Error('a question was asked'));
    const prompts = { secret: refuse, hostKey: refuse };
    const engine = createEngine({ stateFolder: state, home: state, env: {}, prompts });
    const [open] = await engine.openRuns();
    assert.ok(open);
    const events: TimedEvent[] = [];
    for await (const event of engine.resume({ cluster: clusterOf(readFileSync(file, 'utf8')), open }, never))
      events.push(event);
    const [refused, end, ...more] = events;
    assert.equal(refused?.type === 'run-refused' && refused.failure.code, 'later-format');
    assert.equal(end?.type === 'run-finished' && end.outcome, 'failed');
    assert.deepEqual(more, []);
  });

  it('in a later format on a node is not modified by any command', async () => {
    const job = jobOf('r.s.1', 'exit 0');
    mkdirSync(join(node.base, 'jobs/r.s.1'), { recursive: true });
    const later = formats.job + 1;
    const refused = [{ type: 'refused', why: 'later-format', values: [String(later), String(formats.job)] }];
    writeFileSync(join(node.base, 'jobs/r.s.1/format'), `${later}\n`);
    const following = { lead: 'lead', offset: 0 };
    const asked = [
      start(job),
      attachCommand(someNode, job.job, following),
      cancelCommand(someNode, job.job, { lead: 'lead', signal: 'INT' }),
      confirmCommand(someNode, job.job, 'lead'),
    ];
    for (const command of asked) assert.deepEqual(await node.run(command, 'lead'), refused);
    assert.equal(existsSync(join(node.base, 'jobs/r.s.1/cancel')), false);
    for (const odd of ['', 'x', '-1', '99999']) {
      writeFileSync(join(node.base, 'jobs/r.s.1/format'), `${odd}\n`);
      const [frame] = await node.run(confirmCommand(someNode, job.job, 'lead'), 'lead');
      assert.equal(frame?.type === 'refused' && frame.why, 'later-format', odd);
    }
  });
});
