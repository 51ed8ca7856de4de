import assert from 'node:assert/strict';
import { type Cancellation, createCancellation } from '../../src/app/cancellation.ts';
import type { Ports } from '../../src/app/jobs/ports.ts';
import { operate } from '../../src/app/operate.ts';
import type { Operation } from '../../src/app/operation.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import type { RunEvent, TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import type { Command } from '../../src/shell/command.ts';
import { clusterOf } from '../support/clusters.ts';
import { wordsOf } from '../support/controller-words.ts';
import { lost, type Script, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const never = new AbortController().signal;
const probe: Script = { lines: ['@ begin 7', '@ end'] };
const ends = (step: string, outcome = 'changed'): Script => ({
  lines: ['@ begin 8', `@ step ${step}`, '@ phase apply', `@ result ${step} ${outcome}`, '@ end'],
});
/** Runs until it is cancelled. */
const hangs = (step: string): Script => ({
  lines: ['@ begin 8', `@ step ${step}`, '@ phase apply', 'working'],
  hangs: true,
  afterwards: [`@ result ${step} cancelled`, '@ end'],
});
const two = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
  b: { address: 10.0.0.2 }
steps: [locale, shell-profile, timezone]
system: { timezone: Asia/Seoul }
`);
const queue = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1, roles: [controller] }
  b: { address: 10.0.0.2, roles: [controller] }
  c: { address: 10.0.0.3, roles: [controller] }
services:
  rabbitmq: { on: controller, cookie: { secret: cookie }, password: { secret: rabbit } }
steps: [locale, rabbitmq, shell-profile]
`);

interface Scenario {
  readonly cluster?: Cluster;
  readonly kind?: Operation['kind'];
  /** The answer of a node to a step (`probe` for the check). */
  readonly does?: (node: string, step: string) => Script | undefined;
  /** Called with every event. */
  readonly on: (event: RunEvent, cancellation: Cancellation) => void;
  readonly ports?: (ports: Ports) => Ports;
  readonly signal?: AbortSignal;
}

/** Runs an operation on scripted nodes; returns its events and the commands that each node received. */
async function runScenario(scenario: Scenario) {
  const { cluster = two, kind = 'run', does, on, signal = never } = scenario;
  const nodes = cluster.nodes.map(({ name }) => {
    const answer = (asked: string, step: string): Script =>
      asked === 'probe' ? (does?.(name, 'probe') ?? probe) : (does?.(name, step) ?? ends(step));
    return [name, scriptedNode(answer)] as const;
  });
  const table = nodes.map(([name, { transport }]) => [name, { ok: true as const, transport }]);
  const basic = { ...scriptedPorts(Object.fromEntries(table)), secrets: { get: async () => 'value' } };
  const cancellation = createCancellation();
  const operation: Operation = { kind, cluster, selection: {}, cancellation };
  const events: TimedEvent[] = [];
  for await (const event of operate(operation, scenario.ports?.(basic) ?? basic, signal)) {
    events.push(event);
    on(event, cancellation);
  }
  const commands = new Map(nodes.map(([name, node]) => [name, node.commands]));
  return { events, commands };
}

const outcomes = (events: readonly TimedEvent[]): string[] =>
  events
    .flatMap((event) =>
      event.type === 'step-finished' ? [`${event.node} ${event.step} ${event.outcome}`] : [],
    )
    .sort();
const ended = (events: readonly TimedEvent[], node: string) =>
  events.flatMap((event) => (event.type === 'node-finished' && event.node === node ? [event.outcome] : []));
const runOutcome = (events: readonly TimedEvent[]) => events.reduce(reduceRun, emptyRunState).run?.outcome;
const isLogOf = (event: RunEvent, node: string): boolean => event.type === 'log' && event.node === node;
const askedToEnd = (commands: readonly Command[] | undefined): boolean =>
  (commands ?? []).some((command) => wordsOf(command).includes('cancel'));

describe('Cancelling a node', () => {
  it('stops its running step and cancels its later steps, while the other node continues', async () => {
    const { events, commands } = await runScenario({
      does: (node, step) => (node === 'a' && step === 'locale' ? hangs(step) : undefined),
      on: (event, { request }) => {
        if (isLogOf(event, 'a')) request({ nodes: ['a'], when: 'now' });
      },
    });
    assert.deepEqual(outcomes(events), [
      'a locale cancelled',
      'a shell-profile cancelled',
      'a timezone cancelled',
      'b locale changed',
      'b shell-profile changed',
      'b timezone changed',
    ]);
    assert.deepEqual([ended(events, 'a'), ended(events, 'b')], [['cancelled'], ['ok']]);
    assert.deepEqual([askedToEnd(commands.get('a')), askedToEnd(commands.get('b'))], [true, false]);
    assert.equal(runOutcome(events), 'cancelled');
  });

  it('after its current step lets that step finish and sends no cancel request', async () => {
    const { events, commands } = await runScenario({
      on: (event, { request }) => {
        if (event.type === 'step-started' && event.node === 'a')
          request({ nodes: ['a'], when: 'after-step' });
      },
    });
    assert.deepEqual(outcomes(events).slice(0, 3), [
      'a locale changed',
      'a shell-profile cancelled',
      'a timezone cancelled',
    ]);
    assert.deepEqual([ended(events, 'b'), askedToEnd(commands.get('a'))], [['ok'], false]);
  });

  it('before it is connected prevents the connection', async () => {
    const connected: string[] = [];
    const { events } = await runScenario({
      on: (event, { request }) => {
        if (event.type === 'run-started') request({ nodes: ['b'], when: 'after-step' });
      },
      ports: (ports) => ({
        ...ports,
        connector: {
          connect: (node, signal) => {
            connected.push(node.name);
            return ports.connector.connect(node, signal);
          },
        },
      }),
    });
    assert.deepEqual(connected, ['a']);
    assert.deepEqual(outcomes(events).slice(3), [
      'b locale cancelled',
      'b shell-profile cancelled',
      'b timezone cancelled',
    ]);
    assert.deepEqual(ended(events, 'b'), ['cancelled']);
  });

  it('stops its check at once and reports no step, since a check runs none', async () => {
    const { events } = await runScenario({
      kind: 'check',
      does: (node, step) =>
        node === 'a' && step === 'probe'
          ? { lines: ['@ begin 7'], hangs: true, afterwards: ['too late'] }
          : undefined,
      on: (event, { request }) => {
        if (event.type === 'node-finished' && event.node === 'b') request({ nodes: ['a'], when: 'now' });
      },
    });
    assert.deepEqual([ended(events, 'a'), ended(events, 'b'), outcomes(events)], [['cancelled'], ['ok'], []]);
  });

  it('while it cannot be reached says that its job may still be running there', async () => {
    let logins = 0;
    const { events } = await runScenario({
      does: (node, step) =>
        node === 'a' && step === 'locale'
          ? { lines: ['@ begin 8', '@ phase apply', 'half'], end: { type: 'lost', failure: lost } }
          : undefined,
      on: (event, { request }) => {
        if (event.type === 'notice' && event.reason.code === 'connection-lost')
          request({ nodes: ['a'], when: 'now' });
      },
      ports: (ports) => ({
        ...ports,
        times: { cancelReconnectMs: 1 },
        connector: {
          connect: async (node, signal) => {
            if (node.name !== 'a') return ports.connector.connect(node, signal);
            logins += 1;
            if (logins === 1) return ports.connector.connect(node, signal);
            return { ok: false, failure: signal.aborted ? { ...lost, code: 'cancelled' } : lost };
          },
        },
      }),
    });
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'notice' && event.node === 'a' ? [event.reason.code] : [])),
      ['connection-lost', 'job-unreachable'],
    );
    assert.deepEqual([ended(events, 'a'), ended(events, 'b')], [['cancelled'], ['ok']]);
  });

  it('does not hide a failure of another node', async () => {
    const { events } = await runScenario({
      does: (node, step) => (node === 'b' ? ends(step, 'failed') : undefined),
      on: (event, { request }) => {
        if (event.type === 'run-started') request({ nodes: ['a'], when: 'now' });
      },
    });
    assert.equal(runOutcome(events), 'failed');
  });
});

describe('Cancelling a step', () => {
  it('on all nodes stops it where it runs, prevents it elsewhere, and lets every node continue', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { events, commands } = await runScenario({
      does: (node, step) => (node === 'a' && step === 'locale' ? hangs(step) : undefined),
      on: (event, { request }) => {
        if (!isLogOf(event, 'a')) return;
        request({ step: 'locale', when: 'now' });
        open();
      },
      ports: (ports) => ({
        ...ports,
        connector: {
          connect: async (node, signal) => {
            if (node.name === 'b') await gate;
            return ports.connector.connect(node, signal);
          },
        },
      }),
    });
    assert.deepEqual(outcomes(events), [
      'a locale cancelled',
      'a shell-profile changed',
      'a timezone changed',
      'b locale cancelled',
      'b shell-profile changed',
      'b timezone changed',
    ]);
    assert.equal(
      events.some((event) => event.type === 'step-started' && event.node === 'b' && event.step === 'locale'),
      false,
    );
    assert.deepEqual([askedToEnd(commands.get('a')), askedToEnd(commands.get('b'))], [true, false]);
    assert.deepEqual([ended(events, 'a'), ended(events, 'b')], [['cancelled'], ['cancelled']]);
  });

  it('on one node does not affect the same step on the other node', async () => {
    const { events } = await runScenario({
      does: (node, step) => (node === 'a' && step === 'shell-profile' ? hangs(step) : undefined),
      on: (event, { request }) => {
        if (isLogOf(event, 'a')) request({ nodes: ['a'], step: 'shell-profile', when: 'now' });
      },
    });
    assert.deepEqual(
      outcomes(events).filter((text) => !text.endsWith('changed')),
      ['a shell-profile cancelled'],
    );
    assert.deepEqual([ended(events, 'a'), ended(events, 'b')], [['cancelled'], ['ok']]);
  });

  it('blocks the steps that depend on it, and no others', async () => {
    const cluster = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
openstack: { release: stein }
steps: [repositories, openstack-client, locale]
`);
    const { events } = await runScenario({
      cluster,
      on: (event, { request }) => {
        if (event.type === 'run-started') request({ step: 'repositories', when: 'after-step' });
      },
    });
    assert.deepEqual(outcomes(events), [
      'a locale changed',
      'a openstack-client skipped',
      'a repositories cancelled',
    ]);
    const held = events.find((event) => event.type === 'step-finished' && event.outcome === 'skipped');
    assert.deepEqual(held?.type === 'step-finished' && held.reasons, [
      { code: 'dependency-cancelled', args: ['repositories'] },
    ]);
  });

  it('that the check found done blocks no other step', async () => {
    const cluster = clusterOf(`cluster: lab
nodes:
  a: { address: 10.0.0.1 }
openstack: { release: stein }
steps: [repositories, openstack-client]
`);
    const { events } = await runScenario({
      cluster,
      does: (_, step) =>
        step === 'probe'
          ? { lines: ['@ begin 7', '@ step repositories', '@ state repositories done', '@ end'] }
          : undefined,
      on: (event, { request }) => {
        if (event.type === 'run-started') request({ step: 'repositories', when: 'now' });
      },
    });
    assert.deepEqual(outcomes(events), ['a openstack-client changed', 'a repositories cancelled']);
  });
});

describe('Cancelling a node during a step that runs on one node at a time', () => {
  it('makes the waiting nodes skip that step with a reason and continue with their other steps', async () => {
    const { events } = await runScenario({
      cluster: queue,
      does: (node, step) => (node === 'a' && step === 'locale' ? hangs(step) : undefined),
      on: (event, { request }) => {
        if (event.type === 'notice' && event.node === 'c') request({ nodes: ['a'], when: 'now' });
      },
    });
    assert.deepEqual(
      outcomes(events).filter((text) => !text.startsWith('a')),
      [
        'b locale changed',
        'b rabbitmq skipped',
        'b shell-profile changed',
        'c locale changed',
        'c rabbitmq skipped',
        'c shell-profile changed',
      ],
    );
    const reasons = events.flatMap((event) =>
      event.type === 'step-finished' && event.step === 'rabbitmq' && event.node !== 'a' ? event.reasons : [],
    );
    const why = { code: 'serial-cancelled', args: ['a'] };
    assert.deepEqual(reasons, [why, why]);
  });

  it('lets the waiting nodes start if the cancelled node already had the step done', async () => {
    const done = ['@ begin 7', '@ step rabbitmq', '@ state rabbitmq done', '@ end'];
    const { events } = await runScenario({
      cluster: queue,
      does: (node, step) => {
        if (step === 'probe') return { lines: node === 'a' ? done : ['@ begin 7', '@ end'] };
        return node === 'a' && step === 'locale' ? hangs(step) : undefined;
      },
      on: (event, { request }) => {
        if (isLogOf(event, 'a')) request({ nodes: ['a'], when: 'now' });
      },
    });
    assert.ok(outcomes(events).includes('b rabbitmq changed'));
    assert.ok(outcomes(events).includes('c rabbitmq changed'));
  });

  it('ends its wait at once, while the node ahead of it still works', async () => {
    const { events } = await runScenario({
      cluster: queue,
      does: (node, step) => (node === 'a' && step === 'rabbitmq' ? hangs(step) : undefined),
      on: (event, { request }) => {
        if (event.type === 'notice' && event.node === 'b') request({ nodes: ['b'], when: 'after-step' });
        // `a` may stop only now: a wait that lasted until then would block the test.
        if (event.type === 'node-finished' && event.node === 'b') request({ step: 'rabbitmq', when: 'now' });
      },
    });
    assert.deepEqual(
      outcomes(events).filter((text) => text.startsWith('b')),
      ['b locale changed', 'b rabbitmq cancelled', 'b shell-profile cancelled'],
    );
  });
});

describe('Cancelling a run', () => {
  it('after the current steps starts no further step on any node', async () => {
    const { events, commands } = await runScenario({
      on: (event, { request }) => {
        if (event.type === 'step-started') request({ when: 'after-step' });
      },
    });
    assert.deepEqual(
      outcomes(events).filter((text) => !/locale/.test(text)),
      [
        'a shell-profile cancelled',
        'a timezone cancelled',
        'b shell-profile cancelled',
        'b timezone cancelled',
      ],
    );
    assert.equal(runOutcome(events), 'cancelled');
    assert.equal([...commands.values()].some(askedToEnd), false);
  });

  it('through its signal reports steps that did not start as skipped', async () => {
    const controller = new AbortController();
    const { events } = await runScenario({
      does: (_, step) => (step === 'locale' ? hangs(step) : undefined),
      on: (event) => {
        if (event.type === 'log') controller.abort();
      },
      signal: controller.signal,
    });
    assert.deepEqual(
      outcomes(events).filter((text) => text.startsWith('a')),
      ['a locale cancelled', 'a shell-profile skipped', 'a timezone skipped'],
    );
    assert.equal(runOutcome(events), 'cancelled');
  });
});
