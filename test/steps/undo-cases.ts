import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import type { NodeFolder } from '../support/node-folder.ts';
import { accounts, firewall, ip, lvm, nmcli, sysctl } from '../support/node-programs.ts';

/** A node before a step, and what undo of the step must leave of it. */
export interface UndoCase {
  readonly title: string;
  readonly system?: 'el7' | 'el8' | 'el9';
  /** The cluster file without its nodes and steps. */
  readonly text?: string;
  readonly inputs?: Cluster['inputs'];
  readonly secrets?: ReadonlyMap<string, string>;
  readonly needsRoot?: boolean;
  prepare(folder: NodeFolder): void;
  /** What changes after the first run; the step then runs again before undo. */
  drift?(folder: NodeFolder): void;
  /** Files that differ from those before the step: their text, or undefined for a path whose files may be anything. */
  readonly leaves?: Readonly<Record<string, string | undefined>>;
  /** The calls of undo that change something, in their order. */
  readonly calls?: readonly string[];
  /** The state after undo; `needed` by default. */
  readonly state?: 'done';
}

export const clusterFor = (step: string, { text = '', inputs }: UndoCase): Cluster => ({
  ...clusterOf(`cluster: undo
openstack: { release: train }
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
${text}
steps: [${step}]
`),
  ...(inputs && { inputs }),
});

const units = (service: string, state: 'on' | 'off') =>
  (state === 'on' ? ['enable', 'start'] : ['disable', 'stop']).map((verb) => `systemctl ${verb} ${service}`);

/** A service with one file, from a node without both and from one that has them. */
function serviceCases(
  service: string,
  file: string,
  former: string,
  more: Omit<UndoCase, 'title' | 'calls'>,
): readonly UndoCase[] {
  const restart = `systemctl try-restart ${service}`;
  return [
    {
      ...more,
      title: 'on a node where the service is off and has no file',
      prepare: (folder) => {
        more.prepare(folder);
        folder.unit(service, 'disabled inactive');
      },
      calls: [...units(service, 'off'), restart],
    },
    {
      ...more,
      title: 'on a node where the service runs with a file',
      prepare: (folder) => {
        more.prepare(folder);
        folder.unit(service, 'enabled active');
        folder.put(file, former, 0o640);
      },
      drift: (folder) => {
        folder.unit(service, 'disabled inactive');
        // A hand has changed what the step wrote.
        folder.put(
          file,
          (folder.read(file) ?? '').replaceAll(/192\.168\.113\.171|10\.9\.9\.1/g, '10.0.0.99'),
          0o640,
        );
      },
      calls: [...units(service, 'on'), restart],
    },
  ];
}

const installed = (folder: NodeFolder) => {
  for (const program of ['rpm', 'yum', 'dnf']) folder.program(program, 'exit 0');
};

/** Prints the first value of each setting, like sshd -T. */
const sshd = `[ "$1" = -T ] || exit 0
config=$ROOT/etc/ssh/sshd_config; last=
for word; do if [ "$last" = -f ]; then config=$word; fi; last=$word; done
{ if grep -q '^Include' "$config"; then cat "$ROOT"/etc/ssh/sshd_config.d/*.conf 2>/dev/null; fi; cat "$config"; } |
  awk '/^[ \\t]*(#|$)/ || $1 == "Include" { next } { k = tolower($1) } !(k in seen) { seen[k] = 1; print k, $2 } END { if (!("port" in seen)) print "port 22" }'`;

/** Answers like the server would after a restart: with the settings of the file. */
const mysql = `case "$*" in *"SHOW VARIABLES"*) awk -F ' = ' 'NF == 2 { gsub(/-/, "_", $1); last[$1] = $2 } END { for (name in last) print name "\\t" last[name] }' "$ROOT/etc/my.cnf.d/openstack.cnf";; esac`;

const rabbitmqctl = `[ "$1" != -q ] || shift
case $1 in
  list_users) printf 'user\\ttags\\nguest\\t[administrator]\\n'; [ ! -e "$ROOT/queue/user" ] || printf 'openstack\\t[]\\n';;
  list_permissions) [ ! -e "$ROOT/queue/may" ] || printf 'openstack\\t.*\\t.*\\t.*\\n';;
  add_user) mkdir -p "$ROOT/queue"; cat >"$ROOT/queue/user";;
  set_permissions) : >"$ROOT/queue/may";;
esac`;

const ifcfg = '/etc/sysconfig/network-scripts/ifcfg-';
const eth0 = 'DEVICE=eth0\nONBOOT=yes\nBOOTPROTO=none\nIPADDR=192.168.113.171\nPREFIX=24\n';
const network =
  'networks: { management: { cidr: 192.168.113.0/24, interface: eth0 }, provider: { interface: eth1 } }\n';
const managerOff = `${network}system: { network-manager: disabled }\n`;
const wires = (folder: NodeFolder) => {
  installed(folder);
  folder.put('/kernel/addresses', 'eth0 192.168.113.171/24\n');
  folder.put('/kernel/up', 'eth0\n');
  folder.put('/kernel/route', 'default via 192.168.113.1 dev eth0\n');
  for (const device of ['eth0', 'eth1']) folder.put(`/sys/class/net/${device}/ifindex`, '1');
  folder.program('ip', ip.replaceAll('$ROOT/', '$ROOT/kernel/'));
};
/** nmcli whose connections are files of NetworkManager. */
const keyfiles = nmcli
  .replace('c=$ROOT/connections', 'c=$ROOT/etc/NetworkManager/system-connections')
  .replaceAll('"$c/$5"', '"$c/$5.nmconnection"')
  .replaceAll('"$c/$name"', '"$c/$name.nmconnection"')
  .replace(/echo "\S+:\S+"/, () => 'echo "$(basename "$f" .nmconnection):$f"');

const zone = '/etc/firewalld/zones/public.xml';
const walls = (state: string) => (folder: NodeFolder) => {
  const program = firewall
    .replaceAll('permanent;;', `${zone.slice(1)};;`)
    .replaceAll('$ROOT/permanent', `$ROOT${zone}`)
    .replace('--reload)', '--reload|--state)')
    .replace('echo "$file $word" >>"$ROOT/calls"', ':')
    .replace('echo reload >>"$ROOT/calls"', 'echo "firewall-cmd $word" >>"$ROOT/calls"');
  installed(folder);
  folder.unit('firewalld', state);
  folder.program('sshd', 'echo "port 2222"');
  folder.program('firewall-cmd', program);
  folder.program('firewall-offline-cmd', `set -- --permanent "$@"\n${program}`);
  for (const file of [zone, '/runtime']) folder.put(file, '9990-9999/tcp\n');
};

const selinux = (mode: string) => (folder: NodeFolder) => {
  folder.put('/etc/selinux/config', `# comment\nSELINUX=${mode.toLowerCase()}\nSELINUXTYPE=targeted\n`);
  folder.put('/proc/cmdline', 'ro quiet');
  folder.put('/mode', `${mode}\n`);
  folder.program('getenforce', 'cat $ROOT/mode');
  folder.program('setenforce', 'case $1 in 0) echo Permissive;; 1) echo Enforcing;; esac >$ROOT/mode');
};

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA0n me@desk';
const inputs = { publicKeys: { '~/.ssh/id': publicKey }, nodeKeys: {} };
const identity = 'ssh: { user: root, identity: ~/.ssh/id }\n';
const homes = (folder: NodeFolder) => {
  folder.put('/root/.keep', '');
  folder.program('getent', 'echo "$2:x:0:0::$ROOT/root:/bin/sh"');
};

/** The cases of every step that can be undone, by its id. */
export const undoCases: Readonly<Record<string, readonly UndoCase[]>> = {
  'ssh-keys': [
    { title: 'for a user without a file of keys', text: identity, inputs, needsRoot: true, prepare: homes },
    {
      title: 'for a user with other keys',
      text: identity,
      inputs,
      needsRoot: true,
      prepare: (folder) => {
        homes(folder);
        folder.put('/root/.ssh/authorized_keys', 'ssh-rsa AAAAother somebody\n', 0o600);
      },
    },
  ],
  users: [
    {
      title: 'for a new user and one whose shell, groups, password and keys change',
      text: `users:
  deploy: { groups: [wheel], sudo: nopasswd }
  old: { groups: [libvirt], keys: [~/.ssh/id], shell: /bin/bash, password: { secret: old } }
`,
      inputs,
      secrets: new Map([['old', 'new-word']]),
      needsRoot: true,
      prepare: (folder) => {
        for (const [name, script] of Object.entries(accounts)) folder.program(name, script);
        folder.put('/accounts', 'root:/bin/bash:root:root hash\nold:/bin/sh:old:old hash\n');
        folder.put('/root/old/.ssh/authorized_keys', 'ssh-rsa AAAAother somebody\n', 0o600);
        folder.put('/etc/sudoers', '');
        folder.put('/etc/sudoers.d/stackprep', 'somebody ALL=(ALL) ALL\n', 0o440);
      },
      leaves: { '/calls.environment': undefined },
    },
  ],
  hostname: [
    {
      title: 'of a node with another name',
      prepare: (folder) => {
        for (const file of ['/etc/hostname', '/kernel/name']) folder.put(file, 'localhost.localdomain\n');
        folder.program('uname', 'case $1 in -n) cat $ROOT/kernel/name;; *) echo x;; esac');
        folder.program('hostnamectl', 'echo "$2" | tee $ROOT/etc/hostname >$ROOT/kernel/name');
      },
      drift: (folder) => folder.put('/kernel/name', 'another\n'),
    },
  ],
  'hosts-file': [
    {
      title: 'in a file with other lines',
      text: 'system: { hosts-file: managed }',
      prepare: (folder) => folder.put('/etc/hosts', '127.0.0.1 localhost\n127.0.1.1 openstack1 # x\n'),
    },
  ],
  'network-interfaces': [
    {
      title: 'configured by files of the network service',
      system: 'el7',
      text: managerOff,
      prepare: (folder) => {
        wires(folder);
        folder.unit('NetworkManager', 'disabled inactive');
        folder.unit('network', 'enabled active');
        folder.put(`${ifcfg}eth0`, eth0.replace('ONBOOT=yes', 'ONBOOT=no'));
      },
      drift: (folder) => folder.put(`${ifcfg}eth0`, eth0.replace('ONBOOT=yes', 'ONBOOT=no')),
      leaves: { '/kernel/': undefined },
      calls: ['systemctl restart network'],
    },
    {
      title: 'configured by NetworkManager',
      text: network,
      prepare: (folder) => {
        wires(folder);
        folder.program('nmcli', keyfiles);
        folder.unit('NetworkManager', 'enabled active');
        folder.put(
          '/etc/NetworkManager/system-connections/eth0.nmconnection',
          'connection.autoconnect=no\nipv4.method=manual\nipv4.addresses=192.168.113.171/24\n',
          0o600,
        );
      },
      leaves: { '/kernel/': undefined },
      calls: ['nmcli connection reload', 'systemctl restart NetworkManager'],
    },
  ],
  firewalld: [
    {
      title: 'that runs with other ports',
      text: 'system: { firewalld: enabled }',
      prepare: walls('enabled active'),
      drift: (folder) => {
        folder.unit('firewalld', 'disabled active');
        folder.put('/runtime', '');
      },
      calls: [...units('firewalld', 'on'), 'firewall-cmd --reload'],
    },
    {
      title: 'whose zone has got another port in place of one, which undo keeps',
      text: 'system: { firewalld: enabled }',
      prepare: walls('enabled active'),
      drift: (folder) => {
        for (const file of [zone, '/runtime']) folder.put(file, '7777/tcp\n');
      },
      leaves: { [zone]: '7777/tcp\n', '/runtime': '7777/tcp\n' },
    },
    {
      title: 'that was off',
      text: 'system: { firewalld: enabled }',
      prepare: walls('disabled inactive'),
      leaves: { '/runtime': undefined },
      calls: units('firewalld', 'off'),
    },
    {
      title: 'that the step disabled',
      text: 'system: { firewalld: disabled }',
      prepare: walls('enabled active'),
      calls: units('firewalld', 'on'),
    },
  ],
  'network-manager': [
    {
      title: 'that the step disabled, without stopping the network service',
      system: 'el7',
      text: managerOff,
      prepare: (folder) => {
        wires(folder);
        folder.put(`${ifcfg}eth0`, eth0);
        folder.unit('NetworkManager', 'enabled active');
        folder.unit('network', 'disabled inactive');
      },
      leaves: { '/units/network': 'disabled active\n' },
      calls: [...units('NetworkManager', 'on'), 'systemctl disable network'],
    },
    {
      title: 'that ran without being enabled, next to an enabled network service',
      system: 'el7',
      text: managerOff,
      prepare: (folder) => {
        wires(folder);
        folder.put(`${ifcfg}eth0`, eth0);
        folder.unit('NetworkManager', 'disabled active');
        folder.unit('network', 'enabled active');
      },
      calls: ['systemctl disable NetworkManager', 'systemctl start NetworkManager'],
    },
    {
      title: 'that the step enabled',
      text: 'system: { network-manager: enabled }',
      prepare: (folder) => {
        wires(folder);
        folder.unit('NetworkManager', 'disabled inactive');
      },
      calls: units('NetworkManager', 'off'),
    },
  ],
  'network-service': [
    {
      title: 'that was disabled, without stopping it',
      system: 'el7',
      text: managerOff,
      prepare: (folder) => {
        wires(folder);
        folder.put(`${ifcfg}eth0`, eth0);
        folder.unit('network', 'disabled inactive');
      },
      leaves: { '/units/network': 'disabled active\n' },
      calls: ['systemctl disable network'],
    },
    {
      title: 'that was enabled but not running',
      system: 'el7',
      text: managerOff,
      prepare: (folder) => {
        wires(folder);
        folder.put(`${ifcfg}eth0`, eth0);
        folder.unit('network', 'enabled inactive');
      },
      leaves: { '/units/network': 'enabled active\n' },
      calls: [],
      state: 'done',
    },
  ],
  selinux: [
    { title: 'that was enforcing', text: 'system: { selinux: permissive }', prepare: selinux('Enforcing') },
    { title: 'that was disabled', text: 'system: { selinux: permissive }', prepare: selinux('Disabled') },
    { title: 'that was permissive', text: 'system: { selinux: enforcing }', prepare: selinux('Permissive') },
  ],
  timezone: [
    {
      title: 'of a node with another link',
      text: 'system: { timezone: Asia/Seoul }',
      prepare: (folder) => {
        for (const name of ['Asia/Seoul', 'UTC']) folder.put(`/usr/share/zoneinfo/${name}`, name);
        folder.put('/etc/.keep', '');
        symlinkSync('../usr/share/zoneinfo/UTC', join(folder.root, 'etc/localtime'));
        folder.program('timedatectl', 'ln -sfn "$ROOT/usr/share/zoneinfo/$2" "$ROOT/etc/localtime"');
      },
    },
  ],
  kernel: [
    {
      title: 'with other values and limits',
      text: 'kernel: { sysctl: { net.ipv4.ip_forward: 1 }, limits: [{ domain: "*", item: nofile, value: 65536 }] }',
      prepare: (folder) => {
        folder.put('/proc/sys/net/ipv4/ip_forward', '0\n');
        folder.put('/etc/security/limits.d/99-stackprep.conf', '# mine\n* soft core 0\n');
        folder.program('sysctl', sysctl);
      },
      drift: (folder) => folder.put('/proc/sys/net/ipv4/ip_forward', '7\n'),
    },
  ],
  repositories: [
    {
      title: 'with EPEL enabled',
      system: 'el7',
      text: 'repositories: { epel: disabled, archive: never }',
      prepare: (folder) => {
        folder.program('rpm', 'case "$*" in *-qa*) echo centos-release-openstack-train;; esac');
        folder.program('dnf', 'exit 0');
        folder.put(
          '/etc/yum.repos.d/epel.repo',
          '[epel]\nname=EPEL\nmetalink=https://m.example/\nenabled=1\n',
        );
      },
    },
  ],
  disks: [
    {
      title: 'with programs of LVM that note their calls',
      system: 'el9',
      text: 'groups: { controller: { disks: { cinder-volumes: [/dev/sdb] } } }',
      needsRoot: true,
      prepare: (folder) => {
        execFileSync('mknod', [join(folder.root, 'bin/sdb'), 'b', '7', '250']);
        folder.put('/pvs', '');
        folder.put('/etc/lvm/lvm.conf', 'devices {\n\tscan = [ "/dev" ]\n}\n');
        for (const [name, text] of Object.entries(lvm)) folder.program(name, text);
        for (const name of ['rpm', 'dnf', 'wipefs', 'lsblk']) folder.program(name, 'exit 0');
        folder.program('readlink', 'case $2 in /dev/sdb) echo "$ROOT/bin/sdb";; *) echo "$2";; esac');
      },
      drift: (folder) => folder.put('/etc/lvm/lvm.conf', 'devices {\n\tscan = [ "/dev" ]\n}\n'),
      calls: ['vgremove cinder-volumes', 'pvremove sdb'],
    },
  ],
  proxy: [
    {
      title: 'with another proxy for dnf and a file of pip whose last line has no end',
      system: 'el9',
      text: 'proxy: { http: "http://proxy.example.com:3128" }',
      prepare: (folder) => {
        folder.put('/etc/dnf/dnf.conf', '[main]\nproxy=http://former.example.com:8080\nbest=True\n');
        folder.put('/etc/pip.conf', '[install]\nuser = true');
      },
    },
    {
      title: 'without a file of pip, on EL7',
      system: 'el7',
      text: 'proxy: { http: "http://proxy.example.com:3128" }',
      prepare: (folder) => folder.put('/etc/yum.conf', '[main]\ngpgcheck=1\n'),
    },
  ],
  locale: [
    {
      title: 'of a node with another one',
      text: 'system: { locale: en_US.UTF-8 }',
      prepare: (folder) => {
        folder.program('locale', 'printf "C\\nen_US.utf8\\n"');
        folder.put('/etc/environment', 'LANG=ko_KR.UTF-8\nPAGER=less\n');
      },
    },
  ],
  'shell-profile': [
    { title: 'without a file', prepare: () => undefined },
    {
      title: 'with a file',
      prepare: (folder) => folder.put('/etc/profile.d/stackprep.sh', 'umask 077\n'),
    },
  ],
  chrony: serviceCases('chronyd', '/etc/chrony.conf', 'server 0.pool.ntp.org iburst\n', {
    system: 'el7',
    text: 'services: { chrony: { servers: [10.9.9.1], allow: 192.168.113.0/24 } }',
    prepare: (folder) => {
      installed(folder);
      folder.program('chronyc', 'echo "^* 10.9.9.1 2 6 377 1 +1us"');
    },
  }),
  mariadb: serviceCases('mariadb', '/etc/my.cnf.d/openstack.cnf', '[mysqld]\nmax_connections = 5\n', {
    system: 'el7',
    text: 'services: { mariadb: { bind-address: 192.168.113.171 } }',
    prepare: (folder) => {
      installed(folder);
      folder.put('/shown', 'LimitNOFILE=1024\n');
      folder.program('mysql', mysql);
      folder.program('ss', 'echo "LISTEN 0 80 192.168.113.171:3306 0.0.0.0:*"');
    },
  }),
  rabbitmq: (['off', 'on'] as const).map((state) => ({
    system: 'el8' as const,
    title: `on a node where it is ${state}, whose user and permissions stay`,
    text: 'services: { rabbitmq: { user: openstack, password: { secret: q } } }',
    secrets: new Map([['q', 'word']]),
    prepare: (folder: NodeFolder) => {
      folder.program('rpm', 'case "$*" in *--qf*) echo 3.9.0;; esac');
      folder.program('dnf', 'exit 0');
      folder.program('getent', 'exit 0');
      folder.program('uname', 'case $1 in -n) echo openstack1;; *) echo x86_64;; esac');
      folder.program('rabbitmqctl', rabbitmqctl);
      folder.unit('rabbitmq-server', state === 'on' ? 'enabled active' : 'disabled inactive');
    },
    leaves: { '/queue/': undefined },
    calls: units('rabbitmq-server', state),
    ...(state === 'on' ? { state: 'done' as const } : {}),
  })),
  memcached: serviceCases('memcached', '/etc/sysconfig/memcached', 'PORT="11211"\nOPTIONS="-l 10.0.0.1"\n', {
    system: 'el7',
    text: 'services: { memcached: {} }',
    prepare: (folder) => {
      installed(folder);
      folder.program('timeout', 'exit 0');
    },
  }),
  etcd: serviceCases('etcd', '/etc/etcd/etcd.conf', 'ETCD_NAME="old"\nETCD_DEBUG="true"\n', {
    system: 'el7',
    text: 'services: { etcd: {} }',
    prepare: (folder) => {
      installed(folder);
      folder.program('curl', `echo '{"health":"true"}'`);
      folder.program(
        'etcdctl',
        'echo "1, started, openstack1, http://192.168.113.171:2380, http://192.168.113.171:2379, false"',
      );
    },
  }),
  sshd: [
    {
      title: 'with a marked block in its file',
      text: 'sshd: { UseDNS: "no" }',
      prepare: (folder) => {
        folder.program('sshd', sshd);
        folder.unit('sshd', 'enabled active');
        folder.put('/etc/ssh/sshd_config', '#Port 22\nPermitRootLogin yes\nUseDNS yes\n', 0o600);
      },
      drift: (folder) =>
        folder.put(
          '/etc/ssh/sshd_config',
          (folder.read('/etc/ssh/sshd_config') ?? '').replace('UseDNS no', 'UseDNS yes'),
          0o600,
        ),
      calls: ['systemctl reload-or-restart sshd'],
    },
    {
      title: 'with a drop-in',
      text: 'sshd: { UseDNS: "no" }',
      prepare: (folder) => {
        folder.program('sshd', sshd);
        folder.unit('sshd', 'enabled active');
        folder.put('/etc/ssh/sshd_config', 'Include /etc/ssh/sshd_config.d/*.conf\nUseDNS yes\n', 0o600);
        folder.put('/etc/ssh/sshd_config.d/50-redhat.conf', 'X11Forwarding yes\n', 0o600);
      },
      calls: ['systemctl reload-or-restart sshd'],
    },
  ],
};
