import { type Package, pkg, pkgs } from './package.ts';

/** Versions of the component packages in one release, with the epochs of RDO. */
export interface ComponentVersions {
  readonly keystone: string;
  readonly glance: string;
  readonly placement: string;
  readonly nova: string;
  readonly neutron: string;
  readonly cinder: string;
  readonly dashboard: string;
}

export const components: Readonly<Record<'stein' | 'train' | 'yoga' | 'epoxy', ComponentVersions>> = {
  stein: {
    keystone: '1:15.0.1',
    glance: '1:18.0.1',
    placement: '1.1.0',
    nova: '1:19.3.2',
    neutron: '1:14.4.2',
    cinder: '1:14.3.1',
    dashboard: '1:15.3.1',
  },
  train: {
    keystone: '1:16.0.2',
    glance: '1:19.0.4',
    placement: '2.0.1',
    nova: '1:20.6.0',
    neutron: '1:15.3.4',
    cinder: '1:15.6.0',
    dashboard: '1:16.2.2',
  },
  yoga: {
    keystone: '1:21.0.1',
    glance: '1:24.2.1',
    placement: '7.0.0',
    nova: '1:25.2.1',
    neutron: '1:20.5.0',
    cinder: '1:20.3.1',
    dashboard: '1:22.1.1',
  },
  epoxy: {
    keystone: '1:27.0.0',
    glance: '1:30.0.0',
    placement: '1:13.0.0',
    nova: '1:31.0.0',
    neutron: '1:26.0.0',
    cinder: '1:26.0.0',
    dashboard: '1:25.3.0',
  },
};

/** A unit for a program of a component, which is never started. */
function unit(name: string): Readonly<Record<string, string>> {
  const program = `/usr/bin/${name.replace(/^openstack-/, '')}`;
  const text = `[Unit]\nDescription=OpenStack ${name}\n\n[Service]\nExecStart=${program}\n\n[Install]\nWantedBy=multi-user.target\n`;
  return { [`/usr/lib/systemd/system/${name}.service`]: text };
}

function units(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...names.map(unit));
}

/** The packages of the core components with their units but without programs: Stackprep installs and does not start them. */
export function componentPackages(release: keyof typeof components, dist: string): readonly Package[] {
  const version = components[release];
  const named = (
    name: string,
    of: keyof ComponentVersions,
    files: Readonly<Record<string, string>>,
    requires: readonly string[] = [],
  ) => {
    const [epoch, number] = version[of].includes(':') ? version[of].split(':') : [undefined, version[of]];
    return pkg(`${epoch === undefined ? '' : `${epoch}:`}${name}-${number}-1.${dist}.noarch`, {
      files,
      requires,
    });
  };
  const nova = (part: string) =>
    named(`openstack-nova-${part}`, 'nova', units(`openstack-nova-${part}`), ['openstack-nova-common']);
  return [
    named('openstack-keystone', 'keystone', { '/etc/keystone/keystone.conf': '[DEFAULT]\n' }),
    named('openstack-glance', 'glance', {
      '/etc/glance/glance-api.conf': '[DEFAULT]\n',
      ...units('openstack-glance-api'),
    }),
    named('openstack-placement-api', 'placement', { '/etc/placement/placement.conf': '[DEFAULT]\n' }, [
      'httpd',
    ]),
    named('openstack-nova-common', 'nova', { '/etc/nova/nova.conf': '[DEFAULT]\n' }),
    ...['api', 'conductor', 'scheduler', 'novncproxy', 'compute'].map(nova),
    named('openstack-neutron-common', 'neutron', { '/etc/neutron/neutron.conf': '[DEFAULT]\n' }),
    named(
      'openstack-neutron',
      'neutron',
      units('neutron-server', 'neutron-dhcp-agent', 'neutron-l3-agent', 'neutron-metadata-agent'),
      ['openstack-neutron-common'],
    ),
    named('openstack-neutron-ml2', 'neutron', {}, ['openstack-neutron-common']),
    named('openstack-neutron-openvswitch', 'neutron', units('neutron-openvswitch-agent'), [
      'openstack-neutron-common',
    ]),
    named('openstack-dashboard', 'dashboard', {}, ['httpd']),
    named(
      'openstack-cinder',
      'cinder',
      units('openstack-cinder-api', 'openstack-cinder-scheduler', 'openstack-cinder-volume'),
      ['lvm2', 'targetcli'],
    ),
  ];
}

/** The web server and the system tools that the components require. */
export function componentRequirements(dist: 'el7' | 'el8' | 'el9'): readonly Package[] {
  const wsgi = dist === 'el7' ? 'mod_wsgi-3.4-18.el7.x86_64' : `python3-mod_wsgi-4.7.1-11.${dist}.x86_64`;
  return [
    pkg(`httpd-2.4.57-5.${dist}.x86_64`, { files: units('httpd') }),
    ...pkgs({}, `${wsgi} 7:lvm2-2.03.17-7.${dist}.x86_64 targetcli-2.1.53-7.${dist}.noarch`),
  ];
}
