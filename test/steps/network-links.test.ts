import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { clusterFor } from '../../src/cluster/for-node.ts';
import type { Link } from '../../src/cluster/links.ts';
import type { Lower } from '../../src/cluster/model.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { bindSource } from '../../src/steps/common/bind-address.ts';
import type { NodeFile } from '../../src/steps/network-interfaces/files.ts';
import { ifcfgFiles } from '../../src/steps/network-interfaces/ifcfg.ts';
import { interfacesOf } from '../../src/steps/network-interfaces/interfaces.ts';
import { keyfileOf } from '../../src/steps/network-interfaces/keyfile.ts';
import { clusterOf } from '../support/clusters.ts';

const cases = new URL('../cases/network/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, cases), 'utf8');

/** The names that the node would find. */
const devices = (at: Lower): string => ('name' in at ? at.name : 'mac' in at ? 'ens7' : 'ens8');

function linksIn(text: string, at = 0): readonly Link[] {
  const { cluster, problems } = decodeCluster(text);
  assert.deepEqual(
    problems.filter(({ severity }) => severity !== 'information'),
    [],
  );
  const node = cluster?.nodes[at];
  assert.ok(cluster && node);
  return interfacesOf(clusterFor(cluster, node), node).links;
}

function textOf(files: readonly NodeFile[]): string {
  return files.map(({ path, text }) => `== ${path}\n${text}`).join('');
}

describe('The files of network interfaces', () => {
  const links = linksIn(read('shapes.cluster.yaml'));

  it('are, byte for byte, the ifcfg, route and rule files of every shape for the network service', () => {
    assert.equal(textOf(links.flatMap((link) => ifcfgFiles(link, devices))), read('shapes.ifcfg'));
  });

  it('are, byte for byte, the keyfiles of every shape for NetworkManager', () => {
    assert.equal(textOf(links.map((link) => keyfileOf(link, devices))), read('shapes.keyfile'));
  });

  const leaves = `cluster: leaves
networks:
  management:
    cidr: [10.31.0.0/24, 10.32.0.0/24, 10.33.0.0/24]
    gateway: [10.31.0.1, 10.32.0.1, 10.33.0.1]
    interface: eth0
    routes: [{ to: 10.0.0.0/8, via: 10.32.0.254 }]
groups:
  edge: { networks: { management: { interface: eno9, mtu: 1450 } } }
nodes:
  a: { address: 10.31.0.11 }
  b: { address: 10.32.0.11, roles: [edge] }
  c: { address: 10.33.0.11, roles: [edge], networks: { management: { mtu: 9000 } } }
steps: [network-interfaces]
`;

  it('use the router and the routes of the leaf that has the node’s address', () => {
    const files = [0, 1, 2].map((at) => linksIn(leaves, at)[0]);
    assert.deepEqual(
      files.map((link) => [link?.addresses, link?.gateways, link?.routes.length, link?.at, link?.mtu]),
      [
        [['10.31.0.11/24'], ['10.31.0.1'], 0, { name: 'eth0' }, undefined],
        [['10.32.0.11/24'], ['10.32.0.1'], 1, { name: 'eno9' }, 1450],
        [['10.33.0.11/24'], ['10.33.0.1'], 0, { name: 'eno9' }, 9000],
      ],
    );
  });

  it('give what is below a VLAN the larger of the MTUs', () => {
    const mtus = new Map(links.map(({ at, mtu }) => [devices(at), mtu]));
    assert.equal(mtus.get('eno1'), 9000);
    assert.equal(mtus.get('bond0'), 9000);
    assert.equal(mtus.get('bond0.40'), undefined);
  });

  it('make a VLAN on the bridge of another network, in either order of the file', () => {
    const networks = [
      '  management: { cidr: 192.168.7.0/24, vlan: 7, parent: breno1 }\n',
      '  trunk: { interface: eno1, bridge: breno1 }\n',
    ];
    for (const order of [networks, networks.toReversed()]) {
      const found = linksIn(`cluster: a
networks:
${order.join('')}nodes: { a: { address: 192.168.7.2 } }
steps: [network-interfaces]
`);
      assert.deepEqual(
        Object.fromEntries(found.map(({ at, kind, master }) => [devices(at), [kind, master?.name]])),
        {
          breno1: ['bridge', undefined],
          'breno1.7': ['vlan', undefined],
          eno1: ['ethernet', 'breno1'],
        },
      );
    }
  });

  it('leave what is below a VLAN as it is if the VLAN alone is smaller', () => {
    const found = linksIn(`cluster: a
networks:
  management: { cidr: 10.0.0.0/24, vlan: 7, parent: bond0 }
  lab: { cidr: 10.60.0.0/16, vlan: 60, parent: bond0, mtu: 1400 }
bonds: { bond0: { members: [eno1, eno2] } }
nodes: { a: { address: 10.0.0.2, networks: { lab: { address: 10.60.253.2 } } } }
steps: [network-interfaces]
`);
    const mtus = found.flatMap(({ at, mtu }) => (mtu === undefined ? [] : [[devices(at), mtu]]));
    assert.deepEqual(mtus, [['bond0.60', 1400]]);
  });

  it('are not those of a network in which other nodes have addresses, but this one has none', () => {
    const cluster = clusterOf(`cluster: a
networks:
  management: { cidr: 10.0.0.0/24, interface: eth0 }
  storage: { cidr: 10.1.0.0/24, vlan: 30, parent: eth1 }
  tunnel: { cidr: 10.2.0.0/24, interface: eth2 }
  external: { interface: eth3 }
nodes:
  c: { address: 10.0.0.1, roles: [controller] }
  p: { address: 10.0.0.2, roles: [compute], networks: { storage: { address: 10.1.0.2 }, tunnel: { address: 10.2.0.2 } } }
steps: [network-interfaces]
`);
    const found = cluster.nodes.map((node) => {
      const { links: made, others } = interfacesOf(clusterFor(cluster, node), node);
      return [made.map(({ at }) => devices(at)), others];
    });
    assert.deepEqual(found, [
      [[], ['eth3']],
      [['eth1', 'eth1.30', 'eth2'], ['eth3']],
    ]);
  });

  it('are not written for the interfaces of the articles: the address and the provider interface', () => {
    const seed = readFileSync(new URL('../../examples/seed-lab.cluster.yaml', import.meta.url), 'utf8');
    assert.deepEqual(linksIn(seed), []);
  });

  it('have the prefix length of the range that has the address of the node', () => {
    const cluster = clusterOf(`cluster: leaves
networks: { management: { cidr: ["2001:db8::/64", 10.1.0.0/24, 10.2.0.0/25], interface: eth0 } }
nodes: { a: { address: 10.1.0.11 }, b: { address: 10.2.0.11 } }
steps: [network-interfaces]
`);
    const found = cluster.nodes.map((node) => {
      const { management, prefix } = interfacesOf(clusterFor(cluster, node), node);
      return [management, prefix];
    });
    assert.deepEqual(found, [
      ['eth0', 24],
      ['eth0', 25],
    ]);
  });

  it('are searched for all ranges of a network whose address only the node knows', () => {
    const source = (cidr: string) => {
      const cluster = clusterOf(`cluster: bind
networks: { storage: { cidr: ${cidr}, interface: eth1 } }
nodes: { a: { address: 10.1.0.11 } }
steps: [locale]
`);
      const [node] = cluster.nodes;
      assert.ok(node);
      return bindSource(cluster, node, 'storage').network;
    };
    assert.equal(source('10.3.0.0/24'), 'dev eth1 to 10.3.0.0/24');
    assert.equal(source('[10.3.0.0/24, 10.4.0.0/24]'), 'dev eth1');
  });
});
