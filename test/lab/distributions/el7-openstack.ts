import { daemonFiles } from './common.ts';
import { type Package, pkg, pkgs } from './package.ts';
import { packstackProgram } from './packstack.ts';

const versions: Readonly<
  Record<string, { client: string; selinux: string; packstack: string; maria: string }>
> = {
  stein: {
    client: '3.18.1-1.el7',
    selinux: '0.8.18-1.el7',
    packstack: '14.0.0-1.el7',
    maria: '10.3.10-1.el7.0.0.rdo2',
  },
  train: {
    client: '4.0.2-1.el7',
    selinux: '0.8.26-1.el7',
    packstack: '15.0.1-1.el7',
    maria: '10.3.20-3.el7.0.0.rdo1',
  },
};

function of(release: string) {
  const found = versions[release];
  if (!found) throw new Error(`no package versions for ${release}`);
  return found;
}

/** The command line client and its dependencies: a part of the real eighty packages. */
export function client7(release: string): readonly Package[] {
  const { client, selinux } = of(release);
  const needed = pkgs(
    {},
    `python2-subprocess32-3.2.6-14.el7.x86_64 python2-urllib3-1.24.1-3.el7.noarch python2-wcwidth-0.1.7-8.el7.noarch
    python2-wrapt-1.11.1-1.el7.x86_64 pytz-2016.10-2.el7.noarch python2-pbr-5.1.2-2.el7.noarch
    python2-keystoneauth1-3.13.1-1.el7.noarch python2-keystoneclient-3.19.0-1.el7.noarch
    python2-novaclient-13.0.1-1.el7.noarch python2-cinderclient-4.2.1-1.el7.noarch
    python2-glanceclient-2.16.0-1.el7.noarch python2-osc-lib-1.12.1-1.el7.noarch python2-cliff-2.14.1-1.el7.noarch
    python2-openstacksdk-0.27.0-1.el7.noarch python2-oslo-i18n-3.23.1-1.el7.noarch
    python2-oslo-utils-3.40.3-1.el7.noarch python2-oslo-serialization-2.28.2-1.el7.noarch
    python2-stevedore-1.30.1-1.el7.noarch python2-simplejson-3.10.0-1.el7.x86_64 python2-jmespath-0.9.0-3.el7.noarch
    python2-msgpack-0.6.1-1.el7.x86_64 python2-netaddr-0.7.19-5.el7.noarch python2-requests-2.21.0-3.el7.noarch`,
  );
  const lang = pkg(`python-openstackclient-lang-${client}.noarch`);
  const names = needed.map((one) => one.name);
  return [
    ...needed,
    lang,
    pkg(`python2-openstackclient-${client}.noarch`, {
      provides: [`python-openstackclient = ${client}`],
      obsoletes: [`python-openstackclient < ${client}`],
      requires: [`python-openstackclient-lang = ${client}`, 'rsync', 'python-prettytable', ...names],
      files: { '/usr/bin/openstack': { text: clientScript(client), mode: '0755' } },
    }),
    pkg(`openstack-selinux-${selinux}.noarch`, {
      requires: [
        'container-selinux',
        'policycoreutils-python',
        'checkpolicy',
        'libcgroup',
        'libsemanage-python',
      ],
      post: 'echo "openstack-selinux: modules loaded"',
    }),
    pkg('crudini-0.9-2.el7.noarch'),
  ];
}

/** Supports only `openstack --version`. */
export function clientScript(version: string): string {
  const [number = ''] = version.split('-');
  return [
    '#!/bin/sh',
    `[ "$1" = --version ] && { echo "openstack ${number}"; exit 0; }`,
    'echo "Missing value auth-url required for auth plugin password" >&2',
    'exit 1',
    '',
  ].join('\n');
}

/** The daemons of RDO in this release; the programs are in the base root file system. */
export function rdoDaemons7(release: string): readonly Package[] {
  const { maria } = of(release);
  return [
    pkg(`3:mariadb-common-${maria}.x86_64`),
    pkg(`3:mariadb-config-${maria}.x86_64`, { files: daemonFiles.mariadb }),
    pkg(`3:mariadb-errmsg-${maria}.x86_64`),
    pkg(`3:mariadb-libs-${maria}.x86_64`, {
      requires: ['mariadb-common', 'mariadb-config', 'mariadb-errmsg'],
    }),
    pkg(`3:mariadb-${maria}.x86_64`, { requires: ['mariadb-libs', 'mariadb-config'] }),
    pkg(`3:mariadb-server-${maria}.x86_64`, {
      requires: ['mariadb', 'mariadb-errmsg'],
      files: daemonFiles.mariadbServer,
    }),
    pkg('python2-PyMySQL-0.9.2-2.el7.noarch'),
    ...pkgs({}, 'erlang-erts-19.3.6.4-1.el7.x86_64 erlang-ssl-19.3.6.4-1.el7.x86_64'),
    pkg('erlang-19.3.6.4-1.el7.x86_64', { requires: ['erlang-erts', 'erlang-ssl'] }),
    pkg('rabbitmq-server-3.6.16-1.el7.noarch', {
      requires: ['erlang-erts', 'erlang-ssl'],
      files: daemonFiles.rabbitmq,
    }),
    pkg('memcached-1.5.6-1.el7.x86_64', { files: daemonFiles.memcached }),
    pkg('python-memcached-1.58-1.el7.noarch'),
  ];
}

/** Packstack and Puppet; `facter` fails like the real one if EPEL has replaced leatherman. */
export function packstack7(release: string): readonly Package[] {
  const { packstack } = of(release);
  const modules = pkgs(
    {},
    'puppet-aodh-14.4.0-1.el7.noarch puppet-apache-4.1.0-1.el7.noarch puppet-cinder-14.4.0-1.el7.noarch',
  );
  const missing =
    'error while loading shared libraries: leatherman_curl.so.1.3.0: cannot open shared object file';
  return [
    ...modules,
    pkg('leatherman-1.3.0-9.el7.x86_64', { files: { '/usr/lib64/leatherman_curl.so.1.3.0': 'lab\n' } }),
    pkg('1:facter-3.9.3-7.el7.x86_64', {
      requires: ['leatherman >= 1.3.0'],
      files: {
        '/usr/bin/facter': {
          mode: '0755',
          text: `#!/bin/sh\n[ -e /usr/lib64/leatherman_curl.so.1.3.0 ] && exec echo 3.9.3\necho "facter: ${missing}: No such file or directory" >&2\nexit 127\n`,
        },
      },
    }),
    pkg('puppet-5.5.10-2.el7.noarch', { requires: ['facter'] }),
    pkg(`1:openstack-packstack-puppet-${packstack}.noarch`, { requires: modules.map((one) => one.name) }),
    pkg(`1:openstack-packstack-${packstack}.noarch`, {
      requires: [`openstack-packstack-puppet = 1:${packstack}`, 'python-docutils', 'python2-pbr', 'puppet'],
      files: packstackProgram(packstack.split('-')[0] ?? ''),
    }),
  ];
}
