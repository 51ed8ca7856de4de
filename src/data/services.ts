import type { Source } from './sources.ts';

/** A service that OpenStack depends on, according to the installation guide. */
export interface ServiceFacts {
  readonly id: 'mariadb' | 'chrony' | 'rabbitmq' | 'memcached' | 'etcd';
  readonly unit: string;
  readonly file?: string;
  /** Settings from the guide, by their names in the file; IP and NODE are placeholders for the node's values. */
  readonly settings: Readonly<Record<string, string>>;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly sources: readonly Source[];
}

export const serviceFacts: readonly ServiceFacts[] = [
  {
    id: 'mariadb',
    unit: 'mariadb.service',
    file: '/etc/my.cnf.d/openstack.cnf',
    settings: {
      'bind-address': 'IP',
      'default-storage-engine': 'innodb',
      innodb_file_per_table: 'on',
      max_connections: '4096',
      'collation-server': 'utf8_general_ci',
      'character-set-server': 'utf8',
    },
    tcp: [3306],
    udp: [],
    sources: ['IG', 'PORTS'],
  },
  {
    id: 'chrony',
    unit: 'chronyd.service',
    file: '/etc/chrony.conf',
    settings: {},
    tcp: [],
    udp: [123, 323],
    sources: ['IG'],
  },
  {
    id: 'rabbitmq',
    unit: 'rabbitmq-server.service',
    settings: {},
    tcp: [5672, 5671, 4369, 25672, 15672],
    udp: [],
    sources: ['IG', 'RABBIT'],
  },
  {
    id: 'memcached',
    unit: 'memcached.service',
    file: '/etc/sysconfig/memcached',
    settings: { OPTIONS: '-l 127.0.0.1,::1,controller' },
    tcp: [11211],
    udp: [],
    sources: ['IG'],
  },
  {
    id: 'etcd',
    unit: 'etcd.service',
    file: '/etc/etcd/etcd.conf',
    settings: {
      ETCD_DATA_DIR: '/var/lib/etcd/default.etcd',
      ETCD_LISTEN_PEER_URLS: 'http://IP:2380',
      ETCD_LISTEN_CLIENT_URLS: 'http://IP:2379',
      ETCD_NAME: 'NODE',
      ETCD_INITIAL_ADVERTISE_PEER_URLS: 'http://IP:2380',
      ETCD_ADVERTISE_CLIENT_URLS: 'http://IP:2379',
      ETCD_INITIAL_CLUSTER: 'NODE=http://IP:2380',
      ETCD_INITIAL_CLUSTER_TOKEN: 'etcd-cluster-01',
      ETCD_INITIAL_CLUSTER_STATE: 'new',
    },
    tcp: [2379, 2380],
    udp: [],
    sources: ['IG'],
  },
];
