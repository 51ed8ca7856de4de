import assert from 'node:assert/strict';
import { openPorts } from '../../src/cluster/ports.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { firewall } from '../support/node-programs.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

function wanted(firewalld: 'enabled' | 'disabled') {
  return clusterOf(`cluster: walls
openstack: { release: stein, components: [keystone, nova, neutron, swift] }
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute, storage] }
networks: { management: { cidr: 192.168.113.0/24, interface: eth0 } }
system: { firewalld: ${firewalld} }
services: { mariadb: { on: controller }, memcached: { on: controller } }
steps: [firewalld]
`);
}

describe('The ports of a node', () => {
  const { nodes } = wanted('enabled');
  const [controller, other] = nodes;
  assert.ok(controller && other);

  it('are those of the APIs for everyone, and those of the services for the nodes', () => {
    assert.deepEqual(openPorts(wanted('enabled'), controller), {
      everyone: ['5000/tcp', '6080/tcp', '8080/tcp', '8774/tcp', '9696/tcp'],
      nodes: ['3306/tcp', '4789/udp', '6081/udp', '6082/tcp', '11211/tcp'],
    });
  });

  it('are those of the agents on network nodes, of DNS and of what reports from outside', () => {
    const cluster = clusterOf(`cluster: ports
openstack: { release: epoxy, components: [neutron, designate, octavia, manila, cinder] }
nodes:
  c1: { address: 10.0.0.1, roles: [controller] }
  n1: { address: 10.0.0.2, roles: [network] }
`);
    const [first, second] = cluster.nodes;
    assert.ok(first && second);
    assert.deepEqual(openPorts(cluster, first), {
      everyone: ['53/tcp', '53/udp', '5555/udp', '8776/tcp', '8786/tcp', '9001/tcp', '9696/tcp', '9876/tcp'],
      nodes: ['3260/tcp', '5354/tcp', '5354/udp'],
    });
    assert.deepEqual(openPorts(cluster, second), { everyone: [], nodes: ['4789/udp', '6081/udp'] });
  });

  it('include none for everyone if no API runs', () => {
    assert.deepEqual(openPorts(wanted('enabled'), other), {
      everyone: [],
      nodes: ['873/tcp', '4789/udp', '5900-5999/tcp', '6081/udp', '6200-6202/tcp'],
    });
  });
});

for (const shell of nodeShells) {
  describe(`The step firewalld under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell)) this.skip();
      folder = new NodeFolder(shell);
      folder.program('rpm', 'exit 0');
      folder.program('sshd', 'echo "port 2222"');
      folder.program('firewall-cmd', firewall);
      folder.program('firewall-offline-cmd', `set -- --permanent "$@"\n${firewall}`);
      for (const file of ['permanent', 'runtime']) folder.put(`/${file}`, '9990-9999/tcp\n');
    });
    afterEach(() => folder?.remove());

    it('opens the SSH port and the others before it starts firewalld', () => {
      folder.unit('firewalld', 'disabled inactive');
      const result = folder.run(wanted('enabled'), 'firewalld');
      const calls = folder.calls();
      assert.equal(calls[0], 'permanent --add-port=2222/tcp');
      assert.ok(calls.indexOf('systemctl start firewalld') > calls.length - 2);
      // A real firewalld loads its permanent rules at start; here the test copies them.
      assert.equal(result.outcome, 'failed');
      folder.put('/runtime', folder.read('/permanent') ?? '');
      assert.equal(folder.probe(wanted('enabled'), 'firewalld').state, 'done');
      assert.match(
        folder.read('/permanent') ?? '',
        /^rule family="ipv4" source address="192\.168\.113\.0\/24" port port="3306" protocol="tcp" accept$/m,
      );
    });

    it('opens the ports in the future zone of the interface, and waits until the rules are in force', () => {
      folder.unit('firewalld', 'disabled inactive');
      folder.program(
        'firewall-offline-cmd',
        `case $1 in --list-all-zones) printf '%s\\n' public '  interfaces: eth1' inner '  interfaces: eth2 eth0' ''; exit;; esac; echo "offline $*" >>"$ROOT/calls"`,
      );
      folder.program('firewall-cmd', `echo "online $*" >>"$ROOT/calls"`);
      folder.run(wanted('enabled'), 'firewalld');
      const calls = folder.calls();
      assert.match(
        calls.find((call) => call.includes('--add-port')) ?? '',
        /^offline --zone=inner .*--add-port=2222\/tcp/,
      );
      assert.equal(calls[calls.indexOf('systemctl start firewalld') + 1], 'online --state');
    });

    it('reports a port that is open now but closed at boot', () => {
      folder.unit('firewalld', 'enabled active');
      assert.equal(folder.run(wanted('enabled'), 'firewalld').outcome, 'changed');
      const open = folder.read('/permanent') ?? '';
      folder.put('/permanent', open.replace(/^8774.*\n/m, ''));
      assert.deepEqual(folder.probe(wanted('enabled'), 'firewalld').reasons, ['port-closed-at-boot']);
      folder.put('/permanent', open.replace(/^rule.*"11211".*\n/m, ''));
      assert.deepEqual(folder.probe(wanted('enabled'), 'firewalld').reasons, ['port-closed-at-boot']);
    });

    it('accepts a port within a wider open range', () => {
      folder.unit('firewalld', 'enabled active');
      for (const file of ['permanent', 'runtime'])
        folder.put(`/${file}`, '2222/tcp\n5000-9000/tcp\n9696/tcp\n');
      const { markers } = folder.probe(wanted('enabled'), 'firewalld');
      const closed = markers.flatMap((marker) => (marker.type === 'because' ? marker.reason.args[0] : []));
      assert.deepEqual(closed, Array(2).fill('11211/tcp 3306/tcp 4789/udp 6081/udp 6082/tcp '));
    });

    it('rolls back to a firewall that was off', () => {
      folder.unit('firewalld', 'disabled inactive');
      folder.run(wanted('enabled'), 'firewalld');
      assert.equal(folder.body(wanted('enabled'), 'firewalld', 'rollback'), 0);
      assert.equal(folder.read('/units/firewalld'), 'disabled inactive\n');
    });

    it('disables and stops firewalld, and undo starts it again', () => {
      folder.unit('firewalld', 'enabled active');
      assert.deepEqual(folder.probe(wanted('disabled'), 'firewalld').reasons, [
        'service-enabled',
        'service-running',
      ]);
      assert.equal(folder.run(wanted('disabled'), 'firewalld').outcome, 'changed');
      assert.equal(folder.read('/units/firewalld'), 'disabled inactive\n');
      assert.equal(folder.body(wanted('disabled'), 'firewalld', 'revert'), 0);
      assert.equal(folder.read('/units/firewalld'), 'enabled active\n');
    });

    it('is done with firewalld disabled if the package is not installed', () => {
      assert.equal(folder.probe(wanted('disabled'), 'firewalld').state, 'done');
    });
  });
}
