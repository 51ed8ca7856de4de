import { guestFile } from '../guest.ts';
import { type Package, type PackageFile, pkg } from './package.ts';

/**
 * Packages that fail, the same for every system. `dist` is the suffix of the release (`el7`). The second list
 * must be in a different repository than the first.
 */
export function failingPackages(dist: string): {
  readonly first: readonly Package[];
  readonly second: readonly Package[];
} {
  const name = (text: string) => `${text}-1.0-1.${dist}.noarch`;
  const first = [
    pkg(name('lab-broken-pre'), {
      pre: 'echo "lab-broken-pre: this machine is not good enough" >&2\nexit 1',
      files: { '/usr/share/lab/broken-pre': 'never here\n' },
    }),
    pkg(name('lab-broken-post'), { post: 'echo "lab-broken-post: failing now" >&2\nexit 3' }),
    pkg(name('lab-conflict-a'), { files: { '/usr/share/lab/conflict': 'from a\n' } }),
    pkg(name('lab-unsigned'), { unsigned: true, files: { '/usr/share/lab/unsigned': 'no signature\n' } }),
    pkg(name('lab-needs-nothing'), { requires: ['lab-nobody-provides-this >= 3'] }),
    pkg(name('lab-chatty'), {
      pre: 'echo "lab-chatty: looking around"',
      post: [
        'echo "lab-chatty: line one"',
        'echo "Complete!"',
        'echo "Error: this is only what a scriptlet says"',
        'echo "  Installing : something-else-1-1.noarch   1/1"',
        'printf "lab-chatty: no newline at the end"',
      ].join('\n'),
      posttrans: 'echo "lab-chatty: after everything"',
    }),
    pkg(name('lab-slow'), {
      post: 'for i in 1 2 3 4 5 6; do echo "lab-slow: $i of 6"; sleep 1; done',
      files: { '/usr/share/lab/slow': 'here after six seconds\n' },
    }),
    pkg(name('lab-big'), { size: 48 * 1024 }),
    pkg(name('house-rules'), { files: { '/etc/house': 'quiet after ten\n' } }),
  ];
  const second = [pkg(name('lab-conflict-b'), { files: { '/usr/share/lab/conflict': 'from b\n' } })];
  return { first, second };
}

const unit = (name: string) => ({
  [`/usr/lib/systemd/system/${name}.service`]: guestFile(`units/${name}.service`),
});

const config = (text: string): PackageFile => ({ text, config: true });

/** Units and configuration of the daemon packages; the programs are in the base root file system. */
export const daemonFiles = {
  chrony: {
    ...unit('chronyd'),
    '/etc/chrony.conf': config(
      [
        '# Use public servers from the pool.ntp.org project.',
        '# Please consider joining the pool (http://www.pool.ntp.org/join.html).',
        'server 0.centos.pool.ntp.org iburst',
        'server 1.centos.pool.ntp.org iburst',
        '',
        'driftfile /var/lib/chrony/drift',
        'makestep 1.0 3',
        'rtcsync',
        'logdir /var/log/chrony',
        '',
      ].join('\n'),
    ),
  },
  memcached: {
    ...unit('memcached'),
    '/etc/sysconfig/memcached': config(
      'PORT="11211"\nUSER="memcached"\nMAXCONN="1024"\nCACHESIZE="64"\nOPTIONS="-l 127.0.0.1,::1"\n',
    ),
  },
  etcd: {
    ...unit('etcd'),
    '/etc/etcd/etcd.conf': config(
      [
        '#[Member]',
        'ETCD_DATA_DIR="/var/lib/etcd/default.etcd"',
        'ETCD_LISTEN_CLIENT_URLS="http://localhost:2379"',
        'ETCD_NAME="default"',
        '#[Clustering]',
        'ETCD_ADVERTISE_CLIENT_URLS="http://localhost:2379"',
        '',
      ].join('\n'),
    ),
  },
  mariadb: {
    '/etc/my.cnf': config('[client-server]\n\n!includedir /etc/my.cnf.d\n'),
    '/etc/my.cnf.d/client.cnf': config('[client]\n\n[client-mariadb]\n'),
  },
  mariadbServer: {
    ...unit('mariadb'),
    '/etc/my.cnf.d/mariadb-server.cnf': config(
      [
        '[server]',
        '',
        '[mysqld]',
        'datadir=/var/lib/mysql',
        'socket=/run/mysqld/mysqld.sock',
        'log-error=/var/log/mariadb/mariadb.log',
        'pid-file=/run/mysqld/mysqld.pid',
        '',
        '[mariadb]',
        '',
      ].join('\n'),
    ),
  },
  rabbitmq: unit('rabbitmq-server'),
  networkScripts: {
    ...unit('network'),
    '/etc/rc.d/init.d/network': { text: guestFile('network'), mode: '0755' },
    '/usr/sbin/ifup': { text: guestFile('network'), mode: '0755' },
    '/usr/sbin/ifdown': { text: guestFile('network'), mode: '0755' },
  },
} as const;
