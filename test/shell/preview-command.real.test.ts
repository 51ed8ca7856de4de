import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { previewCommandSh } from '../../src/shell/preview-command.sh.ts';
import { clearAwaySync } from '../support/clear-away.ts';

const changes = `systemctl enable chronyd
systemctl -q --no-block restart etcd
systemctl daemon-reload
rpm -ivh x.rpm
nmcli connection modify eth1 connection.autoconnect yes
nmcli connection up eth1
ip link set eth1 up
ip addr add 10.0.0.1/24 dev eth1
ip -4 route replace default via 10.0.0.1
sysctl -w net.ipv4.ip_forward=1
modprobe br_netfilter
setenforce 0
semanage port -a -t ssh_port_t -p tcp 2222
subscription-manager repos --enable=x
chronyc makestep
firewall-cmd --add-port=22/tcp
firewall-cmd --reload
rabbitmqctl -q set_permissions -p / openstack .* .* .*
rabbitmqctl -q join_cluster rabbit@a
etcdctl member add b
usermod -s /bin/bash anna
gpasswd -d anna wheel
ssh-keygen -q -f /root/.ssh/id_ed25519
dnf module enable x
yum history undo 3
reboot
packstack --answer-file=/root/answers`.split('\n');

const reads = `rpm -q bash
rpm -qa --qf x
nmcli -g GENERAL.CONNECTION device show eth1
ip -o addr show dev eth1
ip route show default
sysctl net.ipv4.ip_forward
modprobe -n -q br_netfilter
semanage port -l
subscription-manager identity
chronyc -n sources
firewall-cmd --zone=public --list-ports
firewall-cmd -q --permanent --query-service=ssh
rabbitmqctl -q list_users
rabbitmqctl -q cluster_status
etcdctl member list
mysql --batch --execute=SHOW VARIABLES
dnf -q check-update
yum -C -d 2 --showduplicates list all
dnf -q repolist enabled
packstack --version`.split('\n');

describe('The replacement of programs in a preview', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-preview-'));
  const programs = new Set([...changes, ...reads].map((line) => line.split(' ')[0] ?? ''));

  before(() => {
    for (const name of ['bin', 'real', 'transactions']) mkdirSync(join(folder, name));
    const text = previewCommandSh.text
      .replace('place=/.stackprep', `place=${folder}`)
      .replace(/^PATH=.*/m, `PATH=${join(folder, 'real')}:/usr/bin:/bin`);
    writeFileSync(join(folder, 'bin/command'), `#!/bin/sh\n${text}`);
    writeFileSync(join(folder, 'real/program'), `#!/bin/sh\necho "ran \${0##*/} $*" >>${folder}/ran\n`);
    writeFileSync(join(folder, 'step'), 'upgrade\n');
    for (const path of ['bin/command', 'real/program']) chmodSync(join(folder, path), 0o755);
    for (const name of programs) {
      symlinkSync('command', join(folder, 'bin', name));
      symlinkSync('program', join(folder, 'real', name));
    }
  });

  after(() => clearAwaySync(folder));

  const outcome = (argv: readonly string[], input = ''): { effects: string; ran: string } => {
    for (const name of ['effects', 'ran']) writeFileSync(join(folder, name), '');
    const [name = '', ...args] = argv;
    const { status, stderr } = spawnSync(join(folder, 'bin', name), args, { input, encoding: 'utf8' });
    assert.equal(status, 0, `${argv.join(' ')}: ${stderr}`);
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
    return { effects: read('effects'), ran: read('ran') };
  };

  for (const line of changes)
    it(`records instead of running: ${line}`, () => {
      const argv = line.split(' ');
      assert.deepEqual(outcome(argv), { effects: `${argv.join('\t')}\n`, ran: '' });
    });

  for (const line of reads)
    it(`runs what only reads: ${line}`, () => {
      const argv = line.startsWith('mysql')
        ? ['mysql', '--batch', '--execute=SHOW VARIABLES']
        : line.split(' ');
      assert.deepEqual(outcome(argv), { effects: '', ran: `ran ${argv.join(' ')}\n` });
    });

  it('asks the package manager with --assumeno in place of -y', () => {
    assert.deepEqual(outcome(['dnf', '-y', 'install', 'chrony']).ran, 'ran dnf --assumeno install chrony\n');
    assert.match(outcome(['yum', '-y', 'upgrade']).ran, /^ran yum --assumeno upgrade\n/);
  });

  it('answers sysctl -n with the last value that was recorded, and asks the kernel about other parameters', () => {
    for (const value of ['0', '1', '4096 131072=x']) outcome(['sysctl', '-w', `net.ipv4.tcp_rmem=${value}`]);
    const read = (key: string) =>
      spawnSync(join(folder, 'bin/sysctl'), ['-n', key], { encoding: 'utf8' }).stdout;
    assert.equal(read('net.ipv4.tcp_rmem'), '4096 131072=x\n');
    writeFileSync(join(folder, 'ran'), '');
    assert.equal(read('net.ipv4.tcp'), '');
    assert.equal(readFileSync(join(folder, 'ran'), 'utf8'), 'ran sysctl -n net.ipv4.tcp\n');
  });

  it('records neither a password hash nor what a program reads from its input', () => {
    const { effects } = outcome([
      'rabbitmqctl',
      '-q',
      'eval',
      'rabbit_auth_backend_internal:change_password_hash(<<"openstack">>, base64:decode(<<"SEVSRQ==">>)).',
    ]);
    assert.equal(effects, 'rabbitmqctl\tchange_password\topenstack\n');
    assert.equal(
      outcome(['rabbitmqctl', 'change_password', 'openstack'], 'secret\n').effects.includes('secret'),
      false,
    );
  });
});
