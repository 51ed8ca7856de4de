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
}

const webServer = { 7: 'mod_wsgi', 8: 'python3-mod_wsgi', 9: 'python3-mod_wsgi' };

/** Components by node according to the installation guides; sources: KS-IG, NOVA-IG, IG, DG. */
export const coreComponents: Readonly<Record<string, readonly ComponentPart[]>> = {
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
      packages: ['openstack-neutron', 'openstack-neutron-ml2', 'openstack-neutron-openvswitch'],
      units: [
        'neutron-server',
        'neutron-openvswitch-agent',
        'neutron-dhcp-agent',
        'neutron-metadata-agent',
        'neutron-l3-agent',
      ],
      talksTo: ['mariadb', 'rabbitmq', 'memcached'],
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
};
