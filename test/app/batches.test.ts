import assert from 'node:assert/strict';
import { operate } from '../../src/app/operate.ts';
import type { Operation } from '../../src/app/operation.ts';
import type { UnfinishedRun } from '../../src/app/unfinished-run.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clusterOf } from '../support/clusters.ts';
import { type Script, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const never = new AbortController().signal;
const probe: Script = { lines: ['@ begin 7', '@ end'] };
const ends = (step: string, outcome = 'changed'): Script => ({
  lines: ['@ begin 8', `@ step ${step}`, '@ phase apply', `@ result ${step} ${outcome}`, '@ end'],
});
const four = (rollout: string, steps = 'locale, shell-profile') =>
  clusterOf(`cluster: lab
nodes:
  n[1:4]: { address: '10.0.0.[1:4]', roles: [controller] }
services: { rabbitmq: { on: controller, cookie: { secret: c }, password: { secret: p } } }
steps: [${steps}]
rollout: ${rollout}
`);

interface Scenario extends Partial<Operation> {
  readonly cluster: Cluster;
  /** The answer of a node to a step, or to the check of all (`probe`). */
  readonly does?: (node: string, step: string) => Script | undefined;
  readonly unreachable?: readonly string[];
  readonly on?: (event: TimedEvent) => void;
  readonly unfinished?: UnfinishedRun;
  readonly limit?: number;
}

async function runScenario({ cluster, does, unreachable = [], on, unfinished, ...more }: Scenario) {
  const { limit = 4, ...operation } = more;
  const nodes = cluster.nodes.filter(({ name }) => !unreachable.includes(name));
  const table = nodes.map(({ name }) => {
    const { transport } = scriptedNode((kind, step) =>
      kind === 'probe' ? (does?.(name, 'probe') ?? probe) : (does?.(name, step) ?? ends(step)),
    );
    return [name, { ok: true as const, transport }];
  });
  const ports = {
    ...scriptedPorts(Object.fromEntries(table)),
    secrets: { get: async () => 'value' },
    limit,
  };
  const events: TimedEvent[] = [];
  const wanted: Operation = { kind: 'run', selection: {}, ...operation, cluster };
  for await (const event of operate(wanted, ports, never, unfinished)) {
    events.push(event);
    on?.(event);
  }
  return { events, state: events.reduce(reduceRun, emptyRunState) };
}

/** `+n1` and `-n1`: when a node begins and ends, and `|` where a batch begins. */
const course = (events: readonly TimedEvent[]): string =>
  events
    .flatMap((event) => {
      if (event.type === 'batch-started') return ['|'];
      if (event.type === 'node-connecting') return [`+${event.node}`];
      return event.type === 'node-finished' ? [`-${event.node} ${event.outcome}`] : [];
    })
    .join(' ');
const started = (events: readonly TimedEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'step-started' ? [`${event.node} ${event.step}`] : []));

describe('A run in batches', () => {
  it('starts a batch only when every node of the batch before has finished', async () => {
    const { events, state } = await runScenario({ cluster: four('{ batch: [1, 2] }', 'locale') });
    assert.deepEqual(
      events.find((event) => event.type === 'batches-planned'),
      { type: 'batches-planned', batches: [['n1'], ['n2', 'n3'], ['n4']], at: 0 },
    );
    assert.match(course(events), /^\| \+n1 -n1 ok \| \+n2 \+n3 -n[23] ok -n[23] ok \| \+n4 -n4 ok$/);
    assert.deepEqual(state.run?.batch, { number: 3, of: 3 });
    assert.equal(state.run.outcome, 'ok');
  });

  it('does not start the rest after a batch in which all nodes failed, and says why', async () => {
    const { events, state } = await runScenario({
      cluster: four('{ batch: [1, 100%] }'),
      does: (node, step) => (node === 'n1' ? ends(step, 'failed') : undefined),
    });
    assert.equal(course(events), '| +n1 -n1 failed -n2 not-started -n3 not-started -n4 not-started');
    const reason = { code: 'batch-failed', args: ['1', '1'] };
    assert.deepEqual([state.nodes.n2?.outcome, state.nodes.n2?.notStarted], ['not-started', reason]);
    assert.equal(state.run?.outcome, 'failed');
  });

  it('has failed, not only found no node, if its canary is unreachable', async () => {
    const { events, state } = await runScenario({
      cluster: four('{ batch: [1, 100%] }'),
      unreachable: ['n1'],
    });
    assert.match(course(events), /^\| \+n1 -n1 unreachable -n2 not-started/);
    assert.equal(state.run?.outcome, 'failed');
  });

  it('continues after failures within the limit, and stops after more', async () => {
    const does = (node: string, step: string) =>
      node === 'n1' || node === 'n3' ? ends(step, 'failed') : undefined;
    const goes = await runScenario({ cluster: four('{ batch: [2], max-failed: 50% }'), does });
    assert.ok(course(goes.events).endsWith('| +n3 +n4 -n3 failed -n4 ok'), course(goes.events));
    const stops = await runScenario({ cluster: four('{ batch: [2], max-failed: 49% }'), does });
    assert.ok(course(stops.events).endsWith('-n3 not-started -n4 not-started'), course(stops.events));
    assert.deepEqual(stops.state.nodes.n4?.notStarted, {
      code: 'batch-max-failed',
      args: ['1', '1', '2', '49%'],
    });
  });

  it('works on no more nodes of a batch at once than the limit of parallel nodes', async () => {
    let now = 0;
    let most = 0;
    await runScenario({
      cluster: four('{ batch: [3] }'),
      limit: 2,
      on: ({ type }) => {
        if (type === 'node-connecting') now += 1;
        if (type === 'node-finished') now -= 1;
        most = Math.max(most, now);
      },
    });
    assert.equal(most, 2);
  });

  it('takes the nodes of a serial step one after the other within and across batches', async () => {
    const { events } = await runScenario({ cluster: four('{ batch: [2] }', 'rabbitmq') });
    assert.deepEqual(started(events), ['n1 rabbitmq', 'n2 rabbitmq', 'n3 rabbitmq', 'n4 rabbitmq']);
  });

  it('has no batches when it only checks', async () => {
    const { events } = await runScenario({ cluster: four('{ batch: [1] }'), kind: 'check' });
    assert.ok(!events.some(({ type }) => type === 'batch-started' || type === 'batches-planned'));
  });

  it('reports every later node as cancelled, not as not started, when the user cancels it', async () => {
    const { createCancellation } = await import('../../src/app/cancellation.ts');
    const cancellation = createCancellation();
    const { events, state } = await runScenario({
      cluster: four('{ batch: [1] }'),
      cancellation,
      on: ({ type }) => {
        if (type === 'step-started') cancellation.request({ when: 'after-step' });
      },
    });
    assert.equal(course(events), '| +n1 -n1 cancelled -n2 cancelled -n3 cancelled -n4 cancelled');
    assert.equal(state.run?.outcome, 'cancelled');
  });
});

describe('A resumed run', () => {
  const unfinished: UnfinishedRun = {
    run: 'run-1',
    finished: new Map([['n1', 'ok']]),
    steps: new Map(),
    jobs: new Map(),
    away: new Map(),
    hasBegun: true,
    plan: { batches: [['n1'], ['n2', 'n3'], ['n4']], maxFailed: { nodes: 0 } },
  };

  it('keeps its batches and its limit, whatever the file says now', async () => {
    const { events } = await runScenario({
      cluster: four('{ batch: [4] }', 'locale'),
      unfinished,
      does: (node, step) => (node === 'n2' ? ends(step, 'failed') : undefined),
    });
    assert.match(course(events), /^\| \+n2 \+n3 -n[23] \S+ -n[23] \S+ -n4 not-started$/);
  });

  it('starts no further batch if the nodes that finished before had failed', async () => {
    const { events } = await runScenario({
      cluster: four('{ batch: [4] }'),
      unfinished: { ...unfinished, finished: new Map([['n1', 'failed']]) },
    });
    assert.equal(course(events), '-n2 not-started -n3 not-started -n4 not-started');
  });

  it('plans its batches if it had not begun', async () => {
    const { plan: _, ...none } = { ...unfinished, finished: new Map(), hasBegun: false };
    const { events } = await runScenario({ cluster: four('{ batch: [2] }', 'locale'), unfinished: none });
    assert.match(course(events), /^\| \+n1 \+n2 .* \| \+n3 \+n4 /);
  });

  it('does not take a serial step that failed on one node as done for the next', async () => {
    const { plan: _, ...left } = unfinished;
    const failed = new Map([['rabbitmq', 'failed' as const]]);
    const { events } = await runScenario({
      cluster: four('{}', 'rabbitmq, locale'),
      unfinished: { ...left, finished: new Map(), steps: new Map([['n1', failed]]) },
    });
    assert.deepEqual(started(events), []);
    const reasons = events.flatMap((event) =>
      event.type === 'step-finished' && event.step === 'rabbitmq' ? event.reasons : [],
    );
    assert.deepEqual(reasons, Array(3).fill({ code: 'serial-failed', args: ['n1'] }));
  });

  it('runs no further step on a node on which one failed before it was interrupted', async () => {
    const { plan: _, ...left } = unfinished;
    const { events } = await runScenario({
      cluster: four('{}'),
      selection: { nodes: ['n1', 'n2'] },
      unfinished: {
        ...left,
        finished: new Map([['n2', 'ok']]),
        steps: new Map([['n1', new Map([['locale', 'failed']])]]),
      },
    });
    assert.equal(course(events), '-n1 failed');
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'step-finished' ? [`${event.step} ${event.outcome}`] : [])),
      ['shell-profile skipped'],
    );
  });

  it('lets the next node start a serial step that was done before, while the first still works', async () => {
    const { plan: _, ...left } = unfinished;
    const changed = new Map([['rabbitmq', 'changed' as const]]);
    const { events } = await runScenario({
      cluster: four('{}', 'rabbitmq, locale'),
      unfinished: { ...left, finished: new Map(), steps: new Map([['n1', changed]]) },
    });
    assert.ok(!events.some((event) => event.type === 'notice' && event.node === 'n2'));
    assert.ok(started(events).includes('n2 rabbitmq'));
    assert.ok(!started(events).includes('n1 rabbitmq'));
  });
});

describe('A retried run', () => {
  const custom = clusterOf(`cluster: lab
nodes: { a: { address: 10.0.0.1 } }
steps:
  - locale
  - { name: once, run: echo once }
  - shell-profile
`);
  const states = (locale: string): Script => ({
    lines: ['@ begin 7', '@ step locale', `@ state locale ${locale}`, '@ end'],
  });
  const retried = { done: new Map([['a', new Set(['locale', 'once'])]]) };

  it('repeats only the steps that failed or did not run, and records the others as unchanged', async () => {
    const { events } = await runScenario({
      cluster: custom,
      retried,
      does: (_, step) => (step === 'probe' ? states('done') : undefined),
    });
    assert.deepEqual(started(events), ['a shell-profile']);
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'step-finished' ? [`${event.step} ${event.outcome}`] : [])),
      ['locale unchanged', 'once unchanged', 'shell-profile changed'],
    );
  });

  it('repeats a step that was done if the check now finds it needed', async () => {
    const { events } = await runScenario({
      cluster: custom,
      retried,
      does: (_, step) => (step === 'probe' ? states('needed') : undefined),
    });
    assert.deepEqual(started(events), ['a locale', 'a shell-profile']);
  });

  it('keeps the batches of the run that it retries', async () => {
    const { events } = await runScenario({
      cluster: four('{ batch: [4] }', 'locale'),
      selection: { nodes: ['n1', 'n3', 'n4'] },
      retried: { done: new Map(), plan: { batches: [['n1'], ['n2', 'n3'], ['n4']] } },
    });
    assert.equal(course(events), '| +n1 -n1 ok | +n3 -n3 ok | +n4 -n4 ok');
  });
});
