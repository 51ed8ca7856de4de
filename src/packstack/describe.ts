import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { findComponent } from '../data/components.ts';

/** Names of OpenStack parts by the first word of their keys, if it is not the name of the component. */
const words: Readonly<Record<string, string>> = {
  MARIADB: 'MariaDB',
  AMQP: 'RabbitMQ',
  REDIS: 'Redis',
  MONGODB: 'MongoDB',
  CLIENT: 'OpenStack client',
  LBAAS: 'LBaaS',
  NAGIOS: 'Nagios',
  TEMPEST: 'Tempest',
};

/** Descriptions of individual keys. Source of the meanings: PS. */
const single: Readonly<Record<string, Message>> = {
  CONFIG_SSH_KEY: msg('Public key to install on every host. Default: a new RSA key.'),
  CONFIG_DEFAULT_PASSWORD: msg('Default password. If empty, each password is random.'),
  CONFIG_SERVICE_WORKERS: msg(
    'Number of workers of each service. Default: the number of processors of the host.',
  ),
  CONFIG_NTP_SERVERS: msg(
    'Time servers, separated by commas. If set, Packstack overwrites /etc/chrony.conf.',
  ),
  EXCLUDE_SERVERS: msg('Hosts that Packstack must not change in this run, separated by commas.'),
  CONFIG_DEBUG_MODE: msg('Whether the services write debug logs.'),
  CONFIG_CONTROLLER_HOST: msg('Host of the controller services and the dashboard.'),
  CONFIG_COMPUTE_HOSTS: msg('Compute hosts, separated by commas.'),
  CONFIG_NETWORK_HOSTS: msg('Network hosts, separated by commas.'),
  CONFIG_STORAGE_HOST: msg('Host of Cinder and Swift. Used only with CONFIG_UNSUPPORTED=y.'),
  CONFIG_UNSUPPORTED: msg('Allows settings that Packstack does not support.'),
  CONFIG_AMQP_HOST: msg('Host of RabbitMQ.'),
  CONFIG_MARIADB_HOST: msg('Host of MariaDB.'),
  CONFIG_REDIS_HOST: msg('Host of Redis, which Ceilometer uses for coordination.'),
  CONFIG_REPO: msg('URLs of additional package repositories, separated by commas.'),
  CONFIG_ENABLE_RDO_TESTING: msg('Whether to enable the unsigned testing repository of RDO.'),
  CONFIG_USE_EPEL: msg('Whether to enable EPEL.'),
  CONFIG_KEYSTONE_ADMIN_PW: msg('Password of the user admin, written to /root/keystonerc_admin.'),
  CONFIG_KEYSTONE_DEMO_PW: msg('Password of the user demo.'),
  CONFIG_KEYSTONE_REGION: msg('Name of the region.'),
  CONFIG_KEYSTONE_TOKEN_FORMAT: msg('Type of Keystone tokens.'),
  CONFIG_GLANCE_BACKEND: msg('Where Glance stores images.'),
  CONFIG_CINDER_BACKEND: msg('Where Cinder stores volumes.'),
  CONFIG_CINDER_VOLUMES_CREATE: msg(
    'Whether Packstack creates the volume group in a file on the disk. For testing only.',
  ),
  CONFIG_CINDER_VOLUMES_SIZE: msg('Size of the file for the volume group.'),
  CONFIG_CINDER_VOLUME_NAME: msg('Name of the volume group.'),
  CONFIG_NOVA_LIBVIRT_VIRT_TYPE: msg('kvm on physical machines, qemu in virtual machines.'),
  CONFIG_NOVA_SCHED_CPU_ALLOC_RATIO: msg('CPU overcommit ratio.'),
  CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO: msg('Memory overcommit ratio.'),
  CONFIG_NEUTRON_L2_AGENT: msg('Network backend: OVN since Stein, Open vSwitch before.'),
  CONFIG_NEUTRON_ML2_TYPE_DRIVERS: msg('Network types that Neutron supports, separated by commas.'),
  CONFIG_NEUTRON_ML2_TENANT_NETWORK_TYPES: msg('Network types for projects, separated by commas.'),
  CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS: msg('Mechanism drivers. The driver of the agent must be among them.'),
  CONFIG_NEUTRON_OVN_BRIDGE_MAPPINGS: msg('Physical networks and their bridges, as network:bridge.'),
  CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS: msg('Physical networks and their bridges, as network:bridge.'),
  CONFIG_NEUTRON_OVN_BRIDGE_IFACES: msg(
    'Interfaces to add to a bridge, as bridge:interface. The address of the interface moves to the bridge.',
  ),
  CONFIG_NEUTRON_OVS_BRIDGE_IFACES: msg(
    'Interfaces to add to a bridge, as bridge:interface. The address of the interface moves to the bridge.',
  ),
  CONFIG_NEUTRON_OVN_TUNNEL_IF: msg('Interface for the tunnels between the hosts.'),
  CONFIG_NEUTRON_OVS_TUNNEL_IF: msg('Interface for the tunnels between the hosts.'),
  CONFIG_NEUTRON_METADATA_PW: msg('Secret that Nova and Neutron share for instance metadata.'),
  CONFIG_HORIZON_SSL: msg('Whether the dashboard uses HTTPS.'),
  CONFIG_HORIZON_SECRET_KEY: msg('Secret for signing dashboard sessions.'),
  CONFIG_SWIFT_STORAGES: msg(
    'Disks for Swift as paths such as /dev/vdb, separated by commas. If empty, Packstack creates a file.',
  ),
  CONFIG_SWIFT_STORAGE_SIZE: msg('Size of the file that Swift uses without a disk.'),
  CONFIG_SWIFT_HASH: msg('Secret hash suffix of the Swift ring. It can never be changed.'),
  CONFIG_PROVISION_DEMO: msg('Whether to create a demo project, network and image.'),
  CONFIG_PROVISION_DEMO_FLOATRANGE: msg('Floating IP range of the demo network.'),
  CONFIG_PROVISION_TEMPEST: msg('Whether to set up Tempest.'),
  CONFIG_RUN_TEMPEST: msg('Whether to run the Tempest tests at the end.'),
};

function partOf(word: string): string {
  return findComponent(word.toLowerCase())?.name ?? own(words, word) ?? word;
}

/** The name of the component that a key `CONFIG_…_INSTALL` is about; undefined for any other key. */
export function componentOfKey(name: string): string | undefined {
  const part = /^CONFIG_([A-Z]+)_INSTALL$/.exec(name)?.[1];
  return part === undefined ? undefined : partOf(part);
}

/** A one-sentence description of a key; undefined if there is only its name. */
export function describeKey(name: string): Message | undefined {
  const known = own(single, name);
  if (known) return known;
  const [, part = '', what = ''] =
    /^CONFIG_([A-Z]+)_(INSTALL|DB_PW|KS_PW|HOST|DB_PURGE_ENABLE)$/.exec(name) ?? [];
  const component = partOf(part);
  switch (what) {
    case 'INSTALL': {
      const role = findComponent(part.toLowerCase())?.role;
      return role
        ? msg('Whether to install {0} ({1}).', component, role)
        : msg('Whether to install {0}.', component);
    }
    case 'DB_PW':
      return msg('Database password of {0}.', component);
    case 'KS_PW':
      return msg('Keystone password of {0}.', component);
    case 'HOST':
      return msg('Host of {0}.', component);
    case 'DB_PURGE_ENABLE':
      return msg('Whether a daily job purges deleted rows from the database of {0}.', component);
    default:
      return undefined;
  }
}
