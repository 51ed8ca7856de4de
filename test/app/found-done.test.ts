import assert from 'node:assert/strict';
import { operate } from '../../src/app/operate.ts';
import type { RunKind } from '../../src/base/states.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import type { TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clusterOf } from '../support/clusters.ts';
import { collect, type Script, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const never = new AbortController().signal;
const ends = (step: string, outcome: string): Script => ({
  lines: ['@ begin 8', `@ step ${step}`, '@ phase apply', `@ result ${step} ${outcome}`, '@ end'],
});
const probeOf = (states: Readonly<Record<string, string>>): Script => ({
  lines: [
    '@ begin 7',
    ...Object.entries(states).flatMap(([step, state]) => [`@ step ${step}`, `@ state ${step} ${state}`]),
    '@ end',
  ],
});
const one = clusterOf(`cluster: lab
nodes: { a: { address: 10.0.0.1 } }
steps: [locale, shell-profile, timezone]
system: { timezone: Asia/Seoul }
`);
const two = clusterOf(`cluster: lab
nodes: { 'n[1:2]': { address: '10.0.0.[1:2]', roles: [controller] } }
services: { rabbitmq: { on: controller, cookie: { secret: c }, password: { secret: p } } }
steps: [rabbitmq]
`);

interface Wanted {
  readonly cluster?: Cluster;
  readonly kind?: RunKind;
  readonly states: (node: string) => Readonly<Record<string, string>>;
  /** How much later each reading of the clock is, milliseconds. */
  readonly tickMs?: number;
}

async function runWith({ cluster = one, kind = 'run', states, tickMs = 0 }: Wanted) {
  const jobs: string[] = [];
  const nodes = cluster.nodes.map(({ name }) => {
    const { transport } = scriptedNode((asked, step) => {
      if (asked === 'probe') return probeOf(states(name));
      jobs.push(`${name} ${step}`);
      return ends(step, 'changed');
    });
    return [name, { ok: true as const, transport }] as const;
  });
  let now = 0;
  const ports = {
    ...scriptedPorts(Object.fromEntries(nodes)),
    secrets: { get: async () => 'value' },
    clock: { now: () => (now += tickMs) },
  };
  const events: readonly TimedEvent[] = await collect(
    operate({ kind, cluster, selection: {} }, ports, never),
  );
  const outcomes = events.flatMap((event) =>
    event.type === 'step-finished' ? [`${event.node} ${event.step} ${event.outcome}`] : [],
  );
  return { jobs, outcomes, state: events.reduce(reduceRun, emptyRunState) };
}

describe('A step that the check of the run has found done', () => {
  it('starts no job, and is reported as unchanged', async () => {
    const { jobs, outcomes, state } = await runWith({
      states: () => ({ locale: 'done', 'shell-profile': 'done', timezone: 'done' }),
    });
    assert.deepEqual(jobs, []);
    assert.deepEqual(outcomes, ['a locale unchanged', 'a shell-profile unchanged', 'a timezone unchanged']);
    assert.equal(state.nodes.a?.steps.locale?.state, 'done');
    assert.equal(state.run?.outcome, 'ok');
  });

  it('runs as a job once an earlier step has started one on the node, which may have changed it', async () => {
    const { jobs, outcomes } = await runWith({
      states: () => ({ locale: 'done', 'shell-profile': 'needed', timezone: 'done' }),
    });
    assert.deepEqual(jobs, ['a shell-profile', 'a timezone']);
    assert.deepEqual(outcomes, ['a locale unchanged', 'a shell-profile changed', 'a timezone changed']);
  });

  it('runs as a job if more than a minute has passed since the check', async () => {
    const { jobs } = await runWith({
      states: () => ({ locale: 'done', 'shell-profile': 'done', timezone: 'done' }),
      tickMs: 61_000,
    });
    assert.deepEqual(jobs, ['a locale', 'a shell-profile', 'a timezone']);
  });

  it('runs as a job if it runs on one node at a time and another node has started one', async () => {
    const { jobs } = await runWith({
      cluster: two,
      states: (node) => ({ rabbitmq: node === 'n1' ? 'needed' : 'done' }),
    });
    assert.deepEqual(jobs, ['n1 rabbitmq', 'n2 rabbitmq']);
    const converged = await runWith({ cluster: two, states: () => ({ rabbitmq: 'done' }) });
    assert.deepEqual(converged.jobs, []);
  });

  it('is undone by a job all the same', async () => {
    const { jobs } = await runWith({
      kind: 'undo',
      states: () => ({ locale: 'done', 'shell-profile': 'done', timezone: 'done' }),
    });
    assert.equal(jobs.length, 3);
  });

  it('runs as a job in every other state', async () => {
    const { jobs } = await runWith({
      states: () => ({ locale: 'unknown', 'shell-profile': 'drifted', timezone: 'done' }),
    });
    assert.deepEqual(jobs, ['a locale', 'a shell-profile', 'a timezone']);
  });
});
