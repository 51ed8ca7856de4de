import { failingPackages } from './common.ts';
import { appStreamDaemons, epoxy9, messaging3, openstack3 } from './openstack3.ts';
import { type Distribution, type Package, pkg, pkgs } from './package.ts';
import type { DistributionOptions, Section } from './repofile.ts';
import { disabledSections, epelRelease, releasePackage, trunkSection } from './sig.ts';
import {
  bash,
  chrony,
  kernel,
  langpacks,
  officialKey,
  type Stream,
  selinuxTools,
  streamRelease,
  yumUtils,
} from './stream.ts';

const cloudKey = 'RPM-GPG-KEY-CentOS-SIG-Cloud';
const messagingKey = 'RPM-GPG-KEY-CentOS-SIG-Messaging';
const nfvKey = 'RPM-GPG-KEY-CentOS-SIG-NFV';
const storageKey = 'RPM-GPG-KEY-CentOS-SIG-Storage';

function baseSection(id: string, title: string, enabled = true): Section {
  const path = `$stream/${title}/$basearch/os/`;
  return { id, name: `CentOS Stream $releasever - ${title}`, path, key: officialKey, enabled };
}

const extras: Section = {
  id: 'extras-common',
  name: 'CentOS Stream $releasever - Extras packages',
  path: 'SIGs/$stream/extras/$basearch/extras-common/',
  key: officialKey,
};

const stream: Stream = {
  el: 9,
  colour: '0;31',
  repos: {
    'centos.repo': [
      baseSection('baseos', 'BaseOS'),
      baseSection('appstream', 'AppStream'),
      baseSection('crb', 'CRB', false),
    ],
    'centos-addons.repo': [baseSection('highavailability', 'HighAvailability', false), extras],
  },
};

function sigSection(id: string, title: string, folder: string, key: string): Section {
  const path = `SIGs/$releasever-stream/${folder.replace('/', '/$basearch/')}/`;
  return { id, name: `CentOS-$releasever - ${title}`, path, key };
}

/** The release packages of extras-common. */
function releasePackages(options: DistributionOptions): readonly Package[] {
  const openstack = (release: string) => {
    const id = `centos-openstack-${release}`;
    const main = {
      ...sigSection(id, `OpenStack ${release}`, `cloud/openstack-${release}`, cloudKey),
      more: ['module_hotfixes=1'],
    };
    return releasePackage(options, {
      nevra: `centos-release-openstack-${release}-1-1.el9.noarch`,
      requires: ['centos-release-nfv-openvswitch', 'centos-release-rabbitmq-38', 'centos-release-ceph-reef'],
      conflicts: ['centos-release-openstack'],
      repos: {
        [`CentOS-OpenStack-${release}.repo`]: [
          main,
          ...disabledSections(id, ['test', 'debuginfo', 'source']),
          trunkSection(release),
        ],
      },
      keys: [cloudKey],
    });
  };
  const small = (nevra: string, file: string, section: Section, key: string) =>
    releasePackage(options, { nevra, repos: { [file]: [section] }, keys: [key] });
  const messaging = (version: string) =>
    sigSection(
      `centos-rabbitmq-${version}`,
      `RabbitMQ ${version}`,
      `messaging/rabbitmq-${version}`,
      messagingKey,
    );
  const nfv = sigSection('centos-nfv-openvswitch', 'NFV OpenvSwitch', 'nfv/openvswitch-2', nfvKey);
  const ceph = sigSection('centos-ceph-reef', 'Ceph Reef', 'storage/ceph-reef', storageKey);
  const messagingFile = 'CentOS-Messaging-rabbitmq.repo';
  return [
    openstack('epoxy'),
    small('centos-release-rabbitmq-38-1-3.el9.noarch', messagingFile, messaging('38'), messagingKey),
    // Conflicts with the other one: both own the same file, with different content.
    small('centos-release-rabbitmq-4-1-1.el9.noarch', messagingFile, messaging('4'), messagingKey),
    small('centos-release-nfv-openvswitch-1-5.el9.noarch', 'CentOS-NFV-OpenvSwitch.repo', nfv, nfvKey),
    small('centos-release-ceph-reef-1.0-1.el9.noarch', 'CentOS-Ceph-Reef.repo', ceph, storageKey),
    epelRelease(options, 9, 'epel-release-9-7.el9.noarch'),
  ];
}

/** RDO's release package, installed by URL: repeats the same repository. */
function rdoRelease(options: DistributionOptions): Package {
  const id = 'openstack-epoxy';
  const main = {
    ...sigSection(id, 'OpenStack epoxy', 'cloud/openstack-epoxy', cloudKey),
    more: ['module_hotfixes=1'],
  };
  return releasePackage(options, {
    nevra: 'rdo-release-epoxy-1.el9s.noarch',
    repos: {
      'rdo-release.repo': [main],
      'rdo-testing.repo': [...disabledSections(id, ['testing']), trunkSection('epoxy')],
    },
    keys: [cloudKey],
    sig: true,
  });
}

const old = pkgs(
  {},
  `glibc-2.34-60.el9.x86_64 glibc-common-2.34-60.el9.x86_64 glibc-minimal-langpack-2.34-60.el9.x86_64
  systemd-252-13.el9.x86_64 systemd-libs-252-13.el9.x86_64 1:openssl-libs-3.0.7-20.el9.x86_64
  openssh-8.7p1-29.el9.x86_64 openssh-server-8.7p1-29.el9.x86_64 openssh-clients-8.7p1-29.el9.x86_64
  sudo-1.9.5p2-9.el9.x86_64 tzdata-2023c-1.el9.noarch dnf-4.14.0-5.el9.noarch yum-4.14.0-5.el9.noarch
  rpm-4.16.1.3-22.el9.x86_64 1:NetworkManager-1.43.4-1.el9.x86_64 firewalld-1.2.1-1.el9.noarch
  selinux-policy-38.1.8-1.el9.noarch 2:vim-minimal-8.2.2637-20.el9.x86_64 python3-libs-3.9.16-1.el9.x86_64
  curl-7.76.1-23.el9.x86_64 dnf-plugins-core-4.3.0-5.el9.noarch`,
);

const updated = pkgs(
  {},
  `glibc-2.34-231.el9.x86_64 glibc-common-2.34-231.el9.x86_64 glibc-minimal-langpack-2.34-231.el9.x86_64
  systemd-libs-252-55.el9.x86_64 1:openssl-libs-3.5.1-3.el9.x86_64 openssh-9.9p1-1.el9.x86_64
  openssh-server-9.9p1-1.el9.x86_64 openssh-clients-9.9p1-1.el9.x86_64 sudo-1.9.5p2-13.el9.x86_64
  tzdata-2025b-1.el9.noarch dnf-4.14.0-31.el9.noarch yum-4.14.0-31.el9.noarch rpm-4.16.1.3-39.el9.x86_64
  1:NetworkManager-1.54.0-1.el9.x86_64 firewalld-1.3.4-15.el9.noarch selinux-policy-38.1.65-1.el9.noarch
  2:vim-minimal-8.2.2637-22.el9.x86_64 python3-libs-3.9.23-2.el9.x86_64 curl-7.76.1-34.el9.x86_64
  dnf-plugins-core-4.3.0-24.el9.noarch`,
);

/** CentOS Stream 9. */
export function stream9(options: DistributionOptions): Distribution {
  const { first, second } = failingPackages('el9');
  const sig = { sig: true };
  const signed = (packages: readonly Package[]) => packages.map((one) => ({ ...one, ...sig }));
  const at = (folder: string) => `9-stream/${folder}/x86_64/os`;
  const sigs = (folder: string) => `SIGs/9-stream/${folder.replace('/', '/x86_64/')}`;
  const installed = [
    ...streamRelease(options, stream, '9.0-22.el9'),
    ...kernel('5.14.0-312.el9'),
    bash('bash-5.1.8-6.el9.x86_64'),
    chrony('chrony-4.3-1.el9.x86_64'),
    ...old,
  ];
  const { en, ko } = langpacks('2.34-231.el9');
  const baseos = [
    ...installed,
    ...streamRelease(options, stream, '9.0-34.el9'),
    ...kernel('5.14.0-611.el9'),
    bash('bash-5.1.8-9.el9.x86_64'),
    chrony('chrony-4.6.1-2.el9.x86_64'),
    en,
    ko,
    pkg('systemd-252-55.el9.x86_64', { requires: ['systemd-libs = 252-55.el9'] }),
    yumUtils('yum-utils-4.3.0-24.el9.noarch'),
    ...updated,
    ...first,
  ];
  const appstream = [
    ...selinuxTools('el9'),
    ...appStreamDaemons('10.5.29-2', 'el9'),
    ...pkgs(
      {},
      'python3-requests-2.25.1-9.el9.noarch wget-1.21.1-8.el9.x86_64 2:vim-enhanced-8.2.2637-22.el9.x86_64',
    ),
    ...second,
  ];
  return {
    installed,
    repositories: [
      { path: at('BaseOS'), packages: baseos },
      { path: at('AppStream'), packages: appstream },
      { path: at('CRB'), packages: pkgs({}, 'python3-wcwidth-0.2.5-8.el9.noarch') },
      { path: at('HighAvailability'), packages: pkgs({}, 'pacemaker-2.1.9-1.el9.x86_64') },
      { path: sigs('extras/extras-common'), packages: releasePackages(options) },
      {
        path: sigs('cloud/openstack-epoxy'),
        packages: signed(openstack3(epoxy9, { companion: 'python3-wcwidth', base: 'python3-requests' })),
      },
      { path: sigs('messaging/rabbitmq-38'), packages: signed(messaging3('el9s')) },
      { path: sigs('nfv/openvswitch-2'), packages: pkgs(sig, 'openvswitch3.4-3.4.2-1.el9s.x86_64') },
      { path: sigs('storage/ceph-reef'), packages: pkgs(sig, '2:librbd1-18.2.7-0.el9s.x86_64') },
      // Erlang of EPEL outranks the one for RabbitMQ, so EPEL must be disabled.
      {
        path: 'epel/9/x86_64',
        packages: pkgs(
          sig,
          'erlang-26.2.5-1.el9.x86_64 leatherman-1.12.10-1.el9.x86_64 htop-3.3.0-1.el9.x86_64',
        ),
      },
    ],
    aliases: {},
    single: [{ path: 'rdo_release/rdo-release.el9s.rpm', package: rdoRelease(options) }],
  };
}
