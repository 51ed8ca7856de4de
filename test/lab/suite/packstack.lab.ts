import assert from 'node:assert/strict';
import type { RunKind } from '../../../src/base/states.ts';
import type { Cluster } from '../../../src/cluster/model.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { systems } from '../systems.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

const answers = '/root/packstack-answers-stackprep.txt';

/** Two nodes: the controller, and a separate network node, which alone has the provider interface. */
function clusterText(lab: Lab, packstack: string): string {
  const roles = ['[controller, compute]', '[network]'];
  const rows = lab.nodes.map(
    ({ name, address }, index) => `  ${name}: { address: ${address}, roles: ${roles[index]} }`,
  );
  return `cluster: lab
openstack: { release: ${systems[lab.system].openstack}, installer: packstack, components: [keystone, glance, placement, nova, neutron] }
ssh: { user: root, identity: ${lab.identity}, between-nodes: true }
nodes:
${rows.join('\n')}
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
  provider: { interface: eth1 }
packstack: ${packstack}
steps: [ssh-keys, hosts-file, network-interfaces, repositories, packstack]
`;
}

describe('Packstack with a separate network node', () => {
  let lab: Lab;
  const open: LabEngine[] = [];
  const on = async (node: string, command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
    return stdout;
  };
  /** Runs or checks with the given answers; returns the step on the controller and the manifests. */
  const operate = async (kind: RunKind, packstack = '{}') => {
    const cluster: Cluster = clusterOf(clusterText(lab, packstack));
    const engine = startEngine(lab, cluster);
    open.push(engine);
    const now = await engine.operate(kind);
    const step = now.nodes.openstack1?.steps.packstack;
    return {
      now,
      step,
      codes: (step?.reasons ?? []).map(({ code, args }) => [code, ...args].join(' ')),
      manifests: engine.manifests().map(([name]) => name),
    };
  };

  before(async () => {
    lab = await upLab({ nodes: 2, system: 'el9' });
    await on('openstack1', 'ip link delete eth1');
    await on('openstack1', 'ip route add default via 198.18.88.1');
  });
  after(async () => {
    for (const engine of open) await engine.close();
    await lab?.down();
  });

  it('runs under conditions that once prevented it: SELinux disabled, auditd stopped, no provider interface on the controller', async () => {
    assert.equal(await on('openstack1', 'getenforce'), 'Disabled\n');
    assert.equal(await on('openstack1', 'systemctl is-active auditd || :'), 'inactive\n');
    assert.equal(await on('openstack1', 'ls /sys/class/net'), 'eth0\nlo\n');
  });

  it('runs to completion, and the modes that it sets for root are not drift', async () => {
    const { now, step, manifests } = await operate('run');
    assert.equal(step?.outcome, 'changed', JSON.stringify(now.nodes, null, 1));
    assert.deepEqual(manifests, [
      '198.18.88.171_controller.pp',
      '198.18.88.172_network.pp',
      '198.18.88.171_compute.pp',
      '198.18.88.171_controller_post.pp',
    ]);
    for (const node of ['openstack1', 'openstack2'])
      assert.equal(await on(node, 'stat -c %a /root/.ssh /root/.ssh/authorized_keys'), '500\n400\n');
    const after = await operate('check');
    for (const node of ['openstack1', 'openstack2'])
      assert.deepEqual(
        Object.entries(stepValues(after.now, node, 'state')).filter(([, state]) => state !== 'done'),
        [],
      );
  });

  it('does not require an excluded network node or its interface, and includes the node again afterwards', async () => {
    const password = await on('openstack1', `grep -E '^CONFIG_(NOVA_DB|MARIADB)_PW=' ${answers}`);
    await on('openstack2', 'ip link set eth1 down && ip link set eth1 name eth9');
    const excluded = await operate('run', '{ EXCLUDE_SERVERS: 198.18.88.172 }');
    assert.equal(excluded.step?.outcome, 'changed', JSON.stringify(excluded.step, null, 1));
    assert.equal(excluded.manifests.includes('198.18.88.172_network.pp'), false);
    assert.match(await on('openstack1', `grep EXCLUDE ${answers}`), /^EXCLUDE_SERVERS=198\.18\.88\.172$/m);

    const lacking = await operate('check');
    assert.deepEqual(lacking.codes, [
      'packstack-answers-changed',
      'packstack-no-interface eth1 198.18.88.172',
    ]);
    await on('openstack2', 'ip link set eth9 name eth1 && ip link set eth1 up');
    const again = await operate('run');
    assert.equal(again.step?.outcome, 'changed', JSON.stringify(again.step, null, 1));
    assert.ok(again.manifests.includes('198.18.88.172_network.pp'));
    assert.match(await on('openstack1', `grep EXCLUDE ${answers}`), /^EXCLUDE_SERVERS=$/m);
    assert.equal(await on('openstack1', `grep -E '^CONFIG_(NOVA_DB|MARIADB)_PW=' ${answers}`), password);
    assert.deepEqual((await operate('check')).codes, []);
  });

  it('reports a host of an answer with an old name that root cannot log in to', async () => {
    const { codes } = await operate('check', '{ CONFIG_NOVA_COMPUTE_HOSTS: "198.18.88.171,198.18.88.199" }');
    assert.deepEqual(codes, ['packstack-answers-changed', 'packstack-no-root-login 198.18.88.199']);
  });

  it('is needed after the answer file was edited on the node', async () => {
    await on('openstack1', `sed -i 's/^EXCLUDE_SERVERS=.*/EXCLUDE_SERVERS=198.18.88.172/' ${answers}`);
    assert.deepEqual((await operate('check')).codes, [`packstack-answers-edited ${answers}`]);
  });

  it('fails with the error of Puppet, which Packstack prints after its own', async () => {
    await on('openstack2', 'echo "Error: Could not find device eth1" >/etc/lab-puppet-error');
    const { step } = await operate('run');
    assert.equal(step?.outcome, 'failed');
    await on('openstack2', 'rm /etc/lab-puppet-error');
    assert.equal((await operate('run')).step?.outcome, 'changed');
  });
});
