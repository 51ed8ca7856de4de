import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Cluster } from '../../src/cluster/model.ts';
import { payload, runnableStep } from '../../src/plan/payload.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { ip, nmcli } from '../support/node-programs.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

function wanted(step: string, manager: 'enabled' | 'disabled', provider = 'eth1'): Cluster {
  return clusterOf(`cluster: wires
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
networks: { management: { cidr: 192.168.113.0/24, interface: eth0 }, provider: { interface: ${provider} } }
system: { network-manager: ${manager} }
steps: [${step}]
`);
}

const ifcfg = (device: string, more: string) =>
  `TYPE=Ethernet\nHWADDR=52:54:00:00:00:01\nDEVICE=${device}\n${more}`;
const folderOf = '/etc/sysconfig/network-scripts';

describe('The script of the step network-interfaces', () => {
  it('keeps the backslashes of its formats and patterns', () => {
    const cluster = wanted('network-interfaces', 'disabled');
    const [node] = cluster.nodes;
    const [item] = cluster.steps;
    assert.ok(node && item);
    const step = runnableStep(cluster, node, item);
    assert.ok(step);
    const { text } = payload('run', [step]);
    for (const written of [
      String.raw`printf 'GATEWAY=%s\n' `,
      String.raw`printf 'IPADDR=%s\nPREFIX=%s\n' `,
      String.raw`$2 !~ /^127\./ `,
    ])
      assert.ok(text('n0nce').includes(written), written);
  });
});

for (const shell of nodeShells) {
  describe(`The network steps under ${shell}`, () => {
    let folder: NodeFolder;
    const start = (system: 'el7' | 'el8' | 'el9') => {
      folder = new NodeFolder(shell, system);
      folder.put('/addresses', 'eth0 192.168.113.171/24\n');
      folder.put('/up', 'eth0\n');
      folder.put('/route', 'default via 192.168.113.1 dev eth0\n');
      for (const device of ['eth0', 'eth1']) folder.put(`/sys/class/net/${device}/ifindex`, '1');
      folder.program('ip', ip);
      folder.program('nmcli', nmcli);
      folder.program('rpm', 'exit 0');
    };
    before(function () {
      if (!hasProgram(shell)) this.skip();
    });
    afterEach(() => folder?.remove());
    const file = (device: string) => folder.read(`${folderOf}/ifcfg-${device}`);

    const place = (name: string, device: string) =>
      folder.put(
        `${folderOf}/ifcfg-${device}`,
        readFileSync(new URL(`../cases/conf/${name}${folderOf}/ifcfg-${device}`, import.meta.url), 'utf8'),
      );

    it('read quotes, IPADDR1 and comments in ifcfg files, and comment out what gives the provider interface an address', () => {
      start('el7');
      folder.unit('NetworkManager', 'disabled inactive');
      for (const device of ['eth0', 'eth0:1', 'eth1']) place('if-quoted', device);
      const [eth0, eth1] = [file('eth0'), file('eth1')];
      const cluster = wanted('network-interfaces', 'disabled');
      const { outcome, log } = folder.run(cluster, 'network-interfaces');
      assert.equal(outcome, 'changed', log);
      assert.equal(file('eth0'), eth0);
      assert.equal(
        file('eth1'),
        'DEVICE=eth1\nBOOTPROTO=none\nONBOOT=yes\n#IPADDR1=172.16.0.5\n#PREFIX1=24\n#GATEWAY=172.16.0.1\nIPV6INIT=yes\n#IPV6ADDR=fd00::5/64\n#DHCPV6C=yes\n',
      );
      assert.equal(folder.run(cluster, 'network-interfaces').outcome, 'unchanged');
      folder.put(`${folderOf}/ifcfg-eth1`, `${file('eth1')}MTU=9000\n`);
      assert.deepEqual(folder.undo(cluster, 'network-interfaces').notices, ['partly-reverted']);
      assert.deepEqual([file('eth0'), file('eth1')], [eth0, `${eth1}MTU=9000\n`]);
    });

    it('take an absent ONBOOT for yes, as the network service does', () => {
      start('el7');
      folder.unit('NetworkManager', 'disabled inactive');
      place('if-noonboot', 'eth0');
      assert.deepEqual(folder.probe(wanted('network-interfaces', 'disabled'), 'network-interfaces').reasons, [
        'interface-down',
        'interface-not-persistent',
      ]);
    });

    it('add missing settings to the ifcfg files and keep the others', () => {
      start('el7');
      folder.unit('NetworkManager', 'disabled inactive');
      folder.put(
        `${folderOf}/ifcfg-eth0`,
        ifcfg('eth0', 'ONBOOT=no\nBOOTPROTO=none\nIPADDR=192.168.113.171\nNETMASK=255.255.255.0\n'),
      );
      folder.put(`${folderOf}/ifcfg-eth1`, ifcfg('eth1', 'ONBOOT=yes\nBOOTPROTO=dhcp\n'));
      folder.put('/etc/resolv.conf', 'nameserver 127.0.0.53\nnameserver 192.168.113.2\n');
      const cluster = wanted('network-interfaces', 'disabled');
      assert.deepEqual(folder.probe(cluster, 'network-interfaces').reasons, [
        'interface-not-persistent',
        'interface-down',
        'interface-not-persistent',
      ]);
      const result = folder.run(cluster, 'network-interfaces');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(
        file('eth0'),
        'TYPE=Ethernet\nHWADDR=52:54:00:00:00:01\nDEVICE=eth0\nONBOOT=yes\nBOOTPROTO=none\nIPADDR=192.168.113.171\nNETMASK=255.255.255.0\nGATEWAY=192.168.113.1\nDNS1=192.168.113.2\n',
      );
      assert.equal(
        file('eth1'),
        'TYPE=Ethernet\nHWADDR=52:54:00:00:00:01\nDEVICE=eth1\nONBOOT=yes\nBOOTPROTO=none\n',
      );
      assert.equal(folder.run(cluster, 'network-interfaces').outcome, 'unchanged');
      assert.equal(folder.body(cluster, 'network-interfaces', 'rollback'), 0);
      assert.match(file('eth1') ?? '', /BOOTPROTO=dhcp/);
    });

    it('write each DNS server except loopback addresses, and the gateway on its own line', () => {
      start('el7');
      folder.unit('NetworkManager', 'disabled inactive');
      // 127a:db8::1 starts with 127 but is not a loopback address.
      folder.put(
        '/etc/resolv.conf',
        'search lab\nnameserver 127.0.0.1\nnameserver 127.0.0.53\nnameserver 1270::53\nnameserver 127a:db8::1\nnameserver 12.7.0.1\n',
      );
      const cluster = wanted('network-interfaces', 'disabled');
      assert.equal(folder.run(cluster, 'network-interfaces').outcome, 'changed');
      assert.equal(
        file('eth0'),
        'TYPE=Ethernet\nNAME=eth0\nDEVICE=eth0\nONBOOT=yes\nBOOTPROTO=none\nIPADDR=192.168.113.171\nPREFIX=24\nGATEWAY=192.168.113.1\nDNS1=1270::53\nDNS2=127a:db8::1\nDNS3=12.7.0.1\n',
      );
      assert.equal(file('eth1'), 'TYPE=Ethernet\nNAME=eth1\nDEVICE=eth1\nONBOOT=yes\nBOOTPROTO=none\n');
    });

    it('remove an address from the provider interface, but never the one in use by the connection', () => {
      start('el7');
      folder.unit('NetworkManager', 'disabled inactive');
      folder.put('/addresses', 'eth0 192.168.113.171/24\neth1 10.0.0.5/24\n');
      for (const device of ['eth0', 'eth1'])
        folder.put(
          `${folderOf}/ifcfg-${device}`,
          ifcfg(device, 'ONBOOT=yes\nBOOTPROTO=none\nIPADDR=192.168.113.171\nPREFIX=24\n'),
        );
      assert.equal(
        folder.run(wanted('network-interfaces', 'disabled'), 'network-interfaces').outcome,
        'changed',
      );
      assert.equal(folder.read('/addresses'), 'eth0 192.168.113.171/24\n');
      folder.put('/route', 'default via 10.0.0.1 dev eth1\n');
      assert.deepEqual(folder.probe(wanted('network-interfaces', 'disabled'), 'network-interfaces').reasons, [
        'interface-in-use',
      ]);
    });

    it('do not change an interface that is missing or whose address is on another one', () => {
      start('el9');
      folder.unit('NetworkManager', 'enabled active');
      assert.deepEqual(
        folder.probe(wanted('network-interfaces', 'enabled', 'eth7'), 'network-interfaces').reasons.at(-1),
        'interface-missing',
      );
      folder.put('/addresses', 'eth1 192.168.113.171/24\n');
      assert.deepEqual(folder.run(wanted('network-interfaces', 'enabled'), 'network-interfaces').reasons, [
        'address-on-other-interface',
      ]);
    });

    it('configure NetworkManager if it manages the interfaces', () => {
      start('el9');
      folder.unit('NetworkManager', 'enabled active');
      folder.put(
        '/connections/eth0',
        'connection.autoconnect=yes\nipv4.method=manual\nipv4.addresses=10.9.9.9/24, 192.168.113.171/24\n',
      );
      const cluster = wanted('network-interfaces', 'enabled');
      assert.deepEqual(folder.probe(cluster, 'network-interfaces').reasons, [
        'interface-down',
        'interface-not-persistent',
      ]);
      const result = folder.run(cluster, 'network-interfaces');
      assert.equal(result.outcome, 'changed', result.log);
      assert.match(folder.read('/connections/eth1') ?? '', /ipv4\.method=disabled/);
      folder.put(
        '/connections/eth0',
        'connection.autoconnect=no\nipv4.method=manual\nipv4.addresses=192.168.113.171/24\n',
      );
      assert.equal(folder.run(cluster, 'network-interfaces').outcome, 'changed');
      assert.match(folder.read('/connections/eth0') ?? '', /connection\.autoconnect=yes/);
    });

    it('stop NetworkManager only if an ifcfg file configures every interface that the connection uses', () => {
      start('el7');
      folder.unit('network', 'disabled inactive');
      folder.unit('NetworkManager', 'enabled active');
      const cluster = wanted('network-manager', 'disabled');
      assert.deepEqual(folder.run(cluster, 'network-manager').reasons.at(-1), 'no-ifcfg');
      assert.deepEqual(folder.calls(), []);
      folder.put(
        `${folderOf}/ifcfg-eth0`,
        ifcfg('eth0', 'ONBOOT="yes"\nBOOTPROTO=static\nIPADDR=192.168.113.171\nPREFIX=24\n'),
      );
      assert.equal(folder.run(cluster, 'network-manager').outcome, 'changed');
      assert.deepEqual(folder.calls(), [
        'systemctl enable network',
        'systemctl stop NetworkManager',
        'systemctl start network',
        'systemctl disable NetworkManager',
      ]);
      assert.equal(folder.body(cluster, 'network-manager', 'rollback'), 0);
      assert.equal(folder.read('/units/NetworkManager'), 'enabled active\n');
      assert.equal(folder.read('/units/network'), 'disabled active\n');
    });

    it('start NetworkManager again if the node loses its address', () => {
      start('el7');
      folder.unit('network', 'disabled inactive');
      folder.unit('NetworkManager', 'enabled active');
      folder.put(`${folderOf}/ifcfg-eth0`, ifcfg('eth0', 'ONBOOT=yes\nBOOTPROTO=dhcp\n'));
      folder.program(
        'ip',
        `if grep -q "start network" "$ROOT/calls" 2>/dev/null; then : >"$ROOT/addresses"; fi\n${ip}`,
      );
      assert.equal(folder.run(wanted('network-manager', 'disabled'), 'network-manager').outcome, 'failed');
      assert.equal(folder.read('/units/NetworkManager'), 'enabled active\n');
    });

    it('install network-scripts on EL8, and fail on EL9, which has no replacement', () => {
      start('el8');
      folder.put(`${folderOf}/ifcfg-eth0`, ifcfg('eth0', 'ONBOOT=yes\nBOOTPROTO=dhcp\n'));
      folder.unit('NetworkManager', 'enabled active');
      folder.program('rpm', '[ -e "$ROOT/scripts" ]');
      folder.program(
        'dnf',
        'echo "dnf $*" >>"$ROOT/calls"; touch "$ROOT/scripts"; echo "disabled inactive" >"$ROOT/units/network"',
      );
      assert.equal(folder.run(wanted('network-service', 'disabled'), 'network-service').outcome, 'changed');
      assert.deepEqual(folder.calls(), [
        'dnf -y install network-scripts',
        'systemctl enable network',
        'systemctl start network',
      ]);
      folder.remove();
      start('el9');
      for (const step of ['network-manager', 'network-service'])
        assert.deepEqual(folder.run(wanted(step, 'disabled'), step).reasons, ['network-manager-only']);
      assert.deepEqual(folder.calls(), []);
    });

    it('start NetworkManager if it must be enabled, and stop it on rollback', () => {
      start('el9');
      folder.unit('NetworkManager', 'disabled inactive');
      folder.unit('network', 'disabled inactive');
      const cluster = wanted('network-manager', 'enabled');
      assert.equal(folder.run(cluster, 'network-manager').outcome, 'changed');
      assert.equal(folder.read('/units/NetworkManager'), 'enabled active\n');
      assert.equal(folder.body(cluster, 'network-manager', 'rollback'), 0);
      assert.equal(folder.read('/units/NetworkManager'), 'disabled inactive\n');
    });
  });
}
