import { daemonFiles } from './common.ts';
import { componentPackages, componentRequirements } from './components.ts';
import { clientScript } from './el7-openstack.ts';
import { type Package, pkg, pkgs } from './package.ts';
import { packstackProgram } from './packstack.ts';

/** Versions from RDO's release tags. */
export interface Release3 {
  /** Suffix of the package releases. */
  readonly dist: 'el8' | 'el9s';
  readonly client: string;
  readonly selinux: string;
  readonly packstack: string;
  readonly name: 'yoga' | 'epoxy';
}

export const yoga8: Release3 = {
  dist: 'el8',
  client: '5.8.1-1.el8',
  selinux: '0.8.37-1.el8',
  packstack: '20.0.1-1.el8',
  name: 'yoga',
};
export const epoxy9: Release3 = {
  dist: 'el9s',
  client: '7.4.0-1.el9s',
  selinux: '0.8.40-1.el9s',
  packstack: '26.0.0-1.el9s',
  name: 'epoxy',
};

/**
 * The OpenStack repository for Python 3. The client needs `companion`, which is in CRB or
 * PowerTools, so that it can only be installed with that repository enabled (which package this is, is the lab's
 * choice), and `base`, which is in AppStream.
 */
export function openstack3(
  release: Release3,
  needs: { companion: string; base: string },
): readonly Package[] {
  const { dist, client, selinux, packstack } = release;
  const libraries = pkgs(
    {},
    `python3-pbr-5.8.1-2.${dist}.noarch python3-keystoneauth1-4.5.0-2.${dist}.noarch
    python3-keystoneclient-4.4.0-1.${dist}.noarch python3-novaclient-17.7.0-1.${dist}.noarch
    python3-cinderclient-8.3.0-1.${dist}.noarch python3-osc-lib-2.5.0-1.${dist}.noarch
    python3-cliff-3.10.1-1.${dist}.noarch python3-openstacksdk-0.61.3-1.${dist}.noarch
    python3-oslo-i18n-5.1.0-1.${dist}.noarch python3-oslo-utils-4.12.3-1.${dist}.noarch
    python3-oslo-serialization-4.3.0-1.${dist}.noarch python3-stevedore-3.5.2-1.${dist}.noarch
    python3-dogpile-cache-1.1.2-1.${dist}.noarch python3-iso8601-0.1.12-8.${dist}.noarch
    python3-requestsexceptions-1.4.0-11.${dist}.noarch python3-cmd2-1.4.0-2.${dist}.noarch`,
  );
  const names = libraries.map((one) => one.name);
  const puppet = pkgs({}, `puppet-aodh-20.4.0-1.${dist}.noarch puppet-apache-6.5.2-1.${dist}.noarch`);
  return [
    ...libraries,
    ...puppet,
    ...componentPackages(release.name, dist),
    pkg(`python-openstackclient-lang-${client}.noarch`),
    pkg(`python3-openstackclient-${client}.noarch`, {
      requires: [`python-openstackclient-lang = ${client}`, needs.companion, needs.base, ...names],
      files: { '/usr/bin/openstack': { text: clientScript(client), mode: '0755' } },
    }),
    pkg(`openstack-selinux-${selinux}.noarch`, {
      requires: ['container-selinux', 'policycoreutils-python-utils'],
      post: 'echo "openstack-selinux: modules loaded"',
    }),
    pkg(`1:openstack-packstack-puppet-${packstack}.noarch`, { requires: puppet.map((one) => one.name) }),
    pkg(`1:openstack-packstack-${packstack}.noarch`, {
      requires: [`openstack-packstack-puppet = 1:${packstack}`, 'python3-pbr', 'puppet'],
      files: packstackProgram(packstack.split('-')[0] ?? ''),
    }),
    pkg(`puppet-7.27.0-2.${dist}.noarch`, { requires: ['facter'] }),
    pkg(`facter-4.2.10-1.${dist}.noarch`),
    pkg(`crudini-0.9.3-4.${dist}.noarch`),
    pkg(`python3-memcached-1.59-3.${dist}.noarch`),
    pkg(`etcd-3.4.14-1.${dist}.x86_64`, { files: daemonFiles.etcd }),
    pkg(`etcd-3.4.14-2.${dist}.x86_64`, { files: daemonFiles.etcd, posttrans: restart('etcd') }),
    pkg(`openstack-network-scripts-10.11.1-1.${dist}.x86_64`, {
      provides: ['network-scripts'],
      files: daemonFiles.networkScripts,
    }),
  ];
}

/** What `%systemd_postun_with_restart` of a real package leads to when it is upgraded. */
function restart(unit: string): string {
  return `systemctl daemon-reload; systemctl try-restart ${unit}`;
}

/** The repository of the messaging group: RabbitMQ, with an update, and the matching Erlang. */
export function messaging3(dist: string): readonly Package[] {
  const rabbitmq = { requires: ['erlang >= 24'], files: daemonFiles.rabbitmq };
  return [
    pkg(`erlang-24.3.4.2-1.${dist}.x86_64`),
    pkg(`rabbitmq-server-3.9.21-1.${dist}.x86_64`, rabbitmq),
    pkg(`rabbitmq-server-3.9.21-2.${dist}.x86_64`, { ...rabbitmq, posttrans: restart('rabbitmq-server') }),
  ];
}

/** MariaDB, memcached and the driver in AppStream. */
export function appStreamDaemons(maria: string, dist: 'el8' | 'el9'): readonly Package[] {
  return [
    pkg(`3:mariadb-common-${maria}.${dist}.x86_64`, { files: daemonFiles.mariadb }),
    pkg(`3:mariadb-${maria}.${dist}.x86_64`, { requires: ['mariadb-common'] }),
    pkg(`3:mariadb-server-${maria}.${dist}.x86_64`, {
      requires: ['mariadb'],
      files: daemonFiles.mariadbServer,
    }),
    pkg(`python3-PyMySQL-0.10.1-6.${dist}.noarch`),
    ...componentRequirements(dist),
    pkg(`memcached-1.6.9-7.${dist}.x86_64`, { files: daemonFiles.memcached }),
  ];
}
