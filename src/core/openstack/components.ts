import { type Message, msg } from '../l10n.ts';
import type { Source } from './sources.ts';

/** One OpenStack component; every one but Swift also needs MariaDB, RabbitMQ and, for tokens, memcached (GOV base services). */
export interface Component {
  readonly name: string;
  readonly role: Message;
  /** RDO's packages on EL8 and EL9; empty where RDO never had any. */
  readonly packages: readonly string[];
  /** systemd units; `httpd` for what runs inside the web server. */
  readonly units: readonly string[];
  /** Components without which it does not work. */
  readonly needs: readonly string[];
  /** Its API's port of the installation guide. */
  readonly ports: readonly number[];
  /** First release in which it stands on its own. */
  readonly since?: string;
  /** Last release with it, where it was retired. */
  readonly last?: string;
  /** Day of the retirement. */
  readonly retired?: string;
  readonly sources: readonly Source[];
}

const all: readonly Source[] = ['GOV', 'DG', 'RI', 'PORTS'];

function numbered(prefix: string, ...parts: readonly string[]): readonly string[] {
  return parts.map((part) => `${prefix}-${part}`);
}

/** The components of the overview and those that Packstack knows. */
export const components: readonly Component[] = [
  {
    name: 'keystone',
    role: msg('identity'),
    packages: ['openstack-keystone'],
    units: ['httpd'],
    needs: [],
    ports: [5000],
    sources: all,
  },
  {
    name: 'glance',
    role: msg('images'),
    packages: ['openstack-glance'],
    units: ['openstack-glance-api'],
    needs: ['keystone'],
    ports: [9292],
    sources: all,
  },
  {
    name: 'placement',
    role: msg('inventory of resources'),
    packages: ['openstack-placement-api'],
    units: ['httpd'],
    needs: ['keystone'],
    ports: [8778],
    since: 'stein',
    sources: all,
  },
  {
    name: 'nova',
    role: msg('compute'),
    packages: numbered('openstack-nova', 'api', 'scheduler', 'conductor', 'compute', 'novncproxy'),
    units: numbered('openstack-nova', 'api', 'scheduler', 'conductor', 'compute', 'novncproxy'),
    needs: ['keystone', 'glance', 'placement', 'neutron'],
    ports: [8774, 6080],
    sources: all,
  },
  {
    name: 'neutron',
    role: msg('network'),
    packages: ['openstack-neutron', 'openstack-neutron-ml2', 'openstack-neutron-openvswitch'],
    units: numbered('neutron', 'server', 'dhcp-agent', 'l3-agent', 'metadata-agent', 'openvswitch-agent'),
    needs: ['keystone'],
    ports: [9696],
    sources: all,
  },
  {
    name: 'cinder',
    role: msg('block storage'),
    packages: ['openstack-cinder'],
    units: numbered('openstack-cinder', 'api', 'scheduler', 'volume', 'backup'),
    needs: ['keystone'],
    ports: [8776],
    sources: all,
  },
  {
    name: 'swift',
    role: msg('object storage'),
    packages: numbered('openstack-swift', 'proxy', 'account', 'container', 'object'),
    units: numbered('openstack-swift', 'proxy', 'account', 'container', 'object'),
    needs: [],
    ports: [8080, 6000, 6001, 6002, 873],
    sources: all,
  },
  {
    name: 'horizon',
    role: msg('dashboard'),
    packages: ['openstack-dashboard'],
    units: ['httpd'],
    needs: ['keystone'],
    ports: [80, 443],
    sources: all,
  },
  {
    name: 'heat',
    role: msg('orchestration'),
    packages: numbered('openstack-heat', 'api', 'api-cfn', 'engine'),
    units: numbered('openstack-heat', 'api', 'api-cfn', 'engine'),
    needs: ['keystone'],
    ports: [8004, 8000],
    sources: all,
  },
  {
    name: 'mistral',
    role: msg('workflows'),
    packages: numbered('openstack-mistral', 'api', 'engine', 'executor', 'event-engine', 'notifier'),
    units: numbered('openstack-mistral', 'api', 'engine', 'executor', 'event-engine', 'notifier'),
    needs: ['keystone'],
    ports: [8989],
    sources: all,
  },
  {
    name: 'ceilometer',
    role: msg('telemetry'),
    packages: numbered('openstack-ceilometer', 'central', 'compute', 'notification', 'ipmi', 'polling'),
    units: numbered('openstack-ceilometer', 'central', 'compute', 'notification', 'ipmi', 'polling'),
    needs: ['keystone'],
    ports: [],
    sources: ['GOV', 'DG', 'RI'],
  },
  {
    name: 'aodh',
    role: msg('alarms'),
    packages: numbered('openstack-aodh', 'api', 'evaluator', 'expirer', 'listener', 'notifier'),
    units: numbered('openstack-aodh', 'api', 'evaluator', 'expirer', 'listener', 'notifier'),
    needs: ['keystone'],
    ports: [8042],
    sources: all,
  },
  {
    name: 'gnocchi',
    role: msg('time series of measurements'),
    packages: numbered('openstack-gnocchi', 'api', 'metricd', 'statsd'),
    units: numbered('gnocchi', 'metricd', 'statsd'),
    needs: ['keystone'],
    ports: [],
    sources: ['DG', 'RI'],
  },
  {
    name: 'panko',
    role: msg('events'),
    packages: [],
    units: [],
    needs: ['keystone'],
    ports: [],
    retired: '2022-07-15',
    sources: ['GOV', 'PS'],
  },
  {
    name: 'trove',
    role: msg('databases as a service'),
    packages: numbered('openstack-trove', 'api', 'taskmanager', 'conductor', 'guestagent'),
    units: numbered('openstack-trove', 'api', 'taskmanager', 'conductor', 'guestagent'),
    needs: ['keystone', 'nova', 'cinder', 'neutron', 'glance'],
    ports: [8779],
    sources: all,
  },
  {
    name: 'sahara',
    role: msg('data processing'),
    packages: numbered('openstack-sahara', 'api', 'engine', 'image-pack'),
    units: numbered('openstack-sahara', 'api', 'engine'),
    needs: ['keystone', 'nova', 'neutron', 'glance', 'heat'],
    ports: [8386],
    last: 'bobcat',
    retired: '2024-05-10',
    sources: all,
  },
  {
    name: 'ironic',
    role: msg('bare metal'),
    packages: numbered('openstack-ironic', 'api', 'conductor', 'dnsmasq-tftp-server'),
    units: numbered('openstack-ironic', 'api', 'conductor'),
    needs: ['keystone'],
    ports: [6385],
    sources: all,
  },
  {
    name: 'zaqar',
    role: msg('messaging for applications'),
    packages: ['openstack-zaqar'],
    units: ['openstack-zaqar'],
    needs: ['keystone'],
    ports: [],
    sources: ['GOV', 'DG', 'RI'],
  },
  {
    name: 'manila',
    role: msg('shared file systems'),
    packages: ['openstack-manila', 'openstack-manila-share'],
    units: numbered('openstack-manila', 'api', 'scheduler', 'share', 'data'),
    needs: ['keystone'],
    ports: [8786],
    sources: all,
  },
  {
    name: 'designate',
    role: msg('DNS'),
    packages: numbered('openstack-designate', 'api', 'central', 'mdns', 'producer', 'sink', 'worker'),
    units: numbered('designate', 'api', 'central', 'mdns', 'producer', 'sink', 'worker'),
    needs: ['keystone'],
    ports: [9001],
    sources: all,
  },
  {
    name: 'searchlight',
    role: msg('search'),
    packages: [],
    units: [],
    needs: ['keystone'],
    ports: [],
    last: 'victoria',
    retired: '2020-11-27',
    sources: ['GOV', 'RI'],
  },
  {
    name: 'barbican',
    role: msg('keys and certificates'),
    packages: numbered('openstack-barbican', 'api', 'worker', 'keystone-listener', 'retry'),
    units: numbered('openstack-barbican', 'api', 'worker', 'keystone-listener', 'retry'),
    needs: ['keystone'],
    ports: [9311],
    sources: all,
  },
  {
    name: 'magnum',
    role: msg('clusters of containers'),
    packages: numbered('openstack-magnum', 'api', 'conductor'),
    units: numbered('openstack-magnum', 'api', 'conductor'),
    needs: ['keystone', 'heat', 'neutron', 'glance'],
    ports: [9511],
    sources: all,
  },
];

/** Further projects with their retirement; of these the tables know no more than the name. Source: GOV. */
export const otherProjects: Readonly<Record<string, { readonly retired?: string }>> = {
  adjutant: {},
  blazar: {},
  cloudkitty: {},
  cyborg: {},
  freezer: {},
  masakari: {},
  monasca: { retired: '2025-08-11' },
  murano: { retired: '2024-05-10' },
  octavia: {},
  senlin: { retired: '2024-05-10' },
  skyline: {},
  solum: { retired: '2024-05-10' },
  tacker: {},
  vitrage: {},
  watcher: {},
  zun: {},
};

/** The component of that name. */
export function findComponent(name: string): Component | undefined {
  return components.find((component) => component.name === name);
}
