import assert from 'node:assert/strict';
import type { Cluster } from '../../../src/cluster/model.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

const secrets = { queue: 'open sesame', cookie: 'LABCOOKIE0123456789' };

/** RabbitMQ and etcd on lab nodes with fully qualified names in the cluster file. */
function queueOn(lab: Lab, names: Readonly<Record<string, string>>, steps: string): Cluster {
  const rows = Object.entries(names).map(
    ([node, name]) => `  ${name}: { address: ${lab.node(node).address}, roles: [controller] }\n`,
  );
  return clusterOf(`cluster: names
openstack: { release: epoxy }
ssh: { user: root, identity: ${lab.identity} }
nodes:
${rows.join('')}services:
  rabbitmq: { on: controller, password: { secret: queue }, cookie: { secret: cookie } }
  etcd: { on: controller }
steps: [${steps}]
`);
}

const trio = ['openstack1', 'openstack2', 'openstack3'] as const;
const etcdctl = 'ETCDCTL_API=3 etcdctl --endpoints "http://$(hostname -i | cut -d " " -f 1):2379"';

describe('Fully qualified names on real nodes', () => {
  let lab: Lab;
  const open: LabEngine[] = [];
  const seen = async (node: string, command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
    return stdout;
  };
  /** Runs the steps twice: first everything changes, then nothing. */
  async function set(cluster: Cluster): Promise<void> {
    const engine = startEngine(lab, cluster, { secrets });
    open.push(engine);
    for (const outcome of ['changed', 'unchanged']) {
      const now = await engine.operate('run');
      for (const { name } of cluster.nodes)
        assert.deepEqual(
          stepValues(now, name, 'outcome'),
          Object.fromEntries(cluster.steps.map(({ id }) => [id, outcome])),
          `${name}: ${JSON.stringify(stepValues(now, name, 'reasons'), null, 1)}`,
        );
    }
  }
  /** All nodes are in one running cluster under these names, and share their objects. */
  async function isCluster(
    nodes: readonly [string, string, ...string[]],
    queues: readonly string[],
  ): Promise<void> {
    for (const node of nodes) {
      const running = await seen(node, 'rabbitmqctl -q eval "lists:sort(rabbit_nodes:all_running())."');
      assert.deepEqual(running.match(/rabbit@[a-z0-9.]+/g), queues, running);
    }
    const [first, ...others] = nodes;
    await seen(first, 'rabbitmqctl -q add_vhost both');
    for (const other of others)
      assert.match(await seen(other, 'rabbitmqctl -q list_vhosts'), /^both$/m, other);
  }

  before(async () => {
    lab = await upLab({ nodes: 5, system: 'el9' });
  });
  after(async () => {
    for (const engine of open) await engine.close();
    await lab?.down();
  });

  it('become the full host name, with the short name as alias, on every node', async () => {
    const names = {
      openstack1: 'ctl1.dc1.example.com',
      openstack2: 'ctl2.dc1.example.com',
      openstack3: 'ctl3.dc1.example.com',
    };
    await set(queueOn(lab, names, 'hostname, hosts-file, repositories, rabbitmq, etcd'));
    assert.equal(
      await seen('openstack1', 'hostname; hostname -f; hostname -s'),
      'ctl1.dc1.example.com\nctl1.dc1.example.com\nctl1\n',
    );
    for (const name of ['ctl2', 'ctl2.dc1.example.com'])
      assert.match(
        await seen('openstack1', `getent hosts ${name}`),
        /^198\.18\.88\.172 +ctl2\.dc1\.example\.com ctl2$/m,
      );
  });

  it('let RabbitMQ form a cluster by its default short names if they resolve', async () => {
    await isCluster(trio, ['rabbit@ctl1', 'rabbit@ctl2', 'rabbit@ctl3']);
  });

  it('let etcd form a cluster of three, each reached at its address, that keeps a value without one of them', async () => {
    const members = await seen('openstack2', `${etcdctl} member list`);
    assert.deepEqual(members.match(/http:\/\/198\.18\.88\.17[123]:2379/g)?.sort(), [
      'http://198.18.88.171:2379',
      'http://198.18.88.172:2379',
      'http://198.18.88.173:2379',
    ]);
    await seen('openstack1', 'systemctl stop etcd');
    await seen('openstack2', `${etcdctl} put lab two`);
    assert.match(await seen('openstack3', `${etcdctl} get lab --print-value-only`), /^two$/m);
    await seen('openstack1', 'systemctl start etcd');
    assert.match(await seen('openstack1', `${etcdctl} get lab --print-value-only`), /^two$/m);
  });

  it('let RabbitMQ form a cluster by the full names if only they resolve', async () => {
    const hosts =
      "printf '127.0.0.1 localhost\\n198.18.88.174 ctl4.dc1.example.com\\n198.18.88.175 ctl5.dc1.example.com\\n' >/etc/hosts";
    for (const node of ['openstack4', 'openstack5']) await seen(node, hosts);
    const names = { openstack4: 'ctl4.dc1.example.com', openstack5: 'ctl5.dc1.example.com' };
    await set(queueOn(lab, names, 'hostname, repositories, rabbitmq'));
    await isCluster(
      ['openstack4', 'openstack5'],
      ['rabbit@ctl4.dc1.example.com', 'rabbit@ctl5.dc1.example.com'],
    );
  });

  it('keep the RabbitMQ cluster unchanged when a short name resolves later', async () => {
    const names = { openstack4: 'ctl4.dc1.example.com', openstack5: 'ctl5.dc1.example.com' };
    await set(queueOn(lab, names, 'hosts-file'));
    const engine = startEngine(lab, queueOn(lab, names, 'rabbitmq'), { secrets });
    open.push(engine);
    const now = await engine.operate('check');
    assert.deepEqual(
      Object.values(names).map((name) => stepValues(now, name, 'state')),
      [{ rabbitmq: 'done' }, { rabbitmq: 'done' }],
    );
  });
});
