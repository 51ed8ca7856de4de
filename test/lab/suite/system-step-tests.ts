import assert from 'node:assert/strict';
import type { StepTest } from './step-test.ts';

const ifcfg = '/etc/sysconfig/network-scripts/ifcfg-eth1';
const tunnel = 'rule family="ipv4" source address="198.18.88.0/24" port port="4789" protocol="udp" accept';

/** The steps that configure the system itself. */
export const systemStepTests: readonly StepTest[] = [
  {
    step: 'ssh-keys',
    verify: async (run, { node }) => {
      const strict = 'ssh -o BatchMode=yes -o StrictHostKeyChecking=yes';
      for (const other of ['openstack1', 'openstack4', '198.18.88.172'])
        assert.match(await run(`${strict} ${other} hostname`), /^openstack\d$/m, `${node} to ${other}`);
      assert.equal(
        await run('stat -c "%a %U" /root/.ssh /root/.ssh/authorized_keys'),
        '700 root\n600 root\n',
      );
      assert.equal((await run('sort /root/.ssh/authorized_keys | uniq -d | wc -l')).trim(), '0');
    },
    verifyUndone: async (run) => {
      assert.equal((await run('grep -c root@openstack /root/.ssh/authorized_keys || :')).trim(), '0');
      await run('grep -q stackprep-lab /root/.ssh/authorized_keys && test ! -e /root/.ssh/known_hosts');
      await run('! ssh -o BatchMode=yes -o StrictHostKeyChecking=yes 198.18.88.171 true');
    },
    damage: () =>
      'sed -i /root@openstack3/d /root/.ssh/authorized_keys; chmod 0644 /root/.ssh/authorized_keys',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'sshd',
    verify: async (run) => {
      const effective = await run(
        'sshd -T -C user=root,host=desk,addr=198.18.88.1,laddr=198.18.88.171,lport=22',
      );
      assert.match(effective, /^permitrootlogin (without|prohibit)-password$/m);
      assert.match(effective, /^passwordauthentication no$/m);
      assert.match(effective, /^maxauthtries 4$/m);
    },
    verifyUndone: async (run) => {
      assert.match(await run('sshd -T -C user=root,host=desk,addr=198.18.88.1'), /^maxauthtries 6$/m);
    },
    damage: ({ system }) =>
      system === 'el9'
        ? 'rm /etc/ssh/sshd_config.d/00-stackprep.conf'
        : "sed -i '/^# BEGIN stackprep/,/^# END stackprep/d' /etc/ssh/sshd_config",
    stateAfterDamage: 'drifted',
  },
  {
    step: 'hostname',
    prepare: () => 'hostnamectl set-hostname localhost.localdomain',
    verify: async (run, { node }) => {
      assert.equal((await run('cat /etc/hostname')).trim(), node);
      assert.equal((await run('hostname')).trim(), node);
    },
    verifyUndone: async (run) => {
      assert.equal((await run('hostname')).trim(), 'localhost.localdomain');
    },
    damage: () => 'hostnamectl set-hostname somebody',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'network-interfaces',
    prepare: ({ system }) => (system === 'el9' ? 'nmcli connection delete eth1' : `rm ${ifcfg}`),
    verify: async (run, on) => {
      assert.match(await run('ip -o addr show dev eth0'), / inet 198\.18\.88\.17\d\/24 /);
      assert.match(await run('ip -o link show dev eth1 up'), /eth1/);
      assert.equal(await run('ip -o -4 addr show dev eth1'), '');
      if (on.system === 'el9') {
        assert.equal(
          await run('nmcli -g connection.autoconnect,ipv4.method connection show eth1'),
          'yes\ndisabled\n',
        );
      } else {
        assert.match(await run(`cat ${ifcfg}`), /^DEVICE=eth1\nONBOOT=yes\nBOOTPROTO=none$/m);
      }
    },
    verifyUndone: async (run, on) => {
      if (on.system === 'el9') {
        assert.doesNotMatch(await run('nmcli -g NAME connection show'), /^eth1$/m);
        await run('test ! -e /etc/NetworkManager/system-connections/eth1.nmconnection');
      } else {
        await run(`test ! -e ${ifcfg}`);
      }
      assert.match(await run('ip -o addr show dev eth0'), / inet 198\.18\.88\.173\/24 /);
    },
    damage: ({ system }) =>
      system === 'el9'
        ? 'nmcli connection modify eth1 connection.autoconnect no'
        : `sed -i s/ONBOOT=yes/ONBOOT=no/ ${ifcfg}`,
    stateAfterDamage: 'drifted',
  },
  {
    step: 'firewalld',
    prepare: ({ system }) =>
      system === 'el7' ? 'systemctl enable firewalld; systemctl start firewalld' : ':',
    verify: async (run, on) => {
      if (on.system === 'el7') {
        assert.equal((await run('systemctl is-active firewalld || :')).trim(), 'inactive');
        assert.equal((await run('systemctl is-enabled firewalld || :')).trim(), 'disabled');
        return;
      }
      assert.equal((await run('systemctl is-active firewalld')).trim(), 'active');
      assert.equal((await run('systemctl is-enabled firewalld')).trim(), 'enabled');
      // firewall-cmd takes a second, and the nodes in between equal the first.
      if (on.node === 'openstack2' || on.node === 'openstack3') return;
      for (const permanent of ['', '--permanent ']) {
        const list = `firewall-cmd ${permanent}--zone=public`;
        const open = await run(`${list} --list-ports && ${list} --list-rich-rules`);
        assert.match(open, /(^| )22\/tcp/);
        // A storage node has no tunnel endpoint and no API.
        assert.equal(open.includes(tunnel), on.node === 'openstack1');
        assert.equal(/(^| )5000\/tcp/m.test(open), on.node === 'openstack1');
      }
    },
    verifyUndone: async (run, on) => {
      const before = on.system === 'el7' ? 'active' : 'inactive';
      assert.equal((await run('systemctl is-active firewalld || :')).trim(), before);
    },
    damage: ({ system }) =>
      system === 'el7'
        ? 'systemctl start firewalld'
        : `firewall-cmd --zone=public --remove-rich-rule='${tunnel}'`,
    stateAfterDamage: 'drifted',
  },
  {
    step: 'network-service',
    prepare: ({ system }) => (system === 'el7' ? 'systemctl disable network' : ':'),
    verify: async (run) => {
      assert.equal((await run('systemctl is-active network')).trim(), 'active');
      assert.equal((await run('systemctl is-enabled network')).trim(), 'enabled');
    },
    // It is still running: stopping it would take the interfaces down.
    verifyUndone: async (run) => {
      assert.equal((await run('systemctl is-enabled network || :')).trim(), 'disabled');
    },
    damage: () => 'systemctl disable network',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'network-manager',
    prepare: ({ system }) => {
      if (system === 'el7') return 'systemctl enable NetworkManager; systemctl start NetworkManager';
      return system === 'el8' ? ':' : 'systemctl disable NetworkManager';
    },
    verify: async (run, on) => {
      const [active, enabled] = on.system === 'el9' ? ['active', 'enabled'] : ['inactive', 'disabled'];
      assert.equal((await run('systemctl is-active NetworkManager || :')).trim(), active);
      assert.equal((await run('systemctl is-enabled NetworkManager || :')).trim(), enabled);
    },
    verifyUndone: async (run, on) => {
      const enabled = on.system === 'el9' ? 'disabled' : 'enabled';
      assert.equal((await run('systemctl is-active NetworkManager || :')).trim(), 'active');
      assert.equal((await run('systemctl is-enabled NetworkManager || :')).trim(), enabled);
    },
    damage: ({ system }) => `systemctl ${system === 'el9' ? 'disable' : 'enable'} NetworkManager`,
    stateAfterDamage: 'drifted',
  },
  {
    step: 'selinux',
    verify: async (run) => {
      assert.match(await run('cat /etc/selinux/config'), /^SELINUX=permissive$/m);
      // The lab's kernel has no SELinux: permissive requires a boot that labels the disk.
      await run('test -e /.autorelabel');
    },
    verifyUndone: async (run) => {
      assert.match(await run('cat /etc/selinux/config'), /^SELINUX=disabled$/m);
      await run('test ! -e /.autorelabel');
    },
    damage: () => 'sed -i s/^SELINUX=.*/SELINUX=disabled/ /etc/selinux/config',
    stateAfterDamage: 'drifted',
  },
  {
    step: 'timezone',
    verify: async (run) => {
      assert.equal((await run('date +%Z')).trim(), 'KST');
    },
    verifyUndone: async (run) => {
      assert.equal((await run('date +%Z')).trim(), 'UTC');
    },
    damage: () => 'timedatectl set-timezone UTC',
    stateAfterDamage: 'drifted',
  },
];
