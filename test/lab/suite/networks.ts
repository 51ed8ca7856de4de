import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { clusterFor } from '../../../src/cluster/for-node.ts';
import type { Cluster } from '../../../src/cluster/model.ts';
import { interfacesOf } from '../../../src/steps/network-interfaces/interfaces.ts';
import { keyfileOf } from '../../../src/steps/network-interfaces/keyfile.ts';
import { clusterOf } from '../../support/clusters.ts';
import { type Lab, upLab } from '../lab.ts';
import type { SystemName } from '../systems.ts';
import { type LabEngine, startEngine, stepValues } from './lab-engine.ts';

const shapes = readFileSync(new URL('../../cases/network/shapes.cluster.yaml', import.meta.url), 'utf8');

/** Management on eth0, and a storage network in both families on eth1, with its own MTU and routing table. */
function networksOn(lab: Lab): Cluster {
  const rows = lab.nodes.map(
    ({ name, address }, index) =>
      `  ${name}: { address: ${address}, roles: [controller], networks: { storage: { address: [10.40.0.1${index}, "fd40::1${index}"] } } }`,
  );
  return clusterOf(`cluster: networks
openstack: { release: epoxy }
ssh: { user: root, identity: ${lab.identity} }
nodes:
${rows.join('\n')}
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
  storage:
    cidr: [10.40.0.0/24, "fd40::/64"]
    interface: ens9
    mtu: 1400
    gateway: [10.40.0.254, "fd40::ffff"]
    table: 140
    routes: [{ to: 10.90.0.0/16, via: 10.40.0.253 }]
groups:
  controller: { networks: { storage: { interface: eth1 } } }
system: { ${lab.system === 'el7' ? 'network-manager: disabled' : 'network-manager: enabled'} }
steps: [network-interfaces]
`);
}

/** Tests the networks of a cluster file on real nodes of one system. */
export function testNetworks(system: SystemName): void {
  describe(`Networks on real nodes with ${system}`, () => {
    let lab: Lab;
    let engine: LabEngine;
    const seen = async (node: string, command: string): Promise<string> => {
      const { code, stdout, stderr } = await lab.ssh(node, command);
      assert.equal(code, 0, `${node}: ${command}: ${stdout}${stderr}`);
      return stdout;
    };
    const folder = '/etc/NetworkManager/system-connections';
    const scripts = '/etc/sysconfig/network-scripts';

    before(async () => {
      lab = await upLab({ nodes: 2, system });
      engine = startEngine(lab, networksOn(lab));
    });
    after(async () => {
      await engine?.close();
      await lab?.down();
    });

    it('get both families, the MTU and a routing table for their traffic, and are done then', async () => {
      for (const outcome of ['changed', 'unchanged']) {
        const now = await engine.operate('run');
        for (const { name } of lab.nodes)
          assert.deepEqual(
            stepValues(now, name, 'outcome'),
            { 'network-interfaces': outcome },
            `${name}: ${JSON.stringify(stepValues(now, name, 'reasons'))}`,
          );
      }
      const { name } = lab.nodes[1] ?? {};
      assert.ok(name);
      assert.match(await seen(name, 'ip -o -4 addr show dev eth1'), / inet 10\.40\.0\.11\/24 /);
      assert.match(await seen(name, 'ip -o -6 addr show dev eth1'), / inet6 fd40::11\/64 /);
      assert.equal((await seen(name, 'cat /sys/class/net/eth1/mtu')).trim(), '1400');
      const table = await seen(name, 'ip route show table 140');
      assert.match(table, /^default via 10\.40\.0\.254 dev eth1/m);
      assert.match(table, /^10\.90\.0\.0\/16 via 10\.40\.0\.253 dev eth1/m);
      assert.match(await seen(name, 'ip -6 route show table 140'), /^default via fd40::ffff dev eth1/m);
      assert.match(
        await seen(name, 'ip rule; ip -6 rule'),
        /from 10\.40\.0\.0\/24 lookup 140[\s\S]*from fd40::\/64 lookup 140/,
      );
      assert.doesNotMatch(await seen(name, 'ip route show'), /default via 10\.40/);
      const { code } = await lab.ssh(name, 'ping -c 1 -W 5 10.40.0.10 && ping -c 1 -W 5 fd40::10');
      assert.equal(code, 0);
    });

    it('are written as ifcfg files where the network service reads them, and only as keyfiles elsewhere', async () => {
      const { name } = lab.nodes[0] ?? {};
      assert.ok(name);
      const [ifcfg, keyfile] = system === 'el7' ? ['', '! '] : ['! ', ''];
      await seen(name, `${ifcfg}grep -q IPV6ADDR ${scripts}/ifcfg-eth1`);
      await seen(name, `${keyfile}test -e ${folder}/stackprep-eth1.nmconnection`);
      if (system !== 'el7')
        assert.equal(await seen(name, `stat -c %a ${folder}/stackprep-eth1.nmconnection`), '600\n');
    });

    it('are taken back by undo', async () => {
      const now = await engine.operate('undo');
      for (const { name } of lab.nodes) {
        assert.deepEqual(stepValues(now, name, 'outcome'), { 'network-interfaces': 'changed' });
        await seen(
          name,
          `! test -e ${folder}/stackprep-eth1.nmconnection && ! grep -q IPV6ADDR ${scripts}/ifcfg-eth1`,
        );
      }
    });

    if (system !== 'el7')
      it('have keyfiles of every shape that NetworkManager reads as they are meant', async () => {
        const { name } = lab.nodes[0] ?? {};
        const cluster = clusterOf(shapes);
        const [node] = cluster.nodes;
        assert.ok(name && node);
        const { links } = interfacesOf(clusterFor(cluster, node), node);
        assert.ok(links.length > 8);
        for (const link of links) {
          const { text } = keyfileOf(link, (at) => ('name' in at ? at.name : 'ens7'));
          const read = await seen(
            name,
            `nmcli --offline connection modify connection.zone '' <<'X'\n${text}X\n`,
          );
          const lines = new Set(read.split('\n'));
          const lost = text
            .split('\n')
            .filter((line) => !lines.has(line) && !/^(?:gateway|address1)=/.test(line));
          assert.deepEqual(lost, [], read);
          for (const [, gateway] of text.matchAll(/^gateway=(.*)$/gm))
            assert.ok(read.includes(`,${gateway}`), read);
        }
      });
  });
}
