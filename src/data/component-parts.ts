/** The packages and services of a component on one kind of node. */
export interface ComponentPart {
  /** Roles of the nodes, in order of preference: the first one that any node of the cluster has is used. */
  readonly on: readonly string[];
  /** Names that are the same on every generation, unless `onEl` overrides them. */
  readonly packages: readonly string[];
  /** Names that differ by generation. */
  readonly onEl?: Readonly<Record<7 | 8 | 9, string>>;
  readonly units: readonly string[];
  /** Services of the cluster file that it uses. */
  readonly talksTo: readonly ('mariadb' | 'rabbitmq' | 'memcached')[];
  /** First release that has these packages; all releases if absent. */
  readonly since?: string;
  /** Last release that has these packages. */
  readonly until?: string;
}

const webServer = { 7: 'mod_wsgi', 8: 'python3-mod_wsgi', 9: 'python3-mod_wsgi' };

const storage = ['storage', 'controller'];
const everyService = ['mariadb', 'rabbitmq', 'memcached'] as const;

/** A part on the controllers whose packages and units have the same names. */
function onController(names: readonly string[], more: Partial<ComponentPart> = {}): ComponentPart {
  return { on: ['controller'], packages: names, units: names, talksTo: everyService, ...more };
}

function numbered(prefix: string, ...parts: readonly string[]): readonly string[] {
  return parts.map((part) => `${prefix}-${part}`);
}

/**
 * Components by node according to the installation guides: IG, and for RDO those of the projects (CIG). Mistral and Octavia have no
 * guide for RDO, Panko has none at all: there, the services of their packages (DG). Package and unit names, and since when: DG, RI.
 */
export const componentParts: Readonly<Record<string, readonly ComponentPart[]>> = {
  keystone: [
    {
      on: ['controller'],
      packages: ['openstack-keystone', 'httpd'],
      onEl: webServer,
      units: ['httpd'],
      talksTo: ['mariadb', 'memcached'],
    },
  ],
  glance: [
    {
      on: ['controller'],
      packages: ['openstack-glance'],
      units: ['openstack-glance-api'],
      talksTo: ['mariadb', 'memcached'],
    },
  ],
  placement: [
    {
      on: ['controller'],
      packages: ['openstack-placement-api'],
      units: ['httpd'],
      talksTo: ['mariadb', 'memcached'],
    },
  ],
  nova: [
    {
      on: ['controller'],
      packages: [
        'openstack-nova-api',
        'openstack-nova-conductor',
        'openstack-nova-novncproxy',
        'openstack-nova-scheduler',
      ],
      units: [
        'openstack-nova-api',
        'openstack-nova-conductor',
        'openstack-nova-novncproxy',
        'openstack-nova-scheduler',
      ],
      talksTo: ['mariadb', 'rabbitmq', 'memcached'],
    },
    {
      on: ['compute'],
      packages: ['openstack-nova-compute'],
      units: ['openstack-nova-compute'],
      talksTo: ['rabbitmq'],
    },
  ],
  neutron: [
    {
      on: ['controller'],
      packages: ['openstack-neutron', 'openstack-neutron-ml2'],
      units: ['neutron-server'],
      talksTo: ['mariadb', 'rabbitmq', 'memcached'],
    },
    // IGOLD: on network nodes, where there are any.
    {
      on: ['network', 'controller'],
      packages: ['openstack-neutron', 'openstack-neutron-ml2', 'openstack-neutron-openvswitch'],
      units: numbered('neutron', 'openvswitch-agent', 'dhcp-agent', 'metadata-agent', 'l3-agent'),
      talksTo: ['rabbitmq'],
    },
    {
      on: ['compute'],
      packages: ['openstack-neutron-openvswitch'],
      units: ['neutron-openvswitch-agent'],
      talksTo: ['rabbitmq'],
    },
  ],
  horizon: [
    { on: ['controller'], packages: ['openstack-dashboard'], units: ['httpd'], talksTo: ['memcached'] },
  ],
  cinder: [
    {
      on: ['controller'],
      packages: ['openstack-cinder'],
      units: ['openstack-cinder-api', 'openstack-cinder-scheduler'],
      talksTo: ['mariadb', 'rabbitmq', 'memcached'],
    },
    {
      on: ['storage', 'controller'],
      packages: ['openstack-cinder', 'lvm2', 'targetcli'],
      units: ['openstack-cinder-volume'],
      talksTo: ['mariadb', 'rabbitmq'],
    },
  ],
  swift: [
    {
      on: ['controller'],
      packages: ['openstack-swift-proxy'],
      units: ['openstack-swift-proxy'],
      talksTo: ['memcached'],
    },
    {
      on: storage,
      packages: [...numbered('openstack-swift', 'account', 'container', 'object'), 'xfsprogs'],
      // Since EL8, the unit rsyncd is in a separate package.
      onEl: { 7: 'rsync', 8: 'rsync-daemon', 9: 'rsync-daemon' },
      units: [
        'rsyncd',
        ...numbered('openstack-swift', 'account', 'account-auditor', 'account-reaper', 'account-replicator'),
        ...numbered('openstack-swift-container', 'auditor', 'replicator', 'updater'),
        ...numbered('openstack-swift', 'container', 'object', 'object-auditor', 'object-replicator'),
        'openstack-swift-object-updater',
      ],
      talksTo: [],
    },
  ],
  heat: [onController(numbered('openstack-heat', 'api', 'api-cfn', 'engine'))],
  mistral: [
    onController(numbered('openstack-mistral', 'api', 'engine', 'executor')),
    onController(['openstack-mistral-event-engine'], { since: 'pike' }),
    onController(['openstack-mistral-notifier'], { since: 'rocky' }),
  ],
  ceilometer: [
    onController(numbered('openstack-ceilometer', 'notification', 'central'), { talksTo: ['rabbitmq'] }),
    {
      on: ['compute'],
      packages: ['openstack-ceilometer-compute'],
      units: ['openstack-ceilometer-compute'],
      talksTo: ['rabbitmq'],
    },
  ],
  aodh: [onController(numbered('openstack-aodh', 'api', 'evaluator', 'notifier', 'listener', 'expirer'))],
  gnocchi: [
    onController(numbered('openstack-gnocchi', 'api', 'metricd'), {
      talksTo: ['mariadb', 'memcached'],
      until: 'pike',
    }),
    onController(numbered('gnocchi', 'api', 'metricd'), {
      talksTo: ['mariadb', 'memcached'],
      since: 'queens',
    }),
  ],
  panko: [
    {
      on: ['controller'],
      packages: ['openstack-panko-api', 'httpd'],
      onEl: webServer,
      units: ['httpd'],
      talksTo: ['mariadb', 'memcached'],
      until: 'wallaby',
    },
  ],
  trove: [onController(numbered('openstack-trove', 'api', 'taskmanager', 'conductor'))],
  sahara: [onController(numbered('openstack-sahara', 'api', 'engine'), { until: 'bobcat' })],
  ironic: [onController(numbered('openstack-ironic', 'api', 'conductor'))],
  zaqar: [onController(['openstack-zaqar'], { talksTo: ['memcached'] })],
  manila: [
    onController(['openstack-manila'], {
      units: numbered('openstack-manila', 'api', 'scheduler'),
    }),
    {
      on: storage,
      packages: ['openstack-manila-share'],
      onEl: { 7: 'python2-PyMySQL', 8: 'python3-PyMySQL', 9: 'python3-PyMySQL' },
      units: ['openstack-manila-share'],
      talksTo: ['mariadb', 'rabbitmq'],
    },
  ],
  designate: [
    onController(
      [
        ...numbered('openstack-designate', 'api', 'central', 'mdns', 'producer', 'worker'),
        'bind',
        'bind-utils',
      ],
      { units: [...numbered('designate', 'api', 'central', 'mdns', 'producer', 'worker'), 'named'] },
    ),
  ],
  barbican: [
    onController(numbered('openstack-barbican', 'api', 'worker', 'keystone-listener'), {
      talksTo: ['mariadb', 'rabbitmq'],
    }),
    onController(['openstack-barbican-retry'], { talksTo: [], since: 'zed' }),
  ],
  magnum: [onController(numbered('openstack-magnum', 'api', 'conductor'))],
  octavia: [
    onController(numbered('openstack-octavia', 'api', 'health-manager', 'housekeeping', 'worker'), {
      units: numbered('octavia', 'api', 'health-manager', 'housekeeping', 'worker'),
    }),
    onController(['openstack-octavia-driver-agent'], {
      units: ['octavia-driver-agent'],
      talksTo: [],
      since: 'zed',
    }),
  ],
};
