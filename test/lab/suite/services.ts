import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunKind } from '../../../src/base/states.ts';
import type { Cluster } from '../../../src/cluster/model.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type SystemName, systems } from '../systems.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';
import { serviceTests } from './service-tests.ts';

const steps = ['hosts-file', 'repositories', ...serviceTests.map(({ step }) => step)];

/** A password with characters that a shell interprets. */
const secrets = { queue: `p w;d'"$HOME\\x%`, cookie: 'LABCOOKIE0123456789' };

/** One system has RabbitMQ on two nodes; a single one starts faster. */
function queueNodes(system: SystemName): string {
  return system === 'el9' ? 'queue' : 'controller';
}

function clusterText(lab: Lab): string {
  const roles = ['[controller, store, queue]', '[compute, store, queue]', '[compute, store]', '[storage]'];
  const rows = lab.nodes.map(
    ({ name, address }, index) => `  ${name}: { address: ${address}, roles: ${roles[index]} }`,
  );
  return `cluster: lab
openstack: { release: ${systems[lab.system].openstack}, components: [keystone, nova, cinder] }
ssh: { user: root, identity: ${lab.identity} }
nodes:
${rows.join('\n')}
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
services:
  mariadb: { on: controller, bind-address: management, max-connections: 4096 }
  chrony: { servers: [198.18.88.1], allow: 198.18.88.0/24 }
  memcached: { on: controller }
  etcd: { on: store }
  rabbitmq: { on: ${queueNodes(lab.system)}, password: { secret: queue }, cookie: { secret: cookie } }
steps: [${steps.join(', ')}]
`;
}

/** Tests the services and components on four real nodes of one system. */
export function testServices(system: SystemName): void {
  describe(`The services on real nodes with ${system}`, () => {
    let lab: Lab;
    let engine: LabEngine;
    let cluster: Cluster;
    const nodesOf = (step: string) => cluster.steps.find(({ id }) => id === step)?.nodes ?? [];
    const expected = <Value>(node: string, value: Value) =>
      Object.fromEntries(steps.filter((step) => nodesOf(step).includes(node)).map((step) => [step, value]));

    before(async () => {
      lab = await upLab({ nodes: 4, system });
      cluster = clusterOf(clusterText(lab));
      engine = startEngine(lab, cluster, { secrets });
    });

    after(async () => {
      await engine?.close();
      await lab?.down();
    });

    it('are assigned to their nodes, and needed there', async () => {
      const now = await engine.operate('check');
      assert.deepEqual(nodesOf('etcd'), ['openstack1', 'openstack2', 'openstack3']);
      assert.deepEqual(nodesOf('mariadb'), ['openstack1']);
      for (const { name } of cluster.nodes)
        assert.deepEqual(stepValues(now, name, 'state'), expected(name, 'needed'), name);
    });

    it('are set up by one run', async () => {
      const now = await engine.operate('run');
      for (const { name } of cluster.nodes)
        assert.deepEqual(
          stepValues(now, name, 'outcome'),
          expected(name, 'changed'),
          JSON.stringify(stepValues(now, name, 'reasons'), null, 1),
        );
    });

    if (queueNodes(system) === 'queue')
      it('are started one node after the other for rabbitmq', async () => {
        // All nodes have the clock of this host.
        const times = 'cd /var/lib/stackprep/jobs/*.rabbitmq.1 && stat -c %.9Y payload rc';
        const [first, second] = await Promise.all(
          nodesOf('rabbitmq').map(async (node) => {
            const { code, stdout, stderr } = await lab.ssh(node, times);
            assert.equal(code, 0, stderr);
            const [sent = Number.NaN, ended = Number.NaN] = stdout.trim().split('\n').map(Number);
            return { sent, ended };
          }),
        );
        assert.ok(first && second && first.ended > first.sent && second.ended > second.sent);
        assert.ok(second.sent >= first.ended, JSON.stringify([first, second]));
      });

    for (const { step, verify } of serviceTests) {
      it(`work on each of their nodes: ${step}`, async () => {
        for (const node of nodesOf(step)) {
          await verify(async (command) => {
            const { code, stdout, stderr } = await lab.ssh(node, command);
            assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
            return stdout;
          }, node);
        }
      });
    }

    it('are unchanged by a second run', async () => {
      const now = await engine.operate('run');
      for (const { name } of cluster.nodes)
        assert.deepEqual(
          stepValues(now, name, 'outcome'),
          expected(name, 'unchanged'),
          JSON.stringify(stepValues(now, name, 'reasons'), null, 1),
        );
    });

    it('are reported as drifted after manual changes, and fixed by the next run', async () => {
      const nodes = ['openstack1'];
      const ids = serviceTests.map(({ step }) => step);
      for (const { step, damage } of serviceTests) {
        const { code, stderr } = await lab.ssh('openstack1', damage);
        assert.equal(code, 0, `${step}: ${stderr}`);
      }
      const all = (value: string) => Object.fromEntries(ids.map((id) => [id, value]));
      const found = await engine.operate('check', { nodes, steps: ids });
      assert.deepEqual(stepValues(found, 'openstack1', 'state'), all('drifted'));
      const fixed = await engine.operate('run', { nodes, steps: ids });
      assert.deepEqual(
        stepValues(fixed, 'openstack1', 'outcome'),
        all('changed'),
        JSON.stringify(stepValues(fixed, 'openstack1', 'reasons')),
      );
    });

    it('leave no password in logs, files or the journal', async () => {
      for (const file of readdirSync(engine.folder, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const text = readFileSync(join(file.parentPath, file.name), 'utf8');
        for (const value of Object.values(secrets)) assert.equal(text.includes(value), false, file.name);
      }
      const found = await lab.ssh(
        'openstack1',
        `grep -rlF -e '${secrets.cookie}' /var/lib/stackprep /tmp /run 2>/dev/null`,
      );
      assert.equal(found.stdout, '');
    });

    it('change the password when the secret changes', async () => {
      const other = startEngine(lab, cluster, { secrets: { ...secrets, queue: 'another one' } });
      const only = { nodes: ['openstack1'], steps: ['rabbitmq'] };
      assert.equal(stepValues(await other.operate('check', only), 'openstack1', 'state').rabbitmq, 'drifted');
      assert.equal(stepValues(await other.operate('run', only), 'openstack1', 'outcome').rabbitmq, 'changed');
      const asked = await lab.ssh('openstack1', 'rabbitmqctl -q authenticate_user openstack', {
        input: 'another one\n',
      });
      assert.equal(asked.code, 0, asked.stderr);
      await other.close();
    });

    it('restore the previous files on undo', async () => {
      const undone = ['chrony', 'mariadb', 'memcached'];
      const now = await engine.operate('undo', { nodes: ['openstack1'], steps: undone });
      const outcomes = stepValues(now, 'openstack1', 'outcome');
      assert.deepEqual(outcomes, Object.fromEntries(undone.map((step) => [step, 'changed'])));
      const { stdout } = await lab.ssh(
        'openstack1',
        'grep ^OPTIONS /etc/sysconfig/memcached; grep ^server /etc/chrony.conf; ls /etc/my.cnf.d; systemctl is-enabled memcached mariadb chronyd',
      );
      assert.equal(
        stdout,
        'OPTIONS="-l 127.0.0.1,::1"\nserver 0.centos.pool.ntp.org iburst\nserver 1.centos.pool.ntp.org iburst\nclient.cnf\nmariadb-server.cnf\ndisabled\ndisabled\nenabled\n',
      );
    });

    describe('with Packstack', () => {
      let packstack: LabEngine;
      const node = 'openstack1';
      const run = async (kind: RunKind) => (await packstack.operate(kind)).nodes[node]?.steps.packstack;

      before(() => {
        packstack = startEngine(lab, clusterOf(packstackText(lab)));
      });
      after(() => packstack?.close());

      it('do not run Packstack while one of its requirements is missing, and report it', async () => {
        const found = await run('check');
        const codes = found?.reasons.map(({ code }) => code) ?? [];
        for (const code of ['packstack-not-run', 'packstack-no-gateway', 'packstack-no-root-login'])
          assert.ok(codes.includes(code), `${code}: ${codes}`);
        const ran = await run('run');
        assert.equal(ran?.outcome, 'failed');
        assert.ok(ran.notices.some(({ code }) => code === 'packstack-no-gateway'));
        assert.equal((await lab.ssh(node, 'ls /root/packstack-answers-stackprep.txt')).code, 2);
      });

      it('run Packstack once its requirements are met, with an answer file that only root can read', async () => {
        await freeTheWay(lab);
        const ran = await run('run');
        assert.equal(ran?.outcome, 'changed', JSON.stringify(ran, null, 1));
        const manifests = [
          '198.18.88.171_controller.pp',
          '198.18.88.171_network.pp',
          '198.18.88.172_compute.pp',
          '198.18.88.173_compute.pp',
          // Packstack on EL7 has no second manifest of the controller.
          ...(system === 'el7' ? [] : ['198.18.88.171_controller_post.pp']),
        ];
        // The manifests of the compute hosts start together, so the second one has the same count as the first.
        const through = [0, 1, 2, 2, 4];
        assert.deepEqual(
          packstack.manifests(),
          manifests.map((name, index) => [name, through[index], manifests.length]),
        );
        assert.deepEqual(
          ran?.notices.filter(({ code }) => code === 'packstack-node-unused').map(({ args }) => args[0]),
          ['openstack4'],
        );
        const answers = await lab.ssh(
          node,
          'stat -c "%a %U" /root/packstack-answers-stackprep.txt; grep -c = /root/packstack-answers-stackprep.txt; grep HOSTS= /root/packstack-answers-stackprep.txt',
        );
        assert.match(answers.stdout, /^600 root\n/);
        assert.ok(Number(answers.stdout.split('\n')[1]) > 250, answers.stdout);
        assert.match(answers.stdout, /^CONFIG_COMPUTE_HOSTS=198\.18\.88\.172,198\.18\.88\.173$/m);
        assert.match((await lab.ssh(node, 'curl -s http://198.18.88.171:5000/v3')).stdout, /"stable"/);
      });

      it('run Packstack again only if needed, keep its passwords, and report a missing Keystone as drift', async () => {
        assert.equal((await run('run'))?.outcome, 'unchanged');
        const password = 'grep -E "^CONFIG_(NOVA_DB|MARIADB)_PW=" /root/packstack-answers-stackprep.txt';
        const before = (await lab.ssh(node, password)).stdout;
        assert.match(before, /^CONFIG_NOVA_DB_PW=[0-9a-f]{16}$/m);
        assert.equal((await lab.ssh(node, 'systemctl stop lab-keystone')).code, 0);
        assert.equal((await run('check'))?.state, 'drifted');
        assert.equal((await run('run'))?.outcome, 'changed');
        assert.equal((await lab.ssh(node, password)).stdout, before);
      });
    });
  });
}

function packstackText(lab: Lab): string {
  const roles = ['[controller]', '[compute]', '[compute]', '[storage]'];
  const rows = lab.nodes.map(
    ({ name, address }, index) => `  ${name}: { address: ${address}, roles: ${roles[index]} }`,
  );
  return `cluster: lab
openstack: { release: ${systems[lab.system].openstack}, installer: packstack, components: [keystone, glance, placement, nova, neutron] }
ssh: { user: root, identity: ${lab.identity} }
nodes:
${rows.join('\n')}
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
  provider: { interface: eth1 }
steps: [packstack]
`;
}

/** Meets Packstack's requirements: keys for root, and a default route, which the lab's nodes do not have. */
async function freeTheWay(lab: Lab): Promise<void> {
  const must = async (node: string, command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
    return stdout;
  };
  const key = await must(
    'openstack1',
    'ssh-keygen -q -t ed25519 -N "" -f /root/.ssh/id_ed25519 && cat /root/.ssh/id_ed25519.pub',
  );
  for (const { name } of lab.nodes) await must(name, `echo '${key.trim()}' >>/root/.ssh/authorized_keys`);
  await must('openstack1', 'ip route add default via 198.18.88.1');
}
