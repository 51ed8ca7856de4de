import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, english, translator } from '../../src/base/l10n.ts';
import type { Cluster } from '../../src/cluster/model.ts';
import { answersOf, packstackNode } from '../../src/packstack/answers.ts';
import { checkAnswers } from '../../src/packstack/check.ts';
import { findAnswerKey } from '../../src/packstack/keys.ts';
import { answerPage } from '../../src/packstack/page.ts';
import { clusterOf } from '../support/clusters.ts';

function cluster(release: string, more = ''): ReturnType<typeof clusterOf> {
  return clusterOf(`cluster: lab
openstack: { release: ${release}, installer: packstack, components: [keystone, glance, placement, nova, neutron, heat] }
nodes:
  c1: { address: 10.0.0.1, roles: [controller] }
  "n[1:2]": { address: "10.0.0.[11:12]", roles: [compute] }
networks:
  management: { cidr: 10.0.0.0/24, interface: eth0 }
  provider: { interface: eth1 }
services: { chrony: { servers: [0.pool.ntp.org] } }
packstack: { CONFIG_KEYSTONE_ADMIN_PW: { secret: admin }, CONFIG_CINDER_INSTALL: "y" }
${more}`);
}

function values(release: string): ReadonlyMap<string, unknown> {
  return new Map(answersOf(cluster(release)).map(({ key, value }) => [key, value]));
}

type Answers = Cluster['packstack'];

function withAnswers(release: string, packstack: Answers): Cluster {
  return { ...cluster(release), packstack };
}

describe('The answers that follow from a cluster file', () => {
  it('assign the hosts by their roles', () => {
    const given = values('epoxy');
    assert.equal(given.get('CONFIG_CONTROLLER_HOST'), '10.0.0.1');
    assert.equal(given.get('CONFIG_COMPUTE_HOSTS'), '10.0.0.11,10.0.0.12');
    assert.equal(given.get('CONFIG_NETWORK_HOSTS'), '10.0.0.1');
    assert.equal(packstackNode(cluster('epoxy'))?.name, 'c1');
  });

  it('install the listed components and no others, unless the file sets another answer', () => {
    const given = values('epoxy');
    assert.equal(given.get('CONFIG_HEAT_INSTALL'), 'y');
    assert.equal(given.get('CONFIG_SWIFT_INSTALL'), 'n');
    assert.equal(given.get('CONFIG_CINDER_INSTALL'), 'y');
    assert.deepEqual(given.get('CONFIG_KEYSTONE_ADMIN_PW'), { secret: 'admin' });
  });

  it('use keys that the release’s Packstack version has, and the network agent of that version', () => {
    assert.equal(values('epoxy').has('CONFIG_SAHARA_INSTALL'), false);
    assert.equal(values('stein').get('CONFIG_SAHARA_INSTALL'), 'n');
    assert.equal(values('rocky').get('CONFIG_NEUTRON_OVS_BRIDGE_IFACES'), 'br-ex:eth1');
    assert.equal(values('stein').get('CONFIG_NEUTRON_OVN_BRIDGE_IFACES'), 'br-ex:eth1');
  });

  it('never attach the SSH interface to a bridge', () => {
    const shared = cluster('epoxy');
    const networks = { ...shared.networks, provider: { interface: 'eth0' } };
    const keys = answersOf({ ...shared, networks }).map(({ key }) => key);
    assert.equal(
      keys.some((key) => key.includes('BRIDGE')),
      false,
    );
  });

  it('use the bridge keys of the agent in the answers, not those of the release’s default', () => {
    const given = (release: string, agent: string) =>
      answersOf(withAnswers(release, { CONFIG_NEUTRON_L2_AGENT: agent }))
        .map(({ key, value }) => `${key}=${String(value)}`)
        .filter((line) => /BRIDGE_IFACES|BRIDGE_MAPPINGS|INTERFACE_MAPPINGS/.test(line));
    assert.deepEqual(given('epoxy', 'openvswitch'), [
      'CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS=extnet:br-ex',
      'CONFIG_NEUTRON_OVS_BRIDGE_IFACES=br-ex:eth1',
    ]);
    assert.deepEqual(given('rocky', 'ovn'), [
      'CONFIG_NEUTRON_OVN_BRIDGE_MAPPINGS=extnet:br-ex',
      'CONFIG_NEUTRON_OVN_BRIDGE_IFACES=br-ex:eth1',
    ]);
    assert.deepEqual(given('train', 'linuxbridge'), ['CONFIG_NEUTRON_LB_INTERFACE_MAPPINGS=extnet:eth1']);
  });

  it('take the deprecated name of a key as that key, with Packstack’s precedence when both are given', () => {
    const given = (answers: Answers) =>
      new Map(answersOf(withAnswers('epoxy', answers)).map(({ key, value }) => [key, value]));
    const old = given({ CONFIG_MYSQL_PW: { secret: 'maria' }, config_nova_compute_hosts: '10.0.0.12' });
    assert.deepEqual(old.get('CONFIG_MARIADB_PW'), { secret: 'maria' });
    assert.equal(old.get('CONFIG_COMPUTE_HOSTS'), '10.0.0.12');
    assert.equal(
      [...old.keys()].some((key) => /MYSQL|NOVA_COMPUTE_HOSTS/i.test(key)),
      false,
    );
    const both = given({ CONFIG_MYSQL_HOST: '10.0.0.11', CONFIG_MARIADB_HOST: '10.0.0.12' });
    assert.equal(both.get('CONFIG_MARIADB_HOST'), '10.0.0.12');
    assert.equal(given({ CONFIG_MYSQL_HOST: '' }).get('CONFIG_MARIADB_HOST'), '10.0.0.1');
  });

  it('place MariaDB and RabbitMQ on the hosts of `services`', () => {
    const elsewhere = clusterOf(`cluster: lab
openstack: { release: epoxy, installer: packstack }
nodes:
  c1: { address: 10.0.0.1, roles: [controller] }
  d1: { address: 10.0.0.5, roles: [database] }
services: { mariadb: { on: database }, rabbitmq: { on: d1 } }
`);
    const given = new Map(answersOf(elsewhere).map(({ key, value }) => [key, value]));
    assert.equal(given.get('CONFIG_MARIADB_HOST'), '10.0.0.5');
    assert.equal(given.get('CONFIG_AMQP_HOST'), '10.0.0.5');
    assert.equal(given.get('CONFIG_CONTROLLER_HOST'), '10.0.0.1');
  });

  it('use the interface of the overlay network for tunnels, with the key of the agent', () => {
    const given = (answers: Answers) => {
      const { networks, ...rest } = withAnswers('epoxy', answers);
      const all = answersOf({ ...rest, networks: { ...networks, overlay: { interface: 'eth2' } } });
      return all
        .filter(({ key }) => key.endsWith('_TUNNEL_IF'))
        .map(({ key, value }) => `${key}=${String(value)}`);
    };
    assert.deepEqual(given({}), ['CONFIG_NEUTRON_OVN_TUNNEL_IF=eth2']);
    assert.deepEqual(given({ CONFIG_NEUTRON_L2_AGENT: 'openvswitch' }), [
      'CONFIG_NEUTRON_OVS_TUNNEL_IF=eth2',
    ]);
    assert.deepEqual(given({ CONFIG_NEUTRON_OVN_TUNNEL_IF: 'eth3' }), ['CONFIG_NEUTRON_OVN_TUNNEL_IF=eth3']);
  });

  it('set MongoDB’s host for Ocata, whose default is the address of the default route', () => {
    assert.equal(values('ocata').get('CONFIG_MONGODB_HOST'), '10.0.0.1');
    assert.equal(values('pike').has('CONFIG_MONGODB_HOST'), false);
  });

  it('leave chrony.conf to the step that manages it', () => {
    assert.equal(values('epoxy').get('CONFIG_NTP_SERVERS'), '');
  });
});

describe('The answer file of a cluster', () => {
  const korean: Bundle = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../l10n/bundle.l10n.ko.json'), 'utf8'),
  );

  for (const release of ['rocky', 'stein', 'train', 'yoga', 'epoxy'])
    it(`has no problem for ${release}, explains every value and holds no secret`, () => {
      const page = answerPage(cluster(release), english);
      assert.deepEqual(checkAnswers(page), []);
      const lines = page.split('\n');
      lines.forEach((line, index) => {
        if (/^CONFIG_/.test(line)) assert.match(lines[index - 1] ?? '', /^# /, line);
      });
      assert.match(page, /^CONFIG_KEYSTONE_ADMIN_PW=<secret:admin>$/m);
    });

  it('lists in its header what each node gets, and what has no node', () => {
    const page = answerPage(
      clusterOf(`cluster: lab
openstack: { release: train, installer: packstack }
nodes:
  n1: { address: 10.0.0.11, roles: [control] }
  n2: { address: 10.0.0.12, roles: [hypervisor] }
`),
      english,
    );
    const [head = ''] = page.split('[general]');
    assert.match(head, /^# Packstack installs on n1 \(10\.0\.0\.11\): controller, network, compute\.$/m);
    assert.match(head, /^# Packstack installs none of .* on n2 \(10\.0\.0\.12\)\. Its roles: hypervisor\.$/m);
    assert.match(head, /^# No node has the role controller\. n1 takes its place\.$/m);
    assert.match(head, /^# No node has the role compute\. n1 takes its place\.$/m);
    assert.match(
      page,
      /^# No node has the role controller\. n1 takes its place\.\nCONFIG_CONTROLLER_HOST=10\.0\.0\.11$/m,
    );
  });

  it('is also explained in Korean', () => {
    const page = answerPage(cluster('epoxy'), translator(korean));
    for (const line of page.split('\n').slice(1)) if (line.startsWith('# ')) assert.match(line, /[가-힣]/);
  });

  it('has only keys of the key table', () => {
    for (const { key } of answersOf(cluster('epoxy'))) assert.ok(findAnswerKey(key), key);
  });
});
