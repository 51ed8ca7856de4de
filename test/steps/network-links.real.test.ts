import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { ip, nmcli } from '../support/node-programs.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const cluster = clusterOf(`cluster: wires
networks:
  management: { cidr: 192.168.113.0/24, interface: eth0 }
  storage: { cidr: [10.40.0.0/24, "fd40::/64"], mac: "52:54:00:AA:00:01", mtu: 9000, gateway: 10.40.0.1, table: 140 }
  tunnel: { cidr: 10.30.0.0/24, interface: eth2, vlan: 30 }
nodes:
  openstack1:
    address: 192.168.113.171
    networks: { storage: { address: [10.40.0.11, "fd40::11"] }, tunnel: { address: 10.30.0.11 } }
steps: [network-interfaces]
`);
const scripts = '/etc/sysconfig/network-scripts';
const connections = '/etc/NetworkManager/system-connections';

/** What the service does: addresses, MTUs and links as the written files say. */
const ifup = `echo "ifup $1" >>"$ROOT/calls"; f=$ROOT${scripts}/ifcfg-$1; echo "$1" >>"$ROOT/up"
mkdir -p "$ROOT/sys/class/net/$1"
( . "$f"; [ -z "$IPADDR" ] || echo "$1 $IPADDR/$PREFIX"; [ -z "$IPV6ADDR" ] || echo "$1 $IPV6ADDR" ) >>"$ROOT/addresses"
( . "$f"; [ -z "$MTU" ] || echo "$MTU" >"$ROOT/sys/class/net/$1/mtu" )`;
const upConnection = `case "$*" in "connection up stackprep-"*) d=\${3#stackprep-}; f=$ROOT${connections}/$3.nmconnection
echo "$d" >>"$ROOT/up"; mkdir -p "$ROOT/sys/class/net/$d"
sed -n "s/^address[0-9]*=/$d /p" "$f" >>"$ROOT/addresses"; sed -n 's/^mtu=//p' "$f" >"$ROOT/sys/class/net/$d/mtu";; esac`;

for (const shell of nodeShells) {
  describe(`The step network-interfaces writes whole files under ${shell}`, () => {
    let folder: NodeFolder;
    const start = (system: 'el7' | 'el8' | 'el9') => {
      folder = new NodeFolder(shell, system);
      folder.put('/addresses', 'eth0 192.168.113.171/24\n');
      folder.put('/up', 'eth0\n');
      folder.put('/route', 'default via 192.168.113.1 dev eth0\n');
      for (const [device, mac] of [
        ['eth0', '52:54:00:aa:00:00'],
        ['ens7', '52:54:00:aa:00:01'],
        ['eth2', '52:54:00:aa:00:02'],
      ]) {
        folder.put(`/sys/class/net/${device}/address`, `${mac}\n`);
        folder.put(`/sys/class/net/${device}/device/vendor`, '0x1af4\n');
      }
      folder.put(
        `${scripts}/ifcfg-eth0`,
        'DEVICE=eth0\nONBOOT=yes\nBOOTPROTO=none\nIPADDR=192.168.113.171\nPREFIX=24\n',
      );
      folder.put(
        '/connections/eth0',
        'connection.autoconnect=yes\nipv4.method=manual\nipv4.addresses=192.168.113.171/24\n',
      );
      folder.program('ip', ip);
      folder.program('ifup', ifup);
      folder.program('ifdown', 'echo "ifdown $1" >>"$ROOT/calls"');
      folder.program('nmcli', `${nmcli}\n${upConnection}`);
      folder.program('rpm', 'exit 0');
    };
    before(function () {
      if (!hasProgram(shell)) this.skip();
    });
    afterEach(() => folder?.remove());

    it('for the network service of EL7, finds the interface by its MAC address, and takes the files back', () => {
      start('el7');
      folder.unit('NetworkManager', 'disabled inactive');
      folder.unit('network', 'enabled active');
      const before = folder.probe(cluster, 'network-interfaces');
      assert.ok(before.reasons.includes('file-missing'), before.reasons.join(' '));
      const { outcome, log } = folder.run(cluster, 'network-interfaces');
      assert.equal(outcome, 'changed', log);
      assert.equal(
        folder.read(`${scripts}/ifcfg-ens7`),
        'DEVICE=ens7\nTYPE=Ethernet\nONBOOT=yes\nBOOTPROTO=none\nHWADDR=52:54:00:aa:00:01\nIPADDR=10.40.0.11\nPREFIX=24\nDEFROUTE=no\nIPV6INIT=yes\nIPV6_AUTOCONF=no\nIPV6ADDR=fd40::11/64\nMTU=9000\n',
      );
      assert.equal(
        folder.read(`${scripts}/route-ens7`),
        '10.40.0.0/24 dev ens7 table 140\ndefault via 10.40.0.1 dev ens7 table 140\n',
      );
      assert.equal(folder.read(`${scripts}/rule6-ens7`), 'from fd40::/64 table 140\n');
      assert.match(folder.read(`${scripts}/ifcfg-eth2.30`) ?? '', /PHYSDEV=eth2\nVLAN_ID=30\n/);
      assert.equal(folder.run(cluster, 'network-interfaces').outcome, 'unchanged');
      folder.undo(cluster, 'network-interfaces');
      for (const file of ['ifcfg-ens7', 'route-ens7', 'rule6-ens7', 'ifcfg-eth2.30'])
        assert.equal(folder.read(`${scripts}/${file}`), undefined, file);
    });

    it('for NetworkManager of EL9 only as keyfiles that root alone reads, never as ifcfg', () => {
      start('el9');
      folder.unit('NetworkManager', 'enabled active');
      const { outcome, log } = folder.run(cluster, 'network-interfaces');
      assert.equal(outcome, 'changed', log);
      assert.match(
        folder.read(`${connections}/stackprep-ens7.nmconnection`) ?? '',
        /routing-rule1=.*table 140/,
      );
      assert.equal(statSync(`${folder.root}${connections}/stackprep-ens7.nmconnection`).mode & 0o777, 0o600);
      assert.equal(folder.read(`${scripts}/ifcfg-ens7`), undefined);
      assert.ok(
        folder.calls().some((call) => /^nmcli connection load .*\/stackprep-ens7\.nmconnection$/.test(call)),
      );
      assert.equal(folder.run(cluster, 'network-interfaces').outcome, 'unchanged');
    });

    it('but changes nothing if the node has no interface with the MAC address', () => {
      start('el9');
      folder.unit('NetworkManager', 'enabled active');
      folder.put('/sys/class/net/ens7/address', '52:54:00:aa:00:99\n');
      assert.equal(folder.run(cluster, 'network-interfaces').reasons.at(-1), 'interface-missing');
      assert.deepEqual(
        folder.calls().filter((call) => !call.includes(' -g ')),
        [],
      );
    });
  });
}
