import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { findComponent } from '../data/components.ts';

/** Names of parts of OpenStack by the word that keys begin with, where it is not the component's own. */
const words: Readonly<Record<string, string>> = {
  MARIADB: 'MariaDB',
  AMQP: 'RabbitMQ',
  REDIS: 'Redis',
  CLIENT: 'OpenStack client',
  LBAAS: 'LBaaS',
  NAGIOS: 'Nagios',
  TEMPEST: 'Tempest',
};

/** What single keys do, in our words. Source of the meanings: PS. */
const single: Readonly<Record<string, Message>> = {
  CONFIG_SSH_KEY: msg(
    'Public key that Packstack installs on every host; without one it makes an RSA key of its own.',
  ),
  CONFIG_DEFAULT_PASSWORD: msg('Password wherever no other is given; empty, each gets one by chance.'),
  CONFIG_SERVICE_WORKERS: msg('Workers of each service; by default as many as the host has processors.'),
  CONFIG_NTP_SERVERS: msg(
    'Time servers, with commas between them; not empty, it overwrites /etc/chrony.conf.',
  ),
  EXCLUDE_SERVERS: msg('Hosts that a further run leaves alone, with commas between them.'),
  CONFIG_DEBUG_MODE: msg('Whether the services log in detail.'),
  CONFIG_CONTROLLER_HOST: msg('Host of the control services and the dashboard.'),
  CONFIG_COMPUTE_HOSTS: msg('Hosts of the instances, with commas between them.'),
  CONFIG_NETWORK_HOSTS: msg('Hosts of the network services, with commas between them.'),
  CONFIG_STORAGE_HOST: msg('Host of Cinder and Swift; used only with CONFIG_UNSUPPORTED=y.'),
  CONFIG_UNSUPPORTED: msg('Opens settings that Packstack does not support.'),
  CONFIG_AMQP_HOST: msg('Host of RabbitMQ.'),
  CONFIG_MARIADB_HOST: msg('Host of MariaDB.'),
  CONFIG_REDIS_HOST: msg('Host of Redis, which Ceilometer uses for coordination.'),
  CONFIG_REPO: msg('Further package repositories by URL, with commas between them.'),
  CONFIG_ENABLE_RDO_TESTING: msg('Whether RDO’s unsigned testing repository is turned on.'),
  CONFIG_USE_EPEL: msg('Whether EPEL is turned on.'),
  CONFIG_KEYSTONE_ADMIN_PW: msg('Password of the user admin; it is written into /root/keystonerc_admin.'),
  CONFIG_KEYSTONE_DEMO_PW: msg('Password of the user demo.'),
  CONFIG_KEYSTONE_REGION: msg('Name of the region.'),
  CONFIG_KEYSTONE_TOKEN_FORMAT: msg('Kind of Keystone’s tokens.'),
  CONFIG_GLANCE_BACKEND: msg('Where Glance keeps images.'),
  CONFIG_CINDER_BACKEND: msg('Where Cinder keeps volumes.'),
  CONFIG_CINDER_VOLUMES_CREATE: msg(
    'Whether Packstack makes the volume group itself, in a file of the disk: for trying only.',
  ),
  CONFIG_CINDER_VOLUMES_SIZE: msg('Size of the file for the volume group.'),
  CONFIG_CINDER_VOLUME_NAME: msg('Name of the volume group.'),
  CONFIG_NOVA_LIBVIRT_VIRT_TYPE: msg('kvm on real machines, qemu inside of virtual ones.'),
  CONFIG_NOVA_SCHED_CPU_ALLOC_RATIO: msg('How many virtual processors are given out for each real one.'),
  CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO: msg('How much memory is given out for what there is.'),
  CONFIG_NEUTRON_L2_AGENT: msg('Who connects the instances: OVN from Stein on, Open vSwitch before.'),
  CONFIG_NEUTRON_ML2_TYPE_DRIVERS: msg('Kinds of networks that Neutron can make, with commas between them.'),
  CONFIG_NEUTRON_ML2_TENANT_NETWORK_TYPES: msg(
    'Kinds of networks that projects get, with commas between them.',
  ),
  CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS: msg(
    'Drivers that implement networks; the agent’s own must be among them.',
  ),
  CONFIG_NEUTRON_OVN_BRIDGE_MAPPINGS: msg('Names of physical networks and their bridges, as network:bridge.'),
  CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS: msg('Names of physical networks and their bridges, as network:bridge.'),
  CONFIG_NEUTRON_OVN_BRIDGE_IFACES: msg(
    'Interfaces that join a bridge, as bridge:interface; the interface loses its address to the bridge.',
  ),
  CONFIG_NEUTRON_OVS_BRIDGE_IFACES: msg(
    'Interfaces that join a bridge, as bridge:interface; the interface loses its address to the bridge.',
  ),
  CONFIG_NEUTRON_OVN_TUNNEL_IF: msg('Interface of the tunnels between the hosts.'),
  CONFIG_NEUTRON_OVS_TUNNEL_IF: msg('Interface of the tunnels between the hosts.'),
  CONFIG_NEUTRON_METADATA_PW: msg('Secret that Nova and Neutron share for the metadata of instances.'),
  CONFIG_HORIZON_SSL: msg('Whether the dashboard answers by HTTPS.'),
  CONFIG_HORIZON_SECRET_KEY: msg('Secret by which the dashboard signs its sessions.'),
  CONFIG_SWIFT_STORAGES: msg('Disks of Swift, as host/device with commas between them; empty makes a file.'),
  CONFIG_SWIFT_STORAGE_SIZE: msg('Size of the file where Swift has no disk.'),
  CONFIG_SWIFT_HASH: msg('Secret part of the names in Swift’s ring; it can never be changed.'),
  CONFIG_PROVISION_DEMO: msg('Whether a project, a network and an image for trying are made.'),
  CONFIG_PROVISION_DEMO_FLOATRANGE: msg('Floating addresses of the demo network.'),
  CONFIG_PROVISION_TEMPEST: msg('Whether Tempest is set up.'),
  CONFIG_RUN_TEMPEST: msg('Whether Tempest’s tests are run at the end.'),
};

function partOf(word: string): string {
  return findComponent(word.toLowerCase())?.name ?? own(words, word) ?? word;
}

/** What a key does, in one sentence; undefined where its name has to say it. */
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
        ? msg('Whether Packstack installs {0} ({1}).', component, role)
        : msg('Whether Packstack installs {0}.', component);
    }
    case 'DB_PW':
      return msg('Password of {0} for the database.', component);
    case 'KS_PW':
      return msg('Password of {0} in Keystone.', component);
    case 'HOST':
      return msg('Host of {0}.', component);
    case 'DB_PURGE_ENABLE':
      return msg('Whether a daily job clears what was deleted from the database of {0}.', component);
    default:
      return undefined;
  }
}
