import assert from 'node:assert/strict';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

const steps = [
  ...['users', 'ssh-keys', 'sshd', 'hostname', 'hosts-file', 'repositories', 'network-interfaces'],
  ...['selinux', 'timezone', 'kernel', 'locale', 'shell-profile', 'chrony', 'etcd'],
];

describe('A controller with el7 and computes with el9 in one cluster', () => {
  let lab: Lab;
  let engine: LabEngine;
  const seen = async (node: string, command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(node, command);
    assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
    return stdout;
  };

  before(async () => {
    lab = await upLab({ nodes: 3, system: 'el9', systems: { openstack1: 'el7' } });
    const address = (number: number) => lab.node(`openstack${number}`).address;
    engine = startEngine(
      lab,
      clusterOf(`cluster: mixed
openstack: { release: epoxy }
ssh: { user: root, identity: ${lab.identity}, between-nodes: true }
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
  storage: { cidr: 10.40.0.0/24, interface: eth1, mtu: 1400 }
groups:
  controller:
    os: centos-7
    repositories: { rdo: disabled }
    kernel: { sysctl: { net.ipv4.ip_nonlocal_bind: 1 } }
    system: { network-manager: disabled, timezone: Asia/Tokyo }
  compute:
    os: centos-stream-9
    kernel: { sysctl: { net.ipv4.ip_forward: 1 }, limits: [{ domain: root, item: nofile, value: 4321 }] }
    sshd: { MaxAuthTries: 5 }
nodes:
  openstack1: { address: ${address(1)}, roles: [controller], networks: { storage: { address: 10.40.0.11 } } }
  openstack2: { address: ${address(2)}, roles: [compute], networks: { storage: { address: 10.40.0.12 } } }
  openstack3:
    address: ${address(3)}
    roles: [compute]
    networks: { storage: { address: 10.40.0.13 } }
    sshd: { maxauthtries: 7 }
    kernel: { sysctl: { net.ipv4.ip_forward: 0, net.ipv4.conf.all.rp_filter: 2 } }
    repositories: { extra: [{ id: site, baseurl: "file:///srv/site", gpgcheck: false, enabled: false }] }
system: { timezone: Asia/Seoul, locale: en_US.UTF-8, selinux: disabled }
kernel: { sysctl: { net.ipv4.conf.all.rp_filter: 0 } }
sshd: { UseDNS: "no" }
users: { deploy: { keys: [${lab.identity}], sudo: nopasswd } }
services:
  chrony: { servers: [198.18.88.1] }
  etcd: { on: controller }
steps: [${steps.join(', ')}]
`),
    );
  });
  after(async () => {
    await engine?.close();
    await lab?.down();
  });

  it('has every step applied by one run, and nothing left for a second one', async () => {
    const first = await engine.operate('run');
    for (const { name } of lab.nodes)
      for (const [id, outcome] of Object.entries(stepValues(first, name, 'outcome')))
        assert.ok(
          outcome === 'changed' || outcome === 'unchanged',
          `${name} ${id}: ${JSON.stringify(first.nodes[name]?.steps[id])}`,
        );
    const again = await engine.operate('run');
    for (const { name } of lab.nodes) {
      const wanted = steps.filter((id) => id !== 'etcd' || name === 'openstack1');
      assert.deepEqual(
        stepValues(again, name, 'outcome'),
        Object.fromEntries(wanted.map((id) => [id, 'unchanged'])),
      );
    }
  });

  it('has ifcfg files on el7, keyfiles on el9, and one storage network between them', async () => {
    assert.match(
      await seen('openstack1', 'cat /etc/sysconfig/network-scripts/ifcfg-eth1'),
      /^IPADDR=10\.40\.0\.11$/m,
    );
    assert.equal(
      (await lab.ssh('openstack1', 'ls /etc/NetworkManager/system-connections | grep -q eth')).code,
      1,
    );
    for (const [node, address] of [
      ['openstack2', '10.40.0.12'],
      ['openstack3', '10.40.0.13'],
    ] as const) {
      const files = await seen(node, 'cat /etc/NetworkManager/system-connections/*eth1*');
      assert.ok(files.includes(`${address}/24`), files);
      assert.equal((await lab.ssh(node, 'ls /etc/sysconfig/network-scripts/ifcfg-eth1')).code, 2);
      await seen(node, 'ping -c 1 -W 5 10.40.0.11');
    }
    for (const { name } of lab.nodes)
      assert.equal(await seen(name, 'cat /sys/class/net/eth1/mtu'), '1400\n', name);
  });

  it('has the settings of each group, and of a node before them', async () => {
    const values = 'sysctl -n net.ipv4.ip_nonlocal_bind net.ipv4.ip_forward net.ipv4.conf.all.rp_filter';
    const expected = {
      openstack1: ['1', undefined, '0'],
      openstack2: ['0', '1', '0'],
      openstack3: ['0', '0', '2'],
    };
    for (const [node, wanted] of Object.entries(expected)) {
      const found = (await seen(node, values)).split('\n');
      wanted.forEach((value, at) => {
        if (value !== undefined) assert.equal(found[at], value, `${node} ${at}`);
      });
    }
    const tries = 'sshd -T -C user=root,host=x,addr=198.18.88.1 | grep -E "^(maxauthtries|usedns) " | sort';
    assert.equal(await seen('openstack1', tries), 'maxauthtries 6\nusedns no\n');
    assert.equal(await seen('openstack2', tries), 'maxauthtries 5\nusedns no\n');
    assert.equal(await seen('openstack3', tries), 'maxauthtries 7\nusedns no\n');
    assert.match(await seen('openstack2', 'cat /etc/security/limits.d/99-stackprep.conf'), /4321/);
    assert.equal((await lab.ssh('openstack1', 'test -e /etc/security/limits.d/99-stackprep.conf')).code, 1);
    assert.match(await seen('openstack1', 'readlink /etc/localtime'), /Tokyo$/m);
    assert.match(await seen('openstack2', 'readlink /etc/localtime'), /Seoul$/m);
  });

  it('has the repositories of the release where the group wants them, and those of a node only there', async () => {
    assert.match(
      await seen('openstack2', 'rpm -q centos-release-openstack-epoxy'),
      /^centos-release-openstack-epoxy-/,
    );
    assert.equal((await lab.ssh('openstack1', 'rpm -qa | grep centos-release-openstack')).code, 1);
    const files = 'ls /etc/yum.repos.d | grep ^stackprep || :';
    assert.deepEqual(
      [await seen('openstack1', files), await seen('openstack2', files), await seen('openstack3', files)],
      ['', '', 'stackprep-site.repo\n'],
    );
  });

  it('lets root log in between the systems, and the new user everywhere', async () => {
    const hop = 'ssh -o BatchMode=yes';
    assert.match(await seen('openstack1', `${hop} openstack3 cat /etc/os-release`), /^VERSION_ID="?9/m);
    assert.match(await seen('openstack3', `${hop} openstack1 cat /etc/os-release`), /^VERSION_ID="?7/m);
    for (const { name } of lab.nodes)
      assert.equal((await lab.ssh(name, 'sudo -n id -un', { user: 'deploy' })).stdout, 'root\n', name);
  });

  it('is undone on both systems', async () => {
    const now = await engine.operate('undo', { steps: ['kernel', 'repositories', 'timezone'] });
    for (const { name } of lab.nodes)
      assert.deepEqual(
        Object.values(stepValues(now, name, 'outcome')).filter((outcome) => outcome === 'failed'),
        [],
        name,
      );
    assert.equal((await lab.ssh('openstack3', 'test -e /etc/yum.repos.d/stackprep-site.repo')).code, 1);
    assert.equal((await lab.ssh('openstack2', 'test -e /etc/sysctl.d/99-zz-stackprep.conf')).code, 1);
  });
});
