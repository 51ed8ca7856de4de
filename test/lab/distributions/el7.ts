import { daemonFiles, failingPackages } from './common.ts';
import { componentPackages, componentRequirements } from './components.ts';
import { client7, packstack7, rdoDaemons7 } from './el7-openstack.ts';
import { centosRelease7, rdoRelease7, releasePackages7 } from './el7-release.ts';
import { type Distribution, type PackageFile, pkg, pkgs } from './package.ts';
import type { DistributionOptions } from './repofile.ts';

const shells = ['/bin/sh', '/bin/bash'];

/** Installed on a new CentOS 7.5 (a small part), from the base repository of 1804. */
const old = pkgs(
  {},
  `glibc-2.17-222.el7.x86_64 glibc-common-2.17-222.el7.x86_64 systemd-219-57.el7.x86_64
  systemd-libs-219-57.el7.x86_64 kernel-3.10.0-862.el7.x86_64 1:openssl-libs-1.0.2k-12.el7.x86_64
  openssh-7.4p1-16.el7.x86_64 openssh-server-7.4p1-16.el7.x86_64 openssh-clients-7.4p1-16.el7.x86_64
  sudo-1.8.19p2-13.el7.x86_64 tzdata-2018e-3.el7.noarch yum-3.4.3-158.el7.centos.noarch
  rpm-4.11.3-32.el7.x86_64 1:NetworkManager-1.10.2-13.el7.x86_64
  firewalld-0.4.4.4-14.el7.noarch selinux-policy-3.13.1-192.el7.noarch
  selinux-policy-targeted-3.13.1-192.el7.noarch 2:vim-minimal-7.4.160-4.el7.x86_64 python-2.7.5-68.el7.x86_64
  python-libs-2.7.5-68.el7.x86_64 iproute-4.11.0-14.el7.x86_64 util-linux-2.23.2-52.el7.x86_64
  curl-7.29.0-46.el7.x86_64 audit-2.8.1-3.el7.x86_64 audit-libs-2.8.1-3.el7.x86_64
  1:mariadb-libs-5.5.56-2.el7.x86_64 nss-util-3.34.0-2.el7.x86_64 GeoIP-1.5.0-11.el7.x86_64`,
);

/** The updates in 7.9.2009. */
const updated = pkgs(
  {},
  `glibc-2.17-317.el7.x86_64 glibc-common-2.17-317.el7.x86_64 systemd-libs-219-78.el7_9.2.x86_64
  kernel-3.10.0-1160.11.1.el7.x86_64 1:openssl-libs-1.0.2k-21.el7_9.x86_64 openssh-7.4p1-21.el7.x86_64
  openssh-server-7.4p1-21.el7.x86_64 openssh-clients-7.4p1-21.el7.x86_64 sudo-1.8.23-10.el7_9.1.x86_64
  tzdata-2020d-2.el7.noarch yum-3.4.3-168.el7.centos.noarch
  rpm-4.11.3-45.el7.x86_64 1:NetworkManager-1.18.8-2.el7_9.x86_64 firewalld-0.6.3-12.el7.noarch
  selinux-policy-3.13.1-268.el7_9.2.noarch
  2:vim-minimal-7.4.629-8.el7_9.x86_64 python-2.7.5-90.el7.x86_64 python-libs-2.7.5-90.el7.x86_64
  iproute-4.11.0-30.el7.x86_64 util-linux-2.23.2-65.el7.x86_64 curl-7.29.0-59.el7_9.1.x86_64
  audit-2.8.5-4.el7.x86_64 audit-libs-2.8.5-4.el7.x86_64 nss-util-3.44.0-4.el7_7.x86_64
  geoipupdate-2.5.0-1.el7.x86_64`,
);

/** In the base repository, but not installed. */
const available = pkgs(
  {},
  `rsync-3.1.2-10.el7.x86_64 net-tools-2.0-0.25.20131004git.el7.x86_64 bridge-utils-1.5-9.el7.x86_64
  wget-1.14-18.el7.x86_64 2:vim-enhanced-7.4.160-4.el7.x86_64 python-prettytable-0.7.2-3.el7.noarch
  python-docutils-0.11-0.3.20130715svn7687.el7.noarch policycoreutils-python-2.5-34.el7.x86_64
  checkpolicy-2.5-8.el7.x86_64 libcgroup-0.41-21.el7.x86_64 libsemanage-python-2.5-14.el7.x86_64
  python-IPy-0.75-6.el7.noarch setools-libs-3.3.8-4.el7.x86_64`,
);

/** A plugin of yum: its program, which the lab's yum checks for, and the file that enables it. */
function yumPlugin(name: string): Readonly<Record<string, PackageFile | string>> {
  return {
    [`/usr/lib/yum-plugins/${name}.py`]: 'lab\n',
    [`/etc/yum/pluginconf.d/${name}.conf`]: { text: '[main]\nenabled = 1\n', config: true },
  };
}

const tool = '../libexec/dnf-utils-3';

function baseRepositories(options: DistributionOptions) {
  const failing = failingPackages('el7');
  const installed = [
    pkg('yum-plugin-fastestmirror-1.1.31-45.el7.noarch', { files: yumPlugin('fastestmirror') }),
    centosRelease7(options, '7.5.1804', '7-5.1804'),
    pkg('bash-4.2.46-30.el7.x86_64', { provides: shells }),
    pkg('chrony-3.2-2.el7.x86_64', { files: daemonFiles.chrony }),
    pkg('initscripts-9.49.41-1.el7.x86_64', { files: daemonFiles.networkScripts }),
    ...old,
  ];
  const base = [
    ...installed,
    ...available,
    ...componentRequirements('el7'),
    pkg('yum-utils-1.1.31-54.el7_8.noarch', {
      links: {
        '/usr/bin/needs-restarting': tool,
        '/usr/bin/yum-config-manager': tool,
        '/usr/bin/repoquery': tool,
      },
    }),
    pkg('yum-plugin-priorities-1.1.31-54.el7_8.noarch', { files: yumPlugin('priorities') }),
    pkg('audit-libs-python-2.8.5-4.el7.x86_64', { requires: ['audit-libs >= 2.8.5'] }),
    ...failing.first,
  ];
  const updates = [
    pkg('yum-plugin-fastestmirror-1.1.31-54.el7_8.noarch', { files: yumPlugin('fastestmirror') }),
    centosRelease7(options, '7.9.2009', '7-9.2009.1'),
    pkg('bash-4.2.46-34.el7.x86_64', { provides: shells }),
    pkg('systemd-219-78.el7_9.2.x86_64', { requires: ['systemd-libs = 219-78.el7_9.2'] }),
    pkg('chrony-3.4-1.el7.x86_64', { files: daemonFiles.chrony }),
    pkg('initscripts-9.49.53-1.el7_9.1.x86_64', { files: daemonFiles.networkScripts }),
    pkg('GeoIP-1.5.0-14.el7.x86_64', { requires: ['geoipupdate'] }),
    pkg('selinux-policy-targeted-3.13.1-268.el7_9.2.noarch', {
      requires: ['selinux-policy = 3.13.1-268.el7_9.2'],
      post: 'echo "Rebuilding the policy store"',
    }),
    ...updated,
    ...failing.second,
  ];
  const extras = [
    ...releasePackages7(options),
    pkg('2:container-selinux-2.119.2-1.911c772.el7_8.noarch', {
      requires: ['policycoreutils-python', 'selinux-policy >= 3.13.1-192'],
    }),
    pkg('etcd-3.3.11-2.el7.centos.x86_64', { files: daemonFiles.etcd }),
  ];
  return { installed, base, updates, extras };
}

/** CentOS 7 and its repositories. */
export function centos7(options: DistributionOptions): Distribution {
  const { installed, base, updates, extras } = baseRepositories(options);
  const sig = { sig: true };
  const at = (folder: string) => `centos/7/${folder}`;
  const cloud = (release: 'stein' | 'train') => [
    ...client7(release),
    ...rdoDaemons7(release),
    ...packstack7(release),
    ...componentPackages(release, 'el7'),
  ];
  return {
    installed,
    repositories: [
      { path: at('os/x86_64'), packages: base },
      { path: at('updates/x86_64'), packages: updates },
      { path: at('extras/x86_64'), packages: extras },
      ...(['stein', 'train'] as const).map((release) => ({
        path: at(`cloud/x86_64/openstack-${release}`),
        packages: cloud(release).map((one) => ({ ...one, ...sig })),
      })),
      {
        path: at('storage/x86_64/ceph-nautilus'),
        packages: pkgs(sig, '2:librados2-14.2.22-0.el7.x86_64 2:librbd1-14.2.22-0.el7.x86_64'),
      },
      { path: at('storage/x86_64/nfs-ganesha-28'), packages: pkgs(sig, 'nfs-ganesha-2.8.4-1.el7.x86_64') },
      {
        path: at('virt/x86_64/kvm-common'),
        packages: pkgs(sig, '10:qemu-img-ev-2.12.0-44.1.el7_8.1.x86_64'),
      },
      {
        // The first three outrank those of RDO, so EPEL must be disabled or restricted; the version of crudini is the lab's choice.
        path: 'epel/7/x86_64',
        packages: pkgs(
          sig,
          'leatherman-1.10.0-1.el7.x86_64 erlang-R16B-03.18.el7.x86_64 crudini-0.9.3-1.el7.noarch htop-2.2.0-3.el7.x86_64',
        ),
      },
    ],
    // The paths of the last state of CentOS 7 on vault.centos.org.
    aliases: { '7.9.2009': 'centos/7', 'centos/7.9.2009': 'centos/7', '7': 'centos/7' },
    single: [{ path: 'repos/rdo-release.rpm', package: rdoRelease7(options) }],
  };
}
