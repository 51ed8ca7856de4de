import { own } from '../base/own.ts';
import type { DemoOptions } from '../protocol/demo.ts';
import type { DemoPackage } from './yum-package.ts';

/** The packages available to a node of the demo. */
interface World {
  /** Each with its dependencies, which name it in `dependencyOf`. */
  readonly installs: readonly DemoPackage[];
  /** Outdated packages of the node, and dependencies of their new versions. */
  readonly upgrades: readonly DemoPackage[];
  /** Names provided by a package of another name. */
  readonly provides: Readonly<Record<string, string>>;
  /** The repository and the release of packages that the demo does not know. */
  readonly otherwise: { readonly repository: string; readonly release: string };
}

/** One package per line: name, architecture, version, kilobytes, and for an upgrade the previous version. */
function listed(repository: string, lines: string, dependencyOf?: string): readonly DemoPackage[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', arch = '', version = '', kilobytes = '0', replaces] = line.trim().split(/\s+/);
      return {
        name,
        arch,
        version,
        repository,
        size: Number(kilobytes) * 1024,
        ...(dependencyOf === undefined ? {} : { dependencyOf }),
        ...(replaces === undefined ? {} : { replaces }),
      };
    });
}

/** CentOS 7.9 with Stein; names and versions from the transcripts of the source articles where available, the rest from the same repositories. */
const el7: World = {
  installs: [
    ...listed('extras', 'centos-release-openstack-stein noarch 1-1.el7.centos 5.3'),
    ...listed(
      'extras',
      `centos-release-ceph-nautilus noarch 1.2-2.el7.centos 5.1
       centos-release-qemu-ev noarch 1.0-4.el7.centos 11`,
      'centos-release-openstack-stein',
    ),
    ...listed(
      'extras',
      `centos-release-nfs-ganesha28 noarch 1.0-3.el7.centos 4.3
       centos-release-storage-common noarch 2-2.el7.centos 5.1`,
      'centos-release-ceph-nautilus',
    ),
    ...listed('extras', 'centos-release-virt-common noarch 1-1.el7.centos 4.5', 'centos-release-qemu-ev'),
    ...listed('centos-openstack-stein', 'python2-openstackclient noarch 3.18.1-1.el7 775'),
    ...listed(
      'centos-openstack-stein',
      `python-openstackclient-lang noarch 3.18.1-1.el7 36
       python2-cinderclient noarch 4.2.0-1.el7 285
       python2-cliff noarch 2.14.1-1.el7 75
       python2-glanceclient noarch 1:2.16.0-1.el7 193
       python2-keystoneclient noarch 1:3.19.0-1.el7 273
       python2-novaclient noarch 1:13.0.0-1.el7 394
       python2-openstacksdk noarch 0.27.0-1.el7 819
       python2-osc-lib noarch 1.12.1-1.el7 110
       python2-oslo-i18n noarch 3.23.1-1.el7 53
       python2-oslo-utils noarch 3.40.3-1.el7 76
       python2-pbr noarch 5.1.2-2.el7 263
       python2-six noarch 1.12.0-1.el7 31`,
      'python2-openstackclient',
    ),
    ...listed(
      'centos-openstack-stein',
      `python2-keystoneauth1 noarch 3.13.1-1.el7 334
       python2-requests noarch 2.21.0-3.el7 124
       python2-wrapt x86_64 1.11.1-1.el7 48`,
      'python2-keystoneclient',
    ),
    ...listed(
      'centos-openstack-stein',
      `python2-subprocess32 x86_64 3.2.6-14.el7 40
       python2-wcwidth noarch 0.1.7-8.el7 21
       rsync x86_64 3.1.2-10.el7 404`,
      'python2-cliff',
    ),
    ...listed('centos-openstack-stein', 'python2-urllib3 noarch 1.24.1-3.el7 174', 'python2-requests'),
    ...listed('base', 'pytz noarch 2016.10-2.el7 46', 'python2-oslo-utils'),
    ...listed('centos-openstack-stein', 'openstack-selinux noarch 0.8.18-1.el7 196'),
    ...listed('extras', 'container-selinux noarch 2:2.119.2-1.911c772.el7_8 40', 'openstack-selinux'),
    ...listed('base', 'policycoreutils-python x86_64 2.5-34.el7 457', 'container-selinux'),
    ...listed(
      'base',
      `audit-libs-python x86_64 2.8.5-4.el7 76
       checkpolicy x86_64 2.5-8.el7 295
       libcgroup x86_64 0.41-21.el7 66
       libsemanage-python x86_64 2.5-14.el7 113
       python-IPy noarch 0.75-6.el7 32
       setools-libs x86_64 3.3.8-4.el7 620`,
      'policycoreutils-python',
    ),
  ],
  upgrades: [
    ...listed('updates', 'kernel x86_64 3.10.0-1160.11.1.el7 51200'),
    ...listed(
      'updates',
      `NetworkManager x86_64 1:1.18.8-2.el7_9 1950 1:1.18.8-1.el7
       NetworkManager-libnm x86_64 1:1.18.8-2.el7_9 1740 1:1.18.8-1.el7
       NetworkManager-team x86_64 1:1.18.8-2.el7_9 166 1:1.18.8-1.el7
       NetworkManager-tui x86_64 1:1.18.8-2.el7_9 329 1:1.18.8-1.el7
       curl x86_64 7.29.0-59.el7_9.1 271 7.29.0-59.el7
       dbus x86_64 1:1.10.24-15.el7 245 1:1.10.24-14.el7_8
       dbus-libs x86_64 1:1.10.24-15.el7 169 1:1.10.24-14.el7_8
       freetype x86_64 2.8-14.el7_9.1 380 2.8-14.el7
       glibc x86_64 2.17-322.el7_9 3690 2.17-317.el7
       glibc-common x86_64 2.17-322.el7_9 11800 2.17-317.el7
       kernel-tools x86_64 3.10.0-1160.11.1.el7 8300 3.10.0-1160.el7
       kernel-tools-libs x86_64 3.10.0-1160.11.1.el7 8190 3.10.0-1160.el7
       libcurl x86_64 7.29.0-59.el7_9.1 223 7.29.0-59.el7
       nss x86_64 3.53.1-3.el7_9 869 3.44.0-7.el7_7
       nss-softokn x86_64 3.53.1-6.el7_9 354 3.44.0-8.el7_7
       nss-softokn-freebl x86_64 3.53.1-6.el7_9 322 3.44.0-8.el7_7
       nss-sysinit x86_64 3.53.1-3.el7_9 65 3.44.0-7.el7_7
       nss-tools x86_64 3.53.1-3.el7_9 535 3.44.0-7.el7_7
       nss-util x86_64 3.53.1-1.el7_9 79 3.44.0-4.el7_7
       openssl x86_64 1:1.0.2k-21.el7_9 493 1:1.0.2k-19.el7
       openssl-libs x86_64 1:1.0.2k-21.el7_9 1230 1:1.0.2k-19.el7
       python-perf x86_64 3.10.0-1160.11.1.el7 8280 3.10.0-1160.el7
       selinux-policy noarch 3.13.1-268.el7_9.2 498 3.13.1-268.el7
       selinux-policy-targeted noarch 3.13.1-268.el7_9.2 7170 3.13.1-268.el7
       systemd x86_64 219-78.el7_9.2 5220 219-78.el7
       systemd-libs x86_64 219-78.el7_9.2 418 219-78.el7
       systemd-sysv x86_64 219-78.el7_9.2 96 219-78.el7
       tuned noarch 2.11.0-10.el7 268 2.11.0-9.el7
       tzdata noarch 2020d-2.el7 499 2020a-1.el7
       vim-minimal x86_64 2:7.4.629-8.el7_9 443 2:7.4.629-7.el7`,
    ),
    ...listed('centos-openstack-stein', 'mariadb-libs x86_64 3:10.3.10-1.el7.0.0.rdo2 98 1:5.5.68-1.el7'),
    ...listed(
      'centos-openstack-stein',
      `mariadb-common x86_64 3:10.3.10-1.el7.0.0.rdo2 60
       mariadb-config x86_64 3:10.3.10-1.el7.0.0.rdo2 25
       mariadb-errmsg x86_64 3:10.3.10-1.el7.0.0.rdo2 218`,
      'mariadb-libs',
    ),
    ...listed('base', 'psmisc x86_64 22.20-17.el7 141', 'mariadb-libs'),
  ],
  provides: { 'python-openstackclient': 'python2-openstackclient' },
  otherwise: { repository: 'base', release: '1.el7' },
};

/** CentOS Stream 9 with Epoxy; the versions of the client and the policy are from RDO's release tag, the others from the same time. */
const el9: World = {
  installs: [
    ...listed('extras-common', 'centos-release-openstack-epoxy noarch 1-1.el9s 7.7'),
    ...listed(
      'extras-common',
      `centos-release-ceph-reef noarch 1.0-1.el9s 7.5
       centos-release-cloud noarch 1-1.el9s 7.8
       centos-release-nfv-openvswitch noarch 1-6.el9s 7.6
       centos-release-rabbitmq-38 noarch 1-4.el9s 7.5`,
      'centos-release-openstack-epoxy',
    ),
    ...listed(
      'extras-common',
      'centos-release-storage-common noarch 2-5.el9s 8.3',
      'centos-release-ceph-reef',
    ),
    ...listed(
      'extras-common',
      'centos-release-nfv-common noarch 1-6.el9s 7.8',
      'centos-release-nfv-openvswitch',
    ),
    ...listed('extras-common', 'centos-release-messaging noarch 1-5.el9s 7.9', 'centos-release-rabbitmq-38'),
    ...listed('centos-openstack-epoxy', 'python3-openstackclient noarch 7.4.0-1.el9s 1100'),
    ...listed(
      'centos-openstack-epoxy',
      `python-openstackclient-lang noarch 7.4.0-1.el9s 29
       python3-cinderclient noarch 9.7.0-1.el9s 262
       python3-cliff noarch 4.9.1-1.el9s 107
       python3-keystoneclient noarch 1:5.6.0-1.el9s 322
       python3-openstacksdk noarch 4.4.0-1.el9s 1500
       python3-osc-lib noarch 4.0.0-1.el9s 121
       python3-oslo-i18n noarch 6.5.1-1.el9s 60
       python3-oslo-utils noarch 8.2.0-1.el9s 125
       python3-pbr noarch 6.1.1-1.el9s 171`,
      'python3-openstackclient',
    ),
    ...listed(
      'centos-openstack-epoxy',
      `python3-dogpile-cache noarch 1.1.5-5.el9s 93
       python3-keystoneauth1 noarch 5.10.0-1.el9s 404
       python3-os-service-types noarch 1.7.0-1.el9s 41`,
      'python3-openstacksdk',
    ),
    ...listed(
      'centos-openstack-epoxy',
      `python3-autopage noarch 0.4.0-1.el9s 33
       python3-cmd2 noarch 1.4.0-2.el9s 251
       python3-stevedore noarch 5.4.1-1.el9s 79`,
      'python3-cliff',
    ),
    ...listed('centos-openstack-epoxy', 'openstack-selinux noarch 0.8.40-1.el9s 233'),
    ...listed('appstream', 'container-selinux noarch 3:2.235.0-1.el9 56', 'openstack-selinux'),
    ...listed('appstream', 'policycoreutils-python-utils noarch 3.6-2.1.el9 77', 'openstack-selinux'),
    ...listed(
      'appstream',
      `python3-policycoreutils noarch 3.6-2.1.el9 2150
       checkpolicy x86_64 3.6-1.el9 353
       python3-audit x86_64 3.1.5-1.el9 84
       python3-libsemanage x86_64 3.6-2.1.el9 80
       python3-setools x86_64 4.4.4-1.el9 616`,
      'policycoreutils-python-utils',
    ),
  ],
  upgrades: [
    ...listed(
      'baseos',
      `kernel x86_64 5.14.0-522.el9 2000
       kernel-core x86_64 5.14.0-522.el9 18400
       kernel-modules x86_64 5.14.0-522.el9 37000
       kernel-modules-core x86_64 5.14.0-522.el9 31000`,
    ),
    ...listed(
      'baseos',
      `NetworkManager x86_64 1:1.51.4-1.el9 2340 1:1.51.0-1.el9
       NetworkManager-libnm x86_64 1:1.51.4-1.el9 1870 1:1.51.0-1.el9
       NetworkManager-tui x86_64 1:1.51.4-1.el9 246 1:1.51.0-1.el9
       bash x86_64 5.1.8-10.el9 1740 5.1.8-9.el9
       curl x86_64 7.76.1-33.el9 294 7.76.1-31.el9
       dracut x86_64 057-79.git20241127.el9 475 057-70.git20240819.el9
       dracut-config-rescue x86_64 057-79.git20241127.el9 9 057-70.git20240819.el9
       glibc x86_64 2.34-145.el9 1970 2.34-125.el9
       glibc-common x86_64 2.34-145.el9 308 2.34-125.el9
       glibc-minimal-langpack x86_64 2.34-145.el9 23 2.34-125.el9
       kernel-tools x86_64 5.14.0-522.el9 2260 5.14.0-503.el9
       kernel-tools-libs x86_64 5.14.0-522.el9 2010 5.14.0-503.el9
       libcurl x86_64 7.76.1-33.el9 286 7.76.1-31.el9
       libxml2 x86_64 2.9.13-9.el9 748 2.9.13-6.el9
       openssh x86_64 8.7p1-45.el9 459 8.7p1-43.el9
       openssh-clients x86_64 8.7p1-45.el9 697 8.7p1-43.el9
       openssh-server x86_64 8.7p1-45.el9 460 8.7p1-43.el9
       openssl x86_64 1:3.2.2-6.el9 1370 1:3.2.2-5.el9
       openssl-libs x86_64 1:3.2.2-6.el9 2420 1:3.2.2-5.el9
       selinux-policy noarch 38.1.50-1.el9 43 38.1.45-3.el9
       selinux-policy-targeted noarch 38.1.50-1.el9 7050 38.1.45-3.el9
       systemd x86_64 252-49.el9 4150 252-46.el9
       systemd-libs x86_64 252-49.el9 668 252-46.el9
       systemd-pam x86_64 252-49.el9 280 252-46.el9
       systemd-udev x86_64 252-49.el9 1850 252-46.el9
       tzdata noarch 2024b-2.el9 840 2024a-1.el9`,
    ),
  ],
  provides: {},
  otherwise: { repository: 'appstream', release: '1.el9' },
};

export const worlds: Readonly<Record<DemoOptions['system'], World>> = { el7, el9 };

/** A package followed by its dependencies. */
function withDependencies(all: readonly DemoPackage[], root: DemoPackage): readonly DemoPackage[] {
  const needed = all.filter(({ dependencyOf }) => dependencyOf === root.name);
  return [root, ...needed.flatMap((each) => withDependencies(all, each))];
}

function unknownPackage({ otherwise }: World, name: string): DemoPackage {
  const { repository, release } = otherwise;
  return { name, arch: 'x86_64', version: `1.0-${release}`, repository, size: 120_000 };
}

/** The packages of an installation of these names that the node does not have; an unknown name is a small package without dependencies. */
export function packagesFor(
  system: DemoOptions['system'],
  names: readonly string[],
  present: ReadonlySet<string> = new Set(),
): readonly DemoPackage[] {
  const world = worlds[system];
  const found = new Map<string, DemoPackage>();
  for (const asked of names) {
    const name = own(world.provides, asked) ?? asked;
    const root = world.installs.find((each) => each.name === name) ?? unknownPackage(world, name);
    const { dependencyOf: _, ...wanted } = root;
    for (const each of withDependencies(world.installs, wanted))
      if (!present.has(each.name) && !found.has(each.name)) found.set(each.name, each);
  }
  return [...found.values()];
}
