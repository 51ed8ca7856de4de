import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journal } from '../../src/app/logs/journal.ts';
import { logFile } from '../../src/app/logs/paths.ts';
import { operate } from '../../src/app/operate.ts';
import { formats } from '../../src/base/format.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { Connected } from '../../src/remote/base/transport.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clearAway } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { wordsOf } from '../support/controller-words.ts';
import { collect, lost, type Script, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const cluster = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
  b: { address: 10.0.0.2, become: sudo }
steps: [locale, shell-profile]
`);
const probe: Script = {
  lines: [
    '@ begin 7',
    '@ fact el 9',
    '@ fact manager dnf',
    '@ step locale',
    '@ because locale-missing C',
    '@ state locale needed',
    '@ step shell-profile',
    '@ state shell-profile done',
    '@ end',
  ],
};
const changed = (step: string): Script => ({
  lines: [
    '@ begin 8',
    `@ step ${step}`,
    '@ phase check',
    `@ state ${step} needed`,
    '@ phase apply',
    'a line of the log',
    '@ phase verify',
    `@ state ${step} done`,
    `@ result ${step} changed`,
    '@ end',
  ],
});
const failing: Script = {
  lines: [
    '@ begin 8',
    '@ step locale',
    '@ phase check',
    '@ state locale needed',
    '@ phase apply',
    'boom',
    '@ result locale failed apply-failed 3',
    '@ end',
  ],
};
const operation = (kind: RunKind) => ({ kind, cluster, selection: {} });
const outcomes = (events: readonly TimedEvent[]) =>
  events.flatMap((event) =>
    event.type === 'step-finished' ? [`${event.node} ${event.step} ${event.outcome}`] : [],
  );
const never = new AbortController().signal;

describe('A run', () => {
  it('collects the facts and all checks of a node in one command', async () => {
    const node = scriptedNode(() => probe);
    const events = await collect(
      operate(
        { ...operation('check'), selection: { nodes: ['a'] } },
        scriptedPorts({ a: { ok: true, transport: node.transport } }),
        never,
      ),
    );
    assert.equal(node.commands.length, 1);
    assert.ok(node.isDisposed());
    const state = events.reduce(reduceRun, emptyRunState);
    assert.equal(state.nodes.a?.facts?.el, 9);
    assert.equal(state.nodes.a.steps.locale?.state, 'needed');
    assert.deepEqual(state.nodes.a.steps.locale.reasons, [{ code: 'locale-missing', args: ['C'] }]);
    assert.equal(state.nodes.a.steps['shell-profile']?.state, 'done');
    assert.equal(state.run?.outcome, 'ok');
  });

  it('stops a node at its first failed step while the other node continues', async () => {
    const a = scriptedNode((kind) => (kind === 'probe' ? probe : failing));
    const b = scriptedNode((kind, step) => (kind === 'probe' ? probe : changed(step)));
    const ports = scriptedPorts({
      a: { ok: true, transport: a.transport },
      b: { ok: true, transport: b.transport },
    });
    const events = await collect(operate(operation('run'), ports, never));
    assert.deepEqual(outcomes(events).sort(), [
      'a locale failed',
      'a shell-profile skipped',
      'b locale changed',
      'b shell-profile changed',
    ]);
    const failed = events.find((event) => event.type === 'step-finished' && event.outcome === 'failed');
    assert.deepEqual(failed?.type === 'step-finished' && failed.reasons[0], {
      code: 'apply-failed',
      args: ['3'],
    });
    assert.equal(events.at(-1)?.type === 'run-finished' && events.at(-1), events.at(-1));
    assert.equal(events.reduce(reduceRun, emptyRunState).run?.outcome, 'failed');
    assert.deepEqual([b.commands[0]?.argv, b.commands[0]?.become], [['sh', '-s'], 'sudo']);
  });

  it('reports a node that is unreachable and continues on the others', async () => {
    const b = scriptedNode((kind, step) => (kind === 'probe' ? probe : changed(step)));
    const events = await collect(
      operate(operation('run'), scriptedPorts({ b: { ok: true, transport: b.transport } }), never),
    );
    const state = events.reduce(reduceRun, emptyRunState);
    assert.equal(state.nodes.a?.outcome, 'unreachable');
    assert.equal(state.nodes.a.failure, lost);
    assert.equal(state.nodes.b?.outcome, 'ok');
    assert.equal(state.run?.outcome, 'failed');
  });

  it('is unreachable if no node can be reached', async () => {
    const events = await collect(operate(operation('check'), scriptedPorts({}), never));
    assert.equal(events.reduce(reduceRun, emptyRunState).run?.outcome, 'unreachable');
  });

  it('follows a job over a new connection when the link is lost, and starts it only once', async () => {
    const broken: Script = {
      lines: ['@ begin 8', '@ phase apply', 'half'],
      end: { type: 'lost', failure: lost },
    };
    const first = scriptedNode((kind) => (kind === 'probe' ? probe : broken));
    const ports = scriptedPorts({ a: { ok: true, transport: first.transport } });
    const refused: Connected = { ok: false, failure: { ...lost, code: 'auth' } };
    let connections = 0;
    const connect = async (): Promise<Connected> =>
      connections++ === 0 ? { ok: true, transport: first.transport } : refused;
    const events = await collect(
      operate(
        { ...operation('run'), selection: { nodes: ['a'] } },
        { ...ports, connector: { connect }, times: { refusedMs: 0 } },
        never,
      ),
    );
    const state = events.reduce(reduceRun, emptyRunState);
    assert.equal(state.nodes.a?.failure?.code, 'auth');
    assert.equal(state.nodes.a.steps.locale?.outcome, 'interrupted');
    assert.deepEqual(state.nodes.a.steps.locale.notices, [{ code: 'connection-lost', args: [] }]);
    assert.equal(state.nodes.a.steps.locale.phase, undefined);
    assert.equal(connections, 2);
  });

  it('reports a check that breaks off, with its output', async () => {
    const broken: Script = {
      lines: ['@ begin 4711', 'sh: out of memory'],
      end: { type: 'exit', code: 1, signal: undefined },
    };
    const b = scriptedNode(() => broken);
    const events = await collect(
      operate(
        { ...operation('check'), selection: { nodes: ['b'] } },
        scriptedPorts({ b: { ok: true, transport: b.transport } }),
        never,
      ),
    );
    const failure = events.reduce(reduceRun, emptyRunState).nodes.b?.failure;
    assert.equal(failure?.code, 'protocol');
    assert.equal(failure.detail, 'sh: out of memory');
  });

  it('sends a cancel request to the job, and reports the state the step is left in', async () => {
    const hanging: Script = {
      lines: ['@ begin 4711', '@ phase apply', 'working'],
      hangs: true,
      afterwards: ['@ phase verify', '@ state locale needed', '@ result locale cancelled', '@ end'],
    };
    const a = scriptedNode((kind) => (kind === 'probe' ? probe : hanging));
    const cancel = new AbortController();
    const events: TimedEvent[] = [];
    const ports = scriptedPorts({ a: { ok: true, transport: a.transport } });
    for await (const event of operate(
      { ...operation('run'), selection: { nodes: ['a'] } },
      ports,
      cancel.signal,
    )) {
      events.push(event);
      if (event.type === 'log') cancel.abort();
    }
    const asked = a.commands.map(wordsOf).find((words) => words.includes('cancel'));
    assert.deepEqual(asked?.slice(-2), ['run-1.locale.1', 'INT']);
    assert.deepEqual(outcomes(events), ['a locale cancelled', 'a shell-profile skipped']);
    assert.equal(events.reduce(reduceRun, emptyRunState).nodes.a?.steps.locale?.state, 'needed');
    assert.equal(events.reduce(reduceRun, emptyRunState).run?.outcome, 'cancelled');
  });

  it('accepts no marker with another nonce and no malformed marker', async () => {
    const forged: Script = {
      lines: ['@ begin 8', '@@stackprep:other\tresult\tlocale\tchanged', '@ result locale bogus', '@ end'],
    };
    const a = scriptedNode((kind) => (kind === 'probe' ? probe : forged));
    const events = await collect(
      operate(
        { ...operation('run'), selection: { nodes: ['a'] } },
        scriptedPorts({ a: { ok: true, transport: a.transport } }),
        never,
      ),
    );
    assert.equal(outcomes(events)[0], 'a locale failed');
    assert.equal(events.filter((event) => event.type === 'log').length, 2);
  });
});

describe('The journal', () => {
  it('holds every event, and the log file of a step holds each of its log lines', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stackprep-'));
    try {
      const a = scriptedNode((kind, step) => (kind === 'probe' ? probe : changed(step)));
      const ports = scriptedPorts({ a: { ok: true, transport: a.transport } });
      const events = await collect(
        journal(operate({ ...operation('run'), selection: { nodes: ['a'] } }, ports, never), {
          stateFolder: folder,
          writeGuard: ports.writeGuard,
        }),
      );
      const written = await readFile(join(folder, 'runs/run-1/journal.jsonl'), 'utf8');
      assert.deepEqual(
        written
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
        JSON.parse(JSON.stringify(events)).map((event: object, index: number) =>
          index === 0 ? { format: formats.journal, ...event } : event,
        ),
      );
      const log = await readFile(logFile(folder, { run: 'run-1', node: 'a', step: 'locale' }), 'utf8');
      assert.equal(log, 'a line of the log\n');
    } finally {
      await clearAway(folder);
    }
  });
});
