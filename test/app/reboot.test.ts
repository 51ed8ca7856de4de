import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cancellation, createCancellation } from '../../src/app/cancellation.ts';
import { journal } from '../../src/app/logs/journal.ts';
import { createWriteGuard } from '../../src/app/logs/write-guard.ts';
import type { UnfinishedAbsence } from '../../src/app/node-work.ts';
import { operate } from '../../src/app/operate.ts';
import { openRuns, readUnfinishedRun, type UnfinishedRun } from '../../src/app/unfinished-run.ts';
import { quorumGroups } from '../../src/plan/quorum-groups.ts';
import type { Output, Transport } from '../../src/remote/base/transport.ts';
import type { RunEvent, TimedEvent } from '../../src/run/events.ts';
import { emptyRunState, reduceRun } from '../../src/run/state.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { lost, type Script, scriptedNode, scriptedPorts } from '../support/scripted.ts';

const never = new AbortController().signal;
const three = (rollout = '{}', step = 'kernel') =>
  clusterOf(`cluster: lab
nodes:
  n[1:3]: { address: '10.0.0.[1:3]', roles: [controller] }
  web: { address: 10.0.0.9 }
services: { etcd: { on: controller } }
system: { reboot: when-needed }
steps: [${step}, locale]
rollout: ${rollout}
`);
const probe: Script = { lines: ['@ begin 7', '@ end'] };
const ends = (step: string): Script => ({
  lines: [
    '@ begin 8',
    `@ step ${step}`,
    '@ phase apply',
    ...(step === 'locale' ? [] : ['@ notice reboot-needed new old']),
    `@ result ${step} changed`,
    '@ end',
  ],
});

/** What a node does around its reboot; every function is asked each time. */
interface Machine {
  /** Whether it comes back. */
  readonly returns?: () => boolean;
  readonly etcdRuns?: boolean;
  /** Whether it refuses logins once when it comes back, as a node that starts. */
  readonly refuses?: boolean;
  /** Whether its members answer. */
  readonly isWhole?: () => boolean;
}

interface Scenario {
  readonly machines?: Readonly<Record<string, Machine>>;
  readonly on?: (event: TimedEvent, cancellation: Cancellation) => void;
  readonly rollout?: string;
  /** The step that requires the reboot; an upgrade may restart services, the kernel does not. */
  readonly step?: 'kernel' | 'upgrade';
  /** What an earlier process left open; nodes with a boot in it are down. */
  readonly unfinished?: UnfinishedRun;
  readonly waitMs?: number;
  readonly serviceMs?: number;
}

/** Runs a step that requires a reboot of every node, and records how many nodes were down at once, and how many ran it. */
async function rebootAll({ machines = {}, on, rollout, step, waitMs, serviceMs, unfinished }: Scenario) {
  const cluster = three(rollout, step);
  const boots = new Map<string, number>();
  const rebooting = [...(unfinished?.away ?? [])].flatMap(([node, { boot }]) =>
    boot === undefined ? [] : [node],
  );
  const down = new Set<string>(rebooting);
  const refused = new Set<string>();
  let mostDown = 0;
  const order: string[] = [];
  const transportOf = (name: string): Transport => {
    const machine = machines[name] ?? {};
    const scripted = scriptedNode((kind, step) => (kind === 'probe' ? probe : ends(step)));
    async function* says(text: string, code = 0): AsyncGenerator<Output> {
      yield { type: 'data', stream: 'stdout', bytes: Buffer.from(text) };
      yield { type: 'exit', code, signal: undefined };
    }
    const exec: Transport['exec'] = (command, signal, options) => {
      const words = command.argv.join(' ');
      if (words.includes('boot_id')) return says(`boot-${boots.get(name) ?? 0}`, down.has(name) ? 255 : 0);
      if (words.includes('is-active')) return says('', machine.etcdRuns ? 0 : 3);
      if (words === 'true') return says('');
      if (words.includes('/health')) return says(`{"health":"${machine.isWhole?.() ?? true}"}`);
      if (words.includes('systemctl reboot')) {
        order.push(name);
        down.add(name);
        if (name !== 'web') mostDown = Math.max(mostDown, [...down].filter((each) => each !== 'web').length);
        return says('');
      }
      return scripted.transport.exec(command, signal, options);
    };
    return { exec, dispose: scripted.transport.dispose };
  };
  const ports = {
    ...scriptedPorts({}),
    connector: {
      connect: async ({ name }: { readonly name: string }) => {
        if (down.has(name)) {
          if (machines[name]?.returns?.() === false)
            return { ok: false as const, failure: { ...lost, code: 'host-key-changed' as const } };
          if (machines[name]?.refuses && !refused.has(name)) {
            refused.add(name);
            return { ok: false as const, failure: { ...lost, code: 'auth' as const } };
          }
          down.delete(name);
          boots.set(name, (boots.get(name) ?? 0) + 1);
        }
        return { ok: true as const, transport: transportOf(name) };
      },
    },
    times: {
      rebootPollMs: 1,
      ...(waitMs === undefined ? {} : { quorumWaitMs: waitMs }),
      ...(serviceMs === undefined ? {} : { serviceBackMs: serviceMs }),
    },
  };
  const cancellation = createCancellation();
  const events: TimedEvent[] = [];
  const operation = { kind: 'run', cluster, selection: {}, cancellation } as const;
  for await (const event of operate(operation, ports, never, unfinished)) {
    events.push(event);
    on?.(event, cancellation);
  }
  const state = events.reduce(reduceRun, emptyRunState);
  const notices = (node: string) =>
    events.flatMap((event) => (event.type === 'notice' && event.node === node ? [event.reason] : []));
  return { events, state, order, mostDown, notices };
}

describe('The quorums of a cluster', () => {
  it('are the services with several members and the controllers', () => {
    assert.deepEqual(quorumGroups(three()), [
      { name: 'etcd', nodes: ['n1', 'n2', 'n3'] },
      { name: 'controller', nodes: ['n1', 'n2', 'n3'] },
    ]);
    const one = clusterOf(
      'cluster: lab\nnodes:\n  a: { address: 10.0.0.1, roles: [controller] }\nservices: { etcd: {} }\n',
    );
    assert.deepEqual(quorumGroups(one), []);
  });
});

describe('Nodes that must reboot', () => {
  it('are away one at a time if they are members of one quorum, and say which one they wait for', async () => {
    const { state, order, mostDown, events } = await rebootAll({});
    assert.equal(mostDown, 1);
    assert.deepEqual([...order].sort(), ['n1', 'n2', 'n3', 'web']);
    assert.equal(state.run?.outcome, 'ok');
    const waits = events.flatMap((event) =>
      event.type === 'notice' && event.reason.code === 'quorum-waiting' ? [event.reason.args[1]] : [],
    );
    assert.ok(waits.length >= 2 && waits.every((group) => group === 'etcd'), waits.join());
  });

  it('are not rebooted after a member that did not come back, also in a later batch', async () => {
    const { state, order, notices } = await rebootAll({
      machines: { n1: { returns: () => false } },
      rollout: "{ batch: [2, 100%], max-failed: '100%' }",
    });
    assert.deepEqual(
      order.filter((name) => name !== 'web'),
      ['n1'],
    );
    assert.equal(state.nodes.n1?.outcome, 'failed');
    assert.deepEqual(notices('n2').at(-1), { code: 'reboot-blocked', args: ['n1', 'etcd'] });
    assert.equal(state.nodes.n3?.outcome, 'not-started');
  });

  it('wait until every member of a service that runs answers, before the reboot and after it', async () => {
    let asked = 0;
    const { order, notices, state } = await rebootAll({
      machines: {
        n1: {
          etcdRuns: true,
          isWhole: () => {
            asked += 1;
            return asked > 3;
          },
        },
      },
    });
    assert.ok(asked > 4);
    assert.ok(order.includes('n1'));
    assert.deepEqual(
      notices('n1')
        .map(({ code }) => code)
        .filter((code) => code !== 'quorum-waiting'),
      ['reboot-needed', 'quorum-checking', 'rebooting', 'rebooted', 'quorum-checking', 'quorum-back'],
    );
    assert.equal(state.run?.outcome, 'ok');
  });

  it('are not rebooted while another member of the service is missing, and the wait ends', async () => {
    const { order, notices, state } = await rebootAll({
      machines: { n1: { etcdRuns: true, isWhole: () => false } },
      serviceMs: 1,
    });
    assert.ok(!order.includes('n1'));
    assert.deepEqual(notices('n1').at(-1), { code: 'quorum-incomplete', args: ['etcd', '0'] });
    assert.deepEqual([state.nodes.n1?.outcome, state.nodes.n2?.outcome], ['failed', 'ok']);
  });

  it('are back although they refuse logins while they start', async () => {
    const { state } = await rebootAll({ machines: { n1: { refuses: true } } });
    assert.equal(state.run?.outcome, 'ok');
    assert.equal(state.nodes.n1?.outcome, 'ok');
  });

  it('stop waiting for another member after the deadline', async () => {
    let waited = false;
    const { order, notices } = await rebootAll({
      machines: {
        n1: { etcdRuns: true, isWhole: () => waited },
      },
      waitMs: 1,
      on: (event) => {
        waited ||= event.type === 'node-finished' && event.node === 'n2';
      },
    });
    assert.ok(!order.includes('n2'));
    assert.deepEqual(notices('n2').at(-1), { code: 'reboot-wait-timed-out', args: ['n1', 'etcd', '0'] });
    assert.ok(order.includes('n1'));
  });

  it('stop waiting at once when they are cancelled, while the other member is still away', async () => {
    let isOver = false;
    const { order, state } = await rebootAll({
      machines: { n1: { etcdRuns: true, isWhole: () => isOver } },
      on: (event, { request }) => {
        if (event.type === 'notice' && event.reason.code === 'quorum-waiting' && event.node === 'n2')
          request({ nodes: ['n2', 'n3'], when: 'after-step' });
        isOver ||= event.type === 'node-finished' && event.node === 'n2';
      },
    });
    assert.deepEqual(
      order.filter((name) => name !== 'web'),
      ['n1'],
    );
    assert.equal(state.nodes.n2?.outcome, 'cancelled');
    assert.equal(state.nodes.n2.steps.locale?.outcome, 'cancelled');
    assert.equal(state.nodes.n1?.outcome, 'ok');
  });
});

describe('A resumed run', () => {
  const step = 'kernel';
  const leftAt = (away: Readonly<Record<string, Partial<UnfinishedAbsence>>>): UnfinishedRun => ({
    ...{ run: 'run-1', finished: new Map(), jobs: new Map(), hasBegun: true },
    steps: new Map(Object.keys(away).map((node) => [node, new Map([[step, 'changed' as const]])])),
    away: new Map(
      Object.entries(away).map(([node, more]) => [node, { step, services: [], needsReboot: true, ...more }]),
    ),
  });

  function outcomeOf(events: readonly TimedEvent[]): string | undefined {
    const end = events.at(-1);
    return end?.type === 'run-finished' ? end.outcome : end?.type;
  }

  it('waits for a node whose reboot the earlier process began, before another member reboots', async () => {
    const { order, events } = await rebootAll({ unfinished: leftAt({ n2: { boot: 'boot-0' } }) });
    assert.equal(outcomeOf(events), 'ok');
    assert.deepEqual([...order].sort(), ['n1', 'n3', 'web']);
    const at = (node: string, code: string) =>
      events.findIndex(
        (event) => event.type === 'notice' && event.node === node && event.reason.code === code,
      );
    assert.ok(at('n2', 'rebooted') >= 0);
    assert.ok(at('n1', 'rebooting') > at('n2', 'rebooted') && at('n3', 'rebooting') > at('n2', 'rebooted'));
    const ran = events.some(
      (event) => event.type === 'step-started' && event.node === 'n2' && event.step === 'locale',
    );
    assert.ok(ran);
  });

  it('asks a node again to reboot if it has not ended its boot', async () => {
    const unfinished = leftAt({ n2: { boot: 'boot-1' } });
    const { order, events } = await rebootAll({ unfinished });
    assert.deepEqual([...order].sort(), ['n1', 'n2', 'n3', 'web']);
    assert.equal(outcomeOf(events), 'ok');
  });

  it('reboots a node that had to wait for its turn when the earlier process ended', async () => {
    const { order, events } = await rebootAll({ unfinished: leftAt({ n2: {} }) });
    assert.deepEqual([...order].sort(), ['n1', 'n2', 'n3', 'web']);
    assert.equal(outcomeOf(events), 'ok');
  });

  it('reboots no other member if the node never comes back', async () => {
    const { order, notices, state } = await rebootAll({
      unfinished: leftAt({ n2: { boot: 'boot-0' } }),
      machines: { n2: { returns: () => false } },
    });
    assert.deepEqual(order, ['web']);
    assert.deepEqual(notices('n1').at(-1), { code: 'reboot-blocked', args: ['n2', 'etcd'] });
    assert.equal(state.nodes.n2?.outcome, 'unreachable');
  });

  it('knows from the journal which nodes were away, and from what', async () => {
    const events: RunEvent[] = [
      {
        type: 'run-started',
        run: 'left',
        kind: 'run',
        cluster: 'lab',
        nodes: ['a', 'b', 'c', 'd'],
        steps: [step],
      },
      ...[
        ['a', 'quorum-checking', 'etcd', 'rabbitmq'],
        ['b', 'reboot-needed', 'new', 'old'],
        ['b', 'quorum-checking', 'etcd'],
        ['b', 'quorum-back', 'etcd'],
        ['b', 'rebooting', 'boot-7'],
        ['c', 'reboot-needed', 'new', 'old'],
        ['c', 'quorum-checking', 'etcd'],
        ['c', 'rebooting', 'boot-8'],
        ['c', 'rebooted', '20'],
        ['d', 'quorum-checking', 'etcd'],
        ['d', 'quorum-back', 'etcd'],
      ].map(
        ([node = '', code = '', ...args]) =>
          ({ type: 'notice', node, step, reason: { code, args } }) as const,
      ),
    ];
    const stateFolder = mkdtempSync(join(tmpdir(), 'stackprep-away-'));
    try {
      async function* told(): AsyncGenerator<TimedEvent> {
        for (const event of events) yield { ...event, at: 1 };
      }
      for await (const event of journal(told(), { stateFolder, writeGuard: createWriteGuard() }))
        assert.ok(event);
      const [open] = await openRuns(stateFolder, 2);
      assert.ok(open);
      const { away } = await readUnfinishedRun(stateFolder, open);
      const rest = { step, services: [], needsReboot: false };
      assert.deepEqual(Object.fromEntries(away), {
        a: { ...rest, services: ['etcd', 'rabbitmq'] },
        b: { ...rest, needsReboot: true, boot: 'boot-7' },
        c: { ...rest, services: ['etcd'] },
        d: rest,
      });
    } finally {
      clearAwaySync(stateFolder);
    }
  });
});

describe('A step that may restart services with a quorum', () => {
  const runs: Machine = { etcdRuns: true };
  const upgrade = (scenario: Omit<Scenario, 'step'>) => rebootAll({ ...scenario, step: 'upgrade' });
  /** The most nodes of the quorum on which the step ran at once. */
  function mostAtOnce(events: readonly TimedEvent[]): number {
    const running = new Set<string>();
    return events.reduce((most, event) => {
      if (!('step' in event) || event.step !== 'upgrade' || event.node === 'web') return most;
      if (event.type === 'step-started') running.add(event.node);
      if (event.type === 'step-finished') running.delete(event.node);
      return Math.max(most, running.size);
    }, 0);
  }

  it('runs on one member at a time where they run, and on all at once where they do not', async () => {
    const busy = await upgrade({ machines: { n1: runs, n2: runs, n3: runs } });
    assert.equal(busy.state.run?.outcome, 'ok');
    assert.equal(mostAtOnce(busy.events), 1);
    assert.ok(busy.notices('n2').some(({ code }) => code === 'quorum-waiting'));
    const idle = await upgrade({});
    assert.equal(mostAtOnce(idle.events), 3);
  });

  it('does not begin while another member does not answer, and says so', async () => {
    let asked = 0;
    // It answers itself, but the others do not.
    const isWhole = () => {
      asked += 1;
      return asked === 1;
    };
    const { state, order } = await upgrade({ machines: { n1: { etcdRuns: true, isWhole } }, serviceMs: 1 });
    assert.ok(!order.includes('n1'));
    const { n1, n2 } = state.nodes;
    assert.deepEqual(n1?.steps.upgrade?.reasons, [{ code: 'quorum-incomplete', args: ['etcd', '0'] }]);
    assert.deepEqual([n1.steps.upgrade.outcome, n1.outcome, n2?.outcome], ['skipped', 'failed', 'ok']);
  });

  it('runs at once on a member that has no quorum, since it may be what repairs it', async () => {
    const { state } = await upgrade({
      machines: { n1: { etcdRuns: true, isWhole: () => false } },
      serviceMs: 1,
    });
    assert.equal(state.nodes.n1?.steps.upgrade?.outcome, 'changed');
  });

  it('is not run on the other members if the members do not answer after it on the first', async () => {
    let first: string | undefined;
    const member = (): Machine => {
      let asked = 0;
      const isWhole = () => {
        asked += 1;
        return asked === 1 || first === undefined;
      };
      return { etcdRuns: true, isWhole };
    };
    const { state, notices } = await upgrade({
      machines: { n1: member(), n2: member(), n3: member() },
      serviceMs: 1,
      on: (event) => {
        if (event.type === 'step-finished' && event.node !== 'web') first ??= event.node;
      },
    });
    assert.ok(first);
    assert.deepEqual(notices(first).at(-1), { code: 'quorum-incomplete', args: ['etcd', '0'] });
    for (const name of ['n1', 'n2', 'n3']) {
      assert.equal(state.nodes[name]?.outcome, 'failed');
      if (name === first) continue;
      assert.deepEqual(state.nodes[name].steps.upgrade?.reasons, [
        { code: 'restart-blocked', args: [first, 'etcd'] },
      ]);
    }
  });
});
