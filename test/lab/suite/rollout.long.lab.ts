import assert from 'node:assert/strict';
import type { Policy } from '../../../src/app/node-work.ts';
import type { Rollout } from '../../../src/cluster/rollout.ts';
import type { TimedEvent } from '../../../src/run/events.ts';
import type { RunState } from '../../../src/run/state.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type Seen, watchMembers } from '../quorum/probe.ts';
import { inNode } from '../recovery/test-engine.ts';
import { type LabEngine, startEngine } from './lab-engine.ts';

const names = ['openstack1', 'openstack2', 'openstack3'];
const secrets = { queue: 'word', cookie: 'LABCOOKIE0123456789' };
const services = ['hosts-file', 'repositories', 'etcd', 'rabbitmq'];
/** Their packages before an update that restarts them. */
const old = 'etcd-3.4.14-1.el9s rabbitmq-server-3.9.21-1.el9s';
const bootId = 'cat /proc/sys/kernel/random/boot_id';

/** The result of a run that was watched from outside. */
interface Watched {
  readonly state: RunState;
  readonly events: readonly TimedEvent[];
  readonly etcd: Seen;
  readonly rabbitmq: Seen;
}

describe('Three members of etcd and RabbitMQ, and a fourth node', () => {
  let lab: Lab;
  let engine: LabEngine;
  const clusterWith = (steps: readonly string[], more = '') =>
    clusterOf(`cluster: lab
openstack: { release: epoxy }
ssh: { user: root, identity: ${lab.identity} }
nodes:
${lab.nodes.map(({ name, address }, index) => `  ${name}: { address: ${address}, roles: [${index < 3 ? 'controller' : 'storage'}] }\n`).join('')}
services:
  etcd: { on: controller }
  rabbitmq: { on: controller, password: { secret: queue }, cookie: { secret: cookie } }
steps:
${steps.map((step) => `  - ${step}\n`).join('')}${more}`);

  async function watched(
    steps: readonly string[],
    policy: Policy,
    onEvent: (event: TimedEvent) => void = () => undefined,
  ): Promise<Watched> {
    const members = lab.nodes.slice(0, 3);
    const etcd = watchMembers(members, 2379);
    const rabbitmq = watchMembers(members, 5672);
    const events: TimedEvent[] = [];
    const request = { cluster: clusterWith(steps), policy };
    const state = await engine.operate(
      'run',
      {},
      {
        ...request,
        onEvent: (event) => {
          events.push(event);
          onEvent(event);
        },
      },
    );
    return { state, events, etcd: await etcd(), rabbitmq: await rabbitmq() };
  }
  const boots = () => Promise.all(lab.nodes.map(({ name }) => inNode(lab, name, bootId)));
  const notices = ({ events }: Watched, node: string) =>
    events.flatMap((event) => (event.type === 'notice' && event.node === node ? [event.reason] : []));
  /** Gives every node updates to install, of both services on the members. */
  const needUpgrade = () =>
    Promise.all(
      lab.nodes.map(({ name }) =>
        inNode(lab, name, `dnf -q -y downgrade bash ${names.includes(name) ? old : ''}`),
      ),
    );

  /** Lets a node report that it runs an older kernel than the installed one until it reboots. */
  const pretendOldKernel = (name: string) => inNode(lab, name, 'echo 5.14.0-312.el9.x86_64 >/run/lab/kernel');

  /** Gives every node an update that restarts nothing, and a kernel to boot. */
  const needReboot = () =>
    Promise.all(
      lab.nodes.map(async ({ name }) => {
        await inNode(lab, name, 'dnf -q -y downgrade bash');
        await pretendOldKernel(name);
      }),
    );

  before(async () => {
    lab = await upLab({ nodes: 4, system: 'el9' });
    engine = startEngine(lab, clusterWith(services), {
      secrets,
      jobs: { rebootPollMs: 200, serviceBackMs: 25_000, rebootMs: 60_000 },
    });
    const prepared = await engine.operate('run', { steps: ['hosts-file', 'repositories'] });
    assert.equal(prepared.run?.outcome, 'ok');
    const formed = await engine.operate('run', { steps: ['etcd', 'rabbitmq'] });
    assert.equal(formed.run?.outcome, 'ok', JSON.stringify(formed.nodes));
    await engine.operate('run', { steps: ['upgrade'] }, { cluster: clusterWith(['upgrade']) });
  });
  after(async () => {
    await engine?.close();
    await lab?.down();
  });

  it('get an upgrade that restarts both services, and no two are away at once', async () => {
    await needUpgrade();
    const before = await boots();
    const ran = await watched(['upgrade'], { reboot: false });
    assert.equal(ran.state.run?.outcome, 'ok', JSON.stringify(ran.state.nodes));
    for (const name of names)
      assert.match(
        await inNode(lab, name, 'rpm -q etcd rabbitmq-server'),
        /etcd-3.4.14-2.*\nrabbitmq-server-3.9.21-2/,
      );
    assert.deepEqual(await boots(), before);
    for (const seen of [ran.etcd, ran.rabbitmq]) {
      assert.deepEqual(seen.away, names, JSON.stringify(seen));
      assert.equal(seen.mostAway, 1, JSON.stringify(seen));
    }
  });

  it('reboot one after the other after an upgrade, the canary first, and none waits for the fourth node', async () => {
    await needUpgrade();
    await Promise.all(lab.nodes.map(({ name }) => pretendOldKernel(name)));
    const before = await boots();
    const ran = await watched(['upgrade'], {
      reboot: true,
      rollout: { batch: [{ nodes: 1 }, { percent: 100 }] },
    });
    assert.equal(ran.state.run?.outcome, 'ok', JSON.stringify(ran.state.nodes));
    const after = await boots();
    assert.ok(after.every((id, index) => id !== before[index]));
    for (const seen of [ran.etcd, ran.rabbitmq]) {
      assert.deepEqual(seen.away, names, JSON.stringify(seen));
      assert.equal(seen.mostAway, 1, JSON.stringify(seen));
    }
    const at = (node: string, type: string) =>
      ran.events.findIndex((event) => event.type === type && 'node' in event && event.node === node);
    const others = names.slice(1).map((name) => at(name, 'node-connecting'));
    assert.ok(Math.min(...others) > at('openstack1', 'node-finished'));
    assert.ok(
      Math.min(...names.slice(1).map((name) => at(name, 'node-finished'))) >
        at('openstack4', 'node-finished'),
    );
    const codes = notices(ran, 'openstack1').map(({ code }) => code);
    assert.deepEqual(
      codes.filter((code) => /^(quorum|reboot)/.test(code)),
      [
        ...['quorum-checking', 'reboot-needed', 'quorum-checking', 'quorum-back'],
        ...['quorum-checking', 'rebooting', 'rebooted', 'quorum-checking', 'quorum-back'],
      ],
    );
  });

  it('do not reboot after one whose etcd does not come back', async () => {
    await needReboot();
    await Promise.all(names.map((name) => inNode(lab, name, 'systemctl -q disable etcd')));
    const before = await boots();
    const ran = await watched(['upgrade'], { reboot: true });
    await Promise.all(names.map((name) => inNode(lab, name, 'systemctl -q enable --now etcd')));
    const after = await boots();
    const [first, ...more] = names.filter((_, index) => after[index] !== before[index]);
    assert.ok(first !== undefined && more.length === 0, JSON.stringify({ before, after }));
    assert.deepEqual(notices(ran, first).at(-1), { code: 'quorum-incomplete', args: ['etcd', '0'] });
    for (const name of names.filter((each) => each !== first))
      assert.deepEqual(notices(ran, name).at(-1), { code: 'reboot-blocked', args: [first, 'etcd'] });
    assert.equal(ran.etcd.mostAway, 1, JSON.stringify(ran.etcd));
    assert.equal(ran.state.nodes.openstack4?.outcome, 'ok');
  });

  it('wait in a resumed run for the node whose reboot the earlier process began', async () => {
    await needReboot();
    const before = await boots();
    const cluster = clusterWith(['upgrade']);
    const rebooting = await engine.abandonAt({ cluster, policy: { reboot: true } }, (event) =>
      event.type === 'notice' && event.reason.code === 'rebooting' && names.includes(event.node)
        ? event.node
        : undefined,
    );
    // What the process would have asked for next.
    const away = lab.disrupt(rebooting, 'reboot');
    const members = lab.nodes.slice(0, 3);
    const etcd = watchMembers(members, 2379);
    const state = await engine.resume({ cluster, policy: { reboot: true } });
    await away;
    assert.equal(state.run?.outcome, 'ok', JSON.stringify(state.nodes));
    const seen = await etcd();
    assert.equal(seen.mostAway, 1, JSON.stringify(seen));
    assert.deepEqual(seen.away, names, JSON.stringify(seen));
    const after = await boots();
    assert.ok(
      after.every((id, index) => id !== before[index]),
      JSON.stringify({ before, after }),
    );
  });

  it('are left alone after a batch with more failures than allowed', async () => {
    const own = `{ name: picky, check: 'test -e /root/picky.done', run: 'test "$(uname -n)" != openstack2; : >/root/picky.done' }`;
    const logins = () =>
      Promise.all(
        lab.nodes.map(({ name }) => inNode(lab, name, 'journalctl -q _COMM=sshd | grep -c Accepted || :')),
      );
    const before = await logins();
    const rollout: Rollout = {
      batch: [{ nodes: 1 }, { nodes: 1 }, { percent: 100 }],
      maxFailed: { nodes: 0 },
    };
    const ran = await watched([own], { rollout });
    const outcomes = lab.nodes.map(({ name }) => ran.state.nodes[name]?.outcome);
    assert.deepEqual(outcomes, ['ok', 'failed', 'not-started', 'not-started']);
    const after = await logins();
    assert.deepEqual(
      after.map((count, index) => count !== before[index]),
      [true, true, false, false],
    );
    const left = await inNode(lab, 'openstack1', 'ls /root/picky.done');
    assert.equal(left, '/root/picky.done\n');
  });
});
