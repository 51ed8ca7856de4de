import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Source } from './sources.ts';

/** Packages and systemd units. */
export interface PackagesAndUnits {
  readonly packages?: readonly string[];
  readonly units?: readonly string[];
}

/** An OpenStack component; all except Swift also need MariaDB, RabbitMQ and, for tokens, memcached (GOV base services). */
export interface Component {
  readonly name: string;
  readonly role: Message;
  /** RDO's packages on EL8 and EL9; empty if RDO never had any. */
  readonly packages: readonly string[];
  /** systemd units; `httpd` for services that run in the web server. */
  readonly units: readonly string[];
  /** Packages and units for some drivers and setups. */
  readonly more?: PackagesAndUnits;
  /** Additional packages and units in builds for EL7. */
  readonly onEl7?: PackagesAndUnits;
  /** Components that it depends on. */
  readonly needs: readonly string[];
  /** Port of its API in the installation guide. */
  readonly ports: readonly number[];
  /** Its ports as Packstack sets it up, if they differ. */
  readonly packstackPorts?: readonly number[];
  /** First release in which it is a separate project. */
  readonly since?: string;
  /** Last release with it in RDO, if it was retired. */
  readonly last?: string;
  /** Day of its retirement. */
  readonly retired?: string;
  readonly sources: readonly Source[];
}

const all: readonly Source[] = ['GOV', 'DG', 'RI', 'PORTS'];

function numbered(prefix: string, ...parts: readonly string[]): readonly string[] {
  return parts.map((part) => `${prefix}-${part}`);
}

/** The components of the overview and those that Packstack supports. */
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
    more: { units: ['openstack-glance-scrubber'] },
    onEl7: { units: ['openstack-glance-registry'] },
    needs: ['keystone'],
    ports: [9292],
    sources: all,
  },
  {
    name: 'placement',
    role: msg('resource inventory'),
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
    more: {
      packages: numbered('openstack-nova', 'spicehtml5proxy', 'serialproxy', 'migration'),
      units: numbered('openstack-nova', 'serialproxy', 'spicehtml5proxy', 'metadata-api', 'os-compute-api'),
    },
    onEl7: {
      packages: numbered('openstack-nova', 'console', 'network'),
      units: numbered('openstack-nova', 'console', 'network', 'xvpvncproxy'),
    },
    needs: ['keystone', 'glance', 'placement', 'neutron'],
    ports: [8774, 6080],
    sources: all,
  },
  {
    name: 'neutron',
    role: msg('network'),
    packages: ['openstack-neutron', 'openstack-neutron-ml2', 'openstack-neutron-openvswitch'],
    units: numbered('neutron', 'server', 'dhcp-agent', 'l3-agent', 'metadata-agent', 'openvswitch-agent'),
    // Linuxbridge was removed by Epoxy (PS 26.0.0; a report of RDO's packages).
    more: {
      packages: numbered(
        'openstack-neutron',
        'ovn-metadata-agent',
        'ovn-agent',
        'linuxbridge',
        'metering-agent',
        'sriov-nic-agent',
        'macvtap-agent',
        'rpc-server',
      ),
      units: numbered(
        'neutron',
        'rpc-server',
        'linuxbridge-agent',
        'macvtap-agent',
        'metering-agent',
        'sriov-nic-agent',
        'ovn-agent',
        'ovn-metadata-agent',
        'ovs-cleanup',
        'netns-cleanup',
      ),
    },
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
    more: {
      units: [
        ...numbered('openstack-swift-account', 'auditor', 'reaper', 'replicator'),
        ...numbered('openstack-swift-container', 'auditor', 'reconciler', 'replicator', 'sharder'),
        ...numbered('openstack-swift-container', 'sync', 'updater'),
        ...numbered('openstack-swift-object', 'auditor', 'expirer', 'reconstructor', 'replicator', 'updater'),
      ],
    },
    needs: [],
    ports: [8080, 6200, 6201, 6202, 873],
    packstackPorts: [8080, 6000, 6001, 6002, 873],
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
    more: { units: ['openstack-heat-all'] },
    needs: ['keystone'],
    ports: [8004, 8000],
    sources: all,
  },
  {
    name: 'mistral',
    role: msg('workflows'),
    packages: numbered('openstack-mistral', 'api', 'engine', 'executor', 'event-engine', 'notifier'),
    units: numbered('openstack-mistral', 'api', 'engine', 'executor', 'event-engine', 'notifier'),
    more: { packages: ['openstack-mistral-all'], units: ['openstack-mistral-all'] },
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
    role: msg('time series database'),
    // Up to Pike with the prefix openstack-.
    packages: numbered('gnocchi', 'api', 'metricd', 'statsd'),
    units: numbered('gnocchi', 'api', 'metricd', 'statsd'),
    needs: ['keystone'],
    ports: [8041],
    sources: ['DG', 'RI'],
  },
  {
    name: 'panko',
    role: msg('events'),
    packages: ['openstack-panko-api'],
    // Its package has no unit.
    units: ['httpd'],
    needs: ['keystone'],
    ports: [],
    last: 'wallaby',
    retired: '2022-07-15',
    sources: ['GOV', 'PS', 'RI'],
  },
  {
    name: 'trove',
    role: msg('database service'),
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
    packages: numbered('openstack-ironic', 'api', 'conductor'),
    units: numbered('openstack-ironic', 'api', 'conductor'),
    // Since Wallaby, and the one with everything in one since Yoga.
    more: {
      packages: ['openstack-ironic-dnsmasq-tftp-server', 'openstack-ironic'],
      units: ['openstack-ironic', 'openstack-ironic-dnsmasq-tftp-server'],
    },
    needs: ['keystone'],
    ports: [6385],
    sources: all,
  },
  {
    name: 'zaqar',
    role: msg('application messaging'),
    packages: ['openstack-zaqar'],
    units: ['openstack-zaqar'],
    more: { units: ['openstack-zaqar@'] },
    needs: ['keystone'],
    ports: [8888],
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
    onEl7: { packages: ['openstack-designate-agent'], units: ['designate-agent'] },
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
    retired: '2020-11-27',
    sources: ['GOV', 'RI'],
  },
  {
    name: 'barbican',
    role: msg('keys and certificates'),
    packages: numbered('openstack-barbican', 'api', 'worker', 'keystone-listener'),
    units: numbered('openstack-barbican', 'api', 'worker', 'keystone-listener'),
    // Since Zed.
    more: { packages: ['openstack-barbican-retry'], units: ['openstack-barbican-retry'] },
    needs: ['keystone'],
    ports: [9311],
    sources: all,
  },
  {
    name: 'magnum',
    role: msg('container clusters'),
    packages: numbered('openstack-magnum', 'api', 'conductor'),
    units: numbered('openstack-magnum', 'api', 'conductor'),
    needs: ['keystone', 'heat', 'neutron', 'glance'],
    ports: [9511],
    sources: all,
  },
  {
    name: 'octavia',
    role: msg('load balancers'),
    packages: numbered('openstack-octavia', 'api', 'health-manager', 'housekeeping', 'worker'),
    units: numbered('octavia', 'api', 'health-manager', 'housekeeping', 'worker'),
    // The driver agent exists since Zed; the amphora agent runs inside the load balancers.
    more: {
      packages: numbered('openstack-octavia', 'driver-agent', 'amphora-agent', 'diskimage-create'),
      units: numbered('octavia', 'driver-agent', 'amphora-agent'),
    },
    needs: ['keystone', 'nova', 'neutron', 'glance'],
    ports: [9876],
    sources: ['GOV', 'DG', 'RI'],
  },
];

/** Availability of a project in RDO. */
export interface OtherProject {
  /** Whether RDO has, or had, packages of it. */
  readonly isInRdo: boolean;
  /** Last release with it in RDO, if it was retired. */
  readonly last?: string;
  readonly retired?: string;
}

const packaged: OtherProject = { isInRdo: true };
const absent: OtherProject = { isInRdo: false };

/** Other projects; sources: GOV (names and retirements), RI (the release tags of Ocata to Epoxy). */
export const otherProjects: Readonly<Record<string, OtherProject>> = {
  adjutant: absent,
  blazar: absent,
  cloudkitty: packaged,
  cyborg: absent,
  freezer: absent,
  masakari: absent,
  monasca: { isInRdo: false, retired: '2025-08-11' },
  murano: { isInRdo: true, last: 'bobcat', retired: '2024-05-10' },
  senlin: { isInRdo: true, last: 'bobcat', retired: '2024-05-10' },
  skyline: absent,
  solum: { isInRdo: false, retired: '2024-05-10' },
  tacker: packaged,
  vitrage: packaged,
  watcher: packaged,
  zun: absent,
};

/** Finds a component by name. */
export function findComponent(name: string): Component | undefined {
  return components.find((component) => component.name === name);
}

/** What is known about a project, including components. */
export function projectOf(name: string): OtherProject | undefined {
  const component = findComponent(name);
  if (component) {
    const { packages, last, retired } = component;
    return {
      isInRdo: packages.length > 0,
      ...(last === undefined ? {} : { last }),
      ...(retired === undefined ? {} : { retired }),
    };
  }
  return own(otherProjects, name);
}
