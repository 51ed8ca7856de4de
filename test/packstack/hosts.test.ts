import assert from 'node:assert/strict';
import type { Cluster } from '../../src/cluster/model.ts';
import { packstackNode } from '../../src/packstack/answers.ts';
import { answerValues, loginHosts, manifestCount, neededInterfaces } from '../../src/packstack/hosts.ts';
import { placementOf } from '../../src/packstack/placement.ts';
import { clusterOf } from '../support/clusters.ts';

/** A cluster with a separate network node. */
function cluster(packstack: Cluster['packstack'] = {}, release = 'epoxy'): Cluster {
  const { packstack: none, ...rest } = clusterOf(`cluster: lab
openstack: { release: ${release}, installer: packstack, components: [keystone, glance, placement, nova, neutron] }
nodes:
  c1: { address: 10.0.0.1, roles: [controller] }
  n1: { address: 10.0.0.2, roles: [network] }
  n2: { address: 10.0.0.3, roles: [compute] }
  s1: { address: 10.0.0.4, roles: [storage] }
networks:
  management: { cidr: 10.0.0.0/24, interface: eth0 }
  provider: { interface: eth1 }
`);
  return { ...rest, packstack: { ...none, ...packstack } };
}

function logins(packstack?: Cluster['packstack'], release?: string): readonly string[] {
  return loginHosts(answerValues(cluster(packstack, release)));
}

function devices(packstack?: Cluster['packstack'], release?: string): readonly string[] {
  return neededInterfaces(answerValues(cluster(packstack, release))).map(
    ({ host, device, key }) => `${host} ${device} ${key.replace('CONFIG_NEUTRON_', '')}`,
  );
}

describe('The hosts that Packstack logs in to', () => {
  it('are those of its answers, without those of roles that Packstack does not know', () => {
    assert.deepEqual(logins(), ['10.0.0.1', '10.0.0.2', '10.0.0.3']);
  });

  it('leave out the excluded ones, with or without blanks and trailing commas', () => {
    assert.deepEqual(logins({ EXCLUDE_SERVERS: ' 10.0.0.2 ,10.0.0.3,' }), ['10.0.0.1']);
  });

  it('include those that only an answer names, also under its deprecated name', () => {
    assert.deepEqual(logins({ CONFIG_COMPUTE_HOSTS: '10.0.0.3, 10.9.9.9,' }).at(-1), '10.9.9.9');
    assert.deepEqual(logins({ CONFIG_MYSQL_HOST: '10.0.0.7' }).at(-1), '10.0.0.7');
    assert.deepEqual(logins({ CONFIG_MARIADB_HOST: '10.0.0.7', CONFIG_MARIADB_INSTALL: 'n' }).length, 3);
  });

  it('include a storage host only when it is used, and never the vCenter', () => {
    assert.equal(logins({ CONFIG_STORAGE_HOST: '10.0.0.4' }).includes('10.0.0.4'), false);
    assert.ok(logins({ CONFIG_STORAGE_HOST: '10.0.0.4', CONFIG_UNSUPPORTED: 'y' }).includes('10.0.0.4'));
    assert.equal(logins({ CONFIG_VCENTER_HOST: '10.0.0.9', CONFIG_VMWARE_BACKEND: 'y' }).length, 3);
  });

  it('include no host of a key that the version does not have', () => {
    assert.equal(logins({ CONFIG_MONGODB_HOST: '10.0.0.9', CONFIG_CEILOMETER_INSTALL: 'y' }).length, 3);
    assert.ok(
      logins({ CONFIG_MONGODB_HOST: '10.0.0.9', CONFIG_CEILOMETER_INSTALL: 'y' }, 'ocata').includes(
        '10.0.0.9',
      ),
    );
  });
});

describe('The interfaces that Packstack needs', () => {
  it('have the provider interface on the network hosts only', () => {
    assert.deepEqual(devices(), ['10.0.0.2 eth1 OVN_BRIDGE_IFACES']);
    assert.deepEqual(devices({}, 'rocky'), ['10.0.0.2 eth1 OVS_BRIDGE_IFACES']);
  });

  it('have the provider interface on the compute hosts too for bridges that are created there', () => {
    const answers = {
      CONFIG_NEUTRON_OVN_BRIDGE_IFACES: 'br-ex:eth1,br-vm:eth2',
      CONFIG_NEUTRON_OVN_BRIDGES_COMPUTE: 'br-vm',
    };
    assert.deepEqual(devices(answers), [
      '10.0.0.2 eth1 OVN_BRIDGE_IFACES',
      '10.0.0.2 eth2 OVN_BRIDGE_IFACES',
      '10.0.0.3 eth2 OVN_BRIDGE_IFACES',
    ]);
  });

  it('are those of the effective agent', () => {
    const answers = { CONFIG_NEUTRON_L2_AGENT: 'openvswitch', CONFIG_NEUTRON_OVN_BRIDGE_IFACES: 'br-x:eth7' };
    assert.deepEqual(devices(answers), ['10.0.0.2 eth1 OVS_BRIDGE_IFACES']);
    assert.deepEqual(devices({ CONFIG_NEUTRON_L2_AGENT: 'linuxbridge' }, 'train'), [
      '10.0.0.2 eth1 LB_INTERFACE_MAPPINGS',
      '10.0.0.3 eth1 LB_INTERFACE_MAPPINGS',
    ]);
  });

  it('include the tunnel interface, on network and compute hosts', () => {
    assert.deepEqual(devices({ CONFIG_NEUTRON_OVN_TUNNEL_IF: 'eth2' }).slice(1), [
      '10.0.0.2 eth2 OVN_TUNNEL_IF',
      '10.0.0.3 eth2 OVN_TUNNEL_IF',
    ]);
  });

  it('are empty on excluded hosts, and a subnet is not an interface', () => {
    assert.deepEqual(devices({ EXCLUDE_SERVERS: '10.0.0.2' }), []);
    assert.deepEqual(devices({ CONFIG_NEUTRON_OVN_BRIDGE_IFACES: 'br-ex:10.1.0.0/24, :, br-ex' }), []);
  });
});

describe('The manifests of Packstack', () => {
  it('are counted for the hosts that are not excluded, with the second one of the controller from 18 on', () => {
    const count = (packstack: Cluster['packstack'], post: boolean) =>
      manifestCount(answerValues(cluster(packstack)), { post });
    assert.deepEqual([count({}, false), count({}, true)], [3, 4]);
    assert.equal(count({ EXCLUDE_SERVERS: '10.0.0.3' }, true), 3);
    assert.equal(count({ CONFIG_COMPUTE_HOSTS: '10.0.0.3,10.0.0.3,10.0.0.5,' }, true), 5);
  });
});

describe('The Packstack roles of the nodes', () => {
  it('show nodes without a role and roles without a node', () => {
    assert.deepEqual(placementOf(cluster()), [{ code: 'packstack-node-unused', args: ['s1', 'storage'] }]);
    const nodes = cluster().nodes.map((node) => ({ ...node, roles: ['Controller'] }));
    assert.deepEqual(
      placementOf({ ...cluster(), nodes }).map(({ code, args }) => [code, args[0]]),
      [
        ['packstack-role-reassigned', 'controller'],
        ['packstack-role-reassigned', 'compute'],
        ['packstack-node-unused', 'n1'],
        ['packstack-node-unused', 'n2'],
        ['packstack-node-unused', 's1'],
      ],
    );
  });

  it('put the controller on the node in the file’s answers', () => {
    assert.equal(packstackNode(cluster({ CONFIG_CONTROLLER_HOST: '10.0.0.3' }))?.name, 'n2');
    assert.equal(packstackNode(cluster({ CONFIG_KEYSTONE_HOST: 'n1' }))?.name, 'n1');
    assert.equal(packstackNode(cluster({ CONFIG_CONTROLLER_HOST: '10.9.9.9' }))?.name, 'c1');
  });
});
