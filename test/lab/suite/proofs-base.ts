import assert from 'node:assert/strict';
import type { Proof } from './proof.ts';

const ifcfg = '/etc/sysconfig/network-scripts/ifcfg-eth1';
const tunnel = 'rule family="ipv4" source address="198.18.88.0/24" port port="4789" protocol="udp" accept';

/** The steps that configure the system itself. */
export const baseProofs: readonly Proof[] = [
  {
    step: 'ssh-keys',
    seen: async (look, { node }) => {
      const strict = 'ssh -o BatchMode=yes -o StrictHostKeyChecking=yes';
      for (const other of ['openstack1', 'openstack4', '198.18.88.172'])
        assert.match(await look(`${strict} ${other} hostname`), /^openstack\d$/m, `${node} to ${other}`);
      assert.equal(
        await look('stat -c "%a %U" /root/.ssh /root/.ssh/authorized_keys'),
        '700 root\n600 root\n',
      );
      assert.equal((await look('sort /root/.ssh/authorized_keys | uniq -d | wc -l')).trim(), '0');
    },
    undone: async (look) => {
      assert.equal((await look('grep -c root@openstack /root/.ssh/authorized_keys || :')).trim(), '0');
      await look('grep -q stackprep-lab /root/.ssh/authorized_keys && test ! -e /root/.ssh/known_hosts');
      await look('! ssh -o BatchMode=yes -o StrictHostKeyChecking=yes 198.18.88.171 true');
    },
    spoil: () =>
      'sed -i /root@openstack3/d /root/.ssh/authorized_keys; chmod 0644 /root/.ssh/authorized_keys',
    spoiled: 'drifted',
  },
  {
    step: 'sshd',
    seen: async (look) => {
      const effective = await look(
        'sshd -T -C user=root,host=desk,addr=198.18.88.1,laddr=198.18.88.171,lport=22',
      );
      assert.match(effective, /^permitrootlogin (without|prohibit)-password$/m);
      assert.match(effective, /^passwordauthentication no$/m);
      assert.match(effective, /^maxauthtries 4$/m);
    },
    undone: async (look) => {
      assert.match(await look('sshd -T -C user=root,host=desk,addr=198.18.88.1'), /^maxauthtries 6$/m);
    },
    spoil: ({ look }) =>
      look === 'el9'
        ? 'rm /etc/ssh/sshd_config.d/00-stackprep.conf'
        : "sed -i '/^# BEGIN stackprep/,/^# END stackprep/d' /etc/ssh/sshd_config",
    spoiled: 'drifted',
  },
  {
    step: 'hostname',
    fresh: () => 'hostnamectl set-hostname localhost.localdomain',
    seen: async (look, { node }) => {
      assert.equal((await look('cat /etc/hostname')).trim(), node);
      assert.equal((await look('hostname')).trim(), node);
    },
    undone: async (look) => {
      assert.equal((await look('hostname')).trim(), 'localhost.localdomain');
    },
    spoil: () => 'hostnamectl set-hostname somebody',
    spoiled: 'drifted',
  },
  {
    step: 'network-interfaces',
    fresh: ({ look }) => (look === 'el9' ? 'nmcli connection delete eth1' : `rm ${ifcfg}`),
    seen: async (look, on) => {
      assert.match(await look('ip -o addr show dev eth0'), / inet 198\.18\.88\.17\d\/24 /);
      assert.match(await look('ip -o link show dev eth1 up'), /eth1/);
      assert.equal(await look('ip -o -4 addr show dev eth1'), '');
      if (on.look === 'el9') {
        assert.equal(
          await look('nmcli -g connection.autoconnect,ipv4.method connection show eth1'),
          'yes\ndisabled\n',
        );
      } else {
        assert.match(await look(`cat ${ifcfg}`), /^DEVICE=eth1\nONBOOT=yes\nBOOTPROTO=none$/m);
      }
    },
    undone: async (look, on) => {
      if (on.look === 'el9') {
        assert.doesNotMatch(await look('nmcli -g NAME connection show'), /^eth1$/m);
        await look('test ! -e /etc/NetworkManager/system-connections/eth1.nmconnection');
      } else {
        await look(`test ! -e ${ifcfg}`);
      }
      assert.match(await look('ip -o addr show dev eth0'), / inet 198\.18\.88\.173\/24 /);
    },
    spoil: ({ look }) =>
      look === 'el9'
        ? 'nmcli connection modify eth1 connection.autoconnect no'
        : `sed -i s/ONBOOT=yes/ONBOOT=no/ ${ifcfg}`,
    spoiled: 'drifted',
  },
  {
    step: 'firewalld',
    fresh: ({ look }) => (look === 'el7' ? 'systemctl enable firewalld; systemctl start firewalld' : ':'),
    seen: async (look, on) => {
      if (on.look === 'el7') {
        assert.equal((await look('systemctl is-active firewalld || :')).trim(), 'inactive');
        assert.equal((await look('systemctl is-enabled firewalld || :')).trim(), 'disabled');
        return;
      }
      assert.equal((await look('systemctl is-active firewalld')).trim(), 'active');
      assert.equal((await look('systemctl is-enabled firewalld')).trim(), 'enabled');
      // firewall-cmd takes a second, and the nodes in between equal the first.
      if (on.node === 'openstack2' || on.node === 'openstack3') return;
      for (const permanent of ['', '--permanent ']) {
        const list = `firewall-cmd ${permanent}--zone=public`;
        const open = await look(`${list} --list-ports && ${list} --list-rich-rules`);
        assert.match(open, /(^| )22\/tcp/);
        // A storage node has no tunnel endpoint and no API.
        assert.equal(open.includes(tunnel), on.node === 'openstack1');
        assert.equal(/(^| )5000\/tcp/m.test(open), on.node === 'openstack1');
      }
    },
    undone: async (look, on) => {
      const before = on.look === 'el7' ? 'active' : 'inactive';
      assert.equal((await look('systemctl is-active firewalld || :')).trim(), before);
    },
    spoil: ({ look }) =>
      look === 'el7'
        ? 'systemctl start firewalld'
        : `firewall-cmd --zone=public --remove-rich-rule='${tunnel}'`,
    spoiled: 'drifted',
  },
  {
    step: 'network-service',
    fresh: ({ look }) => (look === 'el7' ? 'systemctl disable network' : ':'),
    seen: async (look) => {
      assert.equal((await look('systemctl is-active network')).trim(), 'active');
      assert.equal((await look('systemctl is-enabled network')).trim(), 'enabled');
    },
    // It is still running: stopping it would take the interfaces down.
    undone: async (look) => {
      assert.equal((await look('systemctl is-enabled network || :')).trim(), 'disabled');
    },
    spoil: () => 'systemctl disable network',
    spoiled: 'drifted',
  },
  {
    step: 'network-manager',
    fresh: ({ look }) => {
      if (look === 'el7') return 'systemctl enable NetworkManager; systemctl start NetworkManager';
      return look === 'el8' ? ':' : 'systemctl disable NetworkManager';
    },
    seen: async (look, on) => {
      const [active, enabled] = on.look === 'el9' ? ['active', 'enabled'] : ['inactive', 'disabled'];
      assert.equal((await look('systemctl is-active NetworkManager || :')).trim(), active);
      assert.equal((await look('systemctl is-enabled NetworkManager || :')).trim(), enabled);
    },
    undone: async (look, on) => {
      const enabled = on.look === 'el9' ? 'disabled' : 'enabled';
      assert.equal((await look('systemctl is-active NetworkManager || :')).trim(), 'active');
      assert.equal((await look('systemctl is-enabled NetworkManager || :')).trim(), enabled);
    },
    spoil: ({ look }) => `systemctl ${look === 'el9' ? 'disable' : 'enable'} NetworkManager`,
    spoiled: 'drifted',
  },
  {
    step: 'selinux',
    seen: async (look) => {
      assert.match(await look('cat /etc/selinux/config'), /^SELINUX=permissive$/m);
      // The lab's kernel has no SELinux: permissive requires a boot that labels the disk.
      await look('test -e /.autorelabel');
    },
    undone: async (look) => {
      assert.match(await look('cat /etc/selinux/config'), /^SELINUX=disabled$/m);
      await look('test ! -e /.autorelabel');
    },
    spoil: () => 'sed -i s/^SELINUX=.*/SELINUX=disabled/ /etc/selinux/config',
    spoiled: 'drifted',
  },
  {
    step: 'timezone',
    seen: async (look) => {
      assert.equal((await look('date +%Z')).trim(), 'KST');
    },
    undone: async (look) => {
      assert.equal((await look('date +%Z')).trim(), 'UTC');
    },
    spoil: () => 'timedatectl set-timezone UTC',
    spoiled: 'drifted',
  },
];
