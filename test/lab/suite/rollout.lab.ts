import assert from 'node:assert/strict';
import type { Policy } from '../../../src/app/node-work.ts';
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

  before(async () => {
    lab = await upLab({ nodes: 4, system: 'el9' });
    engine = startEngine(lab, clusterWith(services), secrets, {
      rebootPollMs: 200,
      serviceBackMs: 60_000,
      rebootMs: 60_000,
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
});
