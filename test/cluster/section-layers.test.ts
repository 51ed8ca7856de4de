import assert from 'node:assert/strict';
import { clusterFor } from '../../src/cluster/for-node.ts';
import { plannedStep } from '../../src/plan/step.ts';
import { neededUrls } from '../../src/plan/urls.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const text = `cluster: a
openstack: { release: epoxy, components: [keystone, glance, placement, nova, neutron] }
system: { os: rocky-9 }
kernel:
  modules: [br_netfilter]
  sysctl: { net.ipv4.ip_forward: 1, vm.swappiness: 10 }
  limits: [{ domain: root, item: nofile, value: 1024 }]
sshd: { UseDNS: "no", MaxAuthTries: 4 }
repositories:
  extra: [{ id: site, baseurl: "https://m1.example.com/site/", gpgkey: "https://m1.example.com/key" }]
groups:
  compute:
    kernel:
      modules: [vhost_net, br_netfilter]
      sysctl: { vm.swappiness: 1 }
      limits: [{ domain: root, item: nofile, value: 65536 }, { domain: qemu, type: soft, item: memlock, value: unlimited }]
    sshd: { usedns: "yes" }
    repositories: { rdo: disabled, extra: [{ id: gpu, baseurl: "https://m2.example.com/gpu/", gpgkey: "https://m2.example.com/key" }] }
  gpu:
    kernel: { modules: [vfio_pci] }
nodes:
  c1: { address: 10.0.0.1, roles: [controller] }
  p1: { address: 10.0.0.2, roles: [compute] }
  p2:
    address: 10.0.0.3
    roles: [gpu, compute]
    kernel: { sysctl: { vm.swappiness: 0 } }
    repositories: { extra: [{ id: gpu, baseurl: "https://m3.example.com/gpu/", gpgkey: "https://m3.example.com/key" }] }
`;

describe('Settings of kernel, sshd and repositories in groups and nodes', () => {
  const { cluster, problems } = decodeCluster(text);
  assert.ok(cluster);
  const seenBy = (name: string) => {
    const node = cluster.nodes.find((each) => each.name === name);
    assert.ok(node);
    return clusterFor(cluster, node);
  };

  it('decode without a problem other than hints', () => {
    assert.deepEqual(
      problems.filter(({ severity }) => severity !== 'information').map(({ code }) => code),
      [],
    );
  });

  it('add modules, limits and repositories, and replace the same parameter, directive, limit and id', () => {
    assert.deepEqual(seenBy('c1').kernel, {
      modules: ['br_netfilter'],
      sysctl: { 'net.ipv4.ip_forward': '1', 'vm.swappiness': '10' },
      limits: [{ domain: 'root', item: 'nofile', value: '1024' }],
    });
    assert.deepEqual(seenBy('p1').kernel, {
      modules: ['br_netfilter', 'vhost_net'],
      sysctl: { 'net.ipv4.ip_forward': '1', 'vm.swappiness': '1' },
      limits: [
        { domain: 'root', item: 'nofile', value: '65536' },
        { domain: 'qemu', type: 'soft', item: 'memlock', value: 'unlimited' },
      ],
    });
    assert.deepEqual(seenBy('p2').kernel?.modules, ['br_netfilter', 'vhost_net', 'vfio_pci']);
    assert.equal(seenBy('p2').kernel?.sysctl?.['vm.swappiness'], '0');
    assert.deepEqual(seenBy('c1').sshd, { UseDNS: 'no', MaxAuthTries: '4' });
    assert.deepEqual(seenBy('p1').sshd, { MaxAuthTries: '4', usedns: 'yes' });
    assert.equal(seenBy('c1').repositories.rdo, 'enabled');
    assert.equal(seenBy('p2').repositories.rdo, 'disabled');
    assert.deepEqual(
      seenBy('p2').repositories.extra.map(({ id, baseurl }) => [id, baseurl]),
      [
        ['site', ['https://m1.example.com/site/']],
        ['gpu', ['https://m3.example.com/gpu/']],
      ],
    );
  });

  it('are the URLs of the plan, each for its nodes, and what a step does there', () => {
    const urls = new Map(neededUrls(cluster, {}).map(({ url, nodes }) => [url, nodes]));
    assert.deepEqual(urls.get('https://m1.example.com/site/'), ['c1', 'p1', 'p2']);
    assert.deepEqual(urls.get('https://m2.example.com/gpu/'), ['p1']);
    assert.deepEqual(urls.get('https://m3.example.com/gpu/'), ['p2']);
    const step = cluster.steps.find(({ id }) => id === 'repositories');
    const packages = cluster.nodes.map((node) => step && plannedStep(cluster, node, step)?.intent.packages);
    assert.deepEqual(
      packages.map((each) => each !== undefined),
      [true, false, false],
    );
  });
});
