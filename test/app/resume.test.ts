import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/app/entry.ts';
import { createJobFiles } from '../../src/app/jobs/job-files.ts';
import type { Ports } from '../../src/app/jobs/ports.ts';
import { journal } from '../../src/app/logs/journal.ts';
import { journalPath, logFile, runFolder } from '../../src/app/logs/paths.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import { operate } from '../../src/app/operate.ts';
import { openRuns, readUnfinishedRun } from '../../src/app/unfinished-run.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { type LocalNode, localNode } from '../support/local-node.ts';
import { lost, scriptedPorts } from '../support/scripted.ts';

const lines = 400;
const never = new AbortController().signal;

describe('An unfinished run', function () {
  this.timeout(30_000);
  let node: LocalNode;
  let state: string;
  before(function () {
    if (process.platform !== 'linux') this.skip();
    node = localNode('dash');
    state = mkdtempSync(join(tmpdir(), 'stackprep-state-'));
  });
  after(() => {
    node?.remove();
    if (state) clearAwaySync(state);
  });

  it('is found by the next process, which continues the log at its byte and then runs the other steps', async () => {
    const go = join(node.base, 'go');
    const cluster = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
steps:
  - name: chatty
    check: test -e ${node.base}/finished
    run: |
      echo x >>${node.base}/ran
      i=0; while [ $i -lt ${lines / 2} ]; do i=$((i+1)); echo "line $i"; done
      while [ ! -e ${go} ]; do sleep 0.02; done
      while [ $i -lt ${lines} ]; do i=$((i+1)); echo "line $i"; done
      : >${node.base}/finished
  - { name: after, check: test -e ${node.base}/after, run: ': >${node.base}/after' }
`);
    const first = node.transport();
    let isGone = false;
    const writeGuard = createWriteGuard();
    const ports: Ports = {
      ...scriptedPorts({}),
      connector: {
        connect: async () => {
          if (isGone) return { ok: false, failure: { ...lost, code: 'auth' } };
          return { ok: true, transport: first };
        },
      },
      files: createJobFiles(state, writeGuard),
      writeGuard,
      clock: { now: () => Date.now() },
    };
    const begun = operate({ kind: 'run', cluster, selection: {} }, ports, never);
    for await (const event of journal(begun, { stateFolder: state, writeGuard }))
      if (event.type === 'log' && event.line === `line ${lines / 4}`) break;
    assert.equal(existsSync(join(node.base, 'finished')), false);
    isGone = true;
    first.kill();

    const [open] = await openRuns(state, Date.now());
    assert.ok(open);
    // After a process is killed, its journal may end in half a line and its log file may lag.
    const path = journalPath(runFolder(state, open.run));
    truncateSync(path, readFileSync(path).length - 9);
    truncateSync(logFile(state, { run: open.run, node: 'a', step: 'chatty' }), 11);
    const left = await readUnfinishedRun(state, open);
    assert.equal(left.jobs.get('a')?.record.job, 'run-1.chatty.1');
    writeFileSync(go, '');
    const later = {
      ...ports,
      connector: { connect: async () => ({ ok: true as const, transport: node.transport() }) },
    };
    const events: TimedEvent[] = [];
    const operation = { kind: 'run', cluster, selection: {} } as const;
    for await (const event of journal(operate(operation, later, never, left), {
      stateFolder: state,
      writeGuard,
    }))
      events.push(event);

    const outcomes = events.flatMap((event) =>
      event.type === 'step-finished' ? [`${event.step} ${event.outcome}`] : [],
    );
    assert.deepEqual(outcomes, ['chatty changed', 'after changed']);
    assert.equal(readFileSync(join(node.base, 'ran'), 'utf8'), 'x\n');
    const raw = readFileSync(join(runFolder(state, open.run), 'a/chatty.1.raw'));
    assert.deepEqual(raw, node.log('run-1.chatty.1'));
    const stored = readFileSync(logFile(state, { run: open.run, node: 'a', step: 'chatty' }), 'utf8');
    assert.equal(stored, Array.from({ length: lines }, (_, index) => `line ${index + 1}\n`).join(''));
    const written = readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as TimedEvent] : []));
    const journalled = written.flatMap((event) =>
      event.type === 'log' && event.step === 'chatty' ? [event.line] : [],
    );
    assert.equal(`${journalled.join('\n')}\n`, stored);
    assert.deepEqual(await openRuns(state, Date.now()), []);
  });

  it('is resumed with the secrets it was started with', async () => {
    const cluster = clusterOf(`cluster: lab
nodes:
  a: { address: 127.0.0.1, port: 1, roles: [controller] }
services:
  rabbitmq: { on: controller, password: { secret: rabbit } }
steps: [rabbitmq]
`);
    const writeGuard = createWriteGuard();
    const other = join(state, 'other');
    const begun = operate({ kind: 'run', cluster, selection: {} }, scriptedPorts({}), never);
    async function* killed(): AsyncGenerator<TimedEvent> {
      for await (const event of begun) {
        if (event.type === 'run-refused') return;
        yield { ...event, at: Date.now() };
      }
    }
    for await (const _ of journal(killed(), { stateFolder: other, writeGuard }));
    const asked: string[] = [];
    const refuse = () => Promise.reject(new Error('a question was asked'));
    const engine = createEngine({
      ...{ stateFolder: other, home: other, env: {}, prompts: { secret: refuse, hostKey: refuse } },
      secrets: {
        get: async (name) => {
          asked.push(name);
          return 'its value';
        },
      },
    });
    const [open] = await engine.openRuns();
    assert.ok(open);
    const types: string[] = [];
    for await (const { type } of engine.resume({ open, cluster }, never)) types.push(type);
    await engine.dispose();
    assert.deepEqual(asked, ['rabbit'], types.join(' '));
    assert.ok(types.includes('node-failed') && !types.includes('run-refused'), types.join(' '));
  });
});
