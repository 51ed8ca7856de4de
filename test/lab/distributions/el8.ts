import { daemonFiles, failingPackages } from './common.ts';
import { appStreamDaemons, messaging3, openstack3, yoga8 } from './openstack3.ts';
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
const virtKey = 'RPM-GPG-KEY-CentOS-SIG-Virtualization';
const storageKey = 'RPM-GPG-KEY-CentOS-SIG-Storage';
const nfvKey = 'RPM-GPG-KEY-CentOS-SIG-NFV';

function baseSection(id: string, title: string, enabled = true): Section {
  const path = `$contentdir/$stream/${title}/$basearch/os/`;
  return { id, name: `CentOS Stream $releasever - ${title}`, path, list: title, key: officialKey, enabled };
}

const stream: Stream = {
  el: 8,
  colour: '0;31',
  repos: {
    'CentOS-Stream-BaseOS.repo': [baseSection('baseos', 'BaseOS')],
    'CentOS-Stream-AppStream.repo': [baseSection('appstream', 'AppStream')],
    'CentOS-Stream-Extras.repo': [baseSection('extras', 'extras')],
    'CentOS-Stream-PowerTools.repo': [baseSection('powertools', 'PowerTools', false)],
  },
};

function sigSection(id: string, title: string, folder: string, key: string): Section {
  const path = `$contentdir/$stream/${folder.replace('/', '/$basearch/')}/`;
  return { id, name: `CentOS-$releasever - ${title}`, path, list: folder.replace('/', '-'), key };
}

/** The release packages of the extras repository. */
function releasePackages(options: DistributionOptions): readonly Package[] {
  const id = 'centos-openstack-yoga';
  const openstack = {
    ...sigSection(id, 'OpenStack yoga', 'cloud/openstack-yoga', cloudKey),
    more: ['module_hotfixes=1'],
  };
  const off = disabledSections(id, ['test', 'debuginfo', 'source']);
  const messaging = sigSection('centos-rabbitmq-38', 'RabbitMQ 38', 'messaging/rabbitmq-38', messagingKey);
  const virt = sigSection(
    'centos-advanced-virtualization',
    'Advanced Virtualization',
    'virt/advanced-virtualization',
    virtKey,
  );
  const ceph = sigSection('centos-ceph-nautilus', 'Ceph Nautilus', 'storage/ceph-nautilus', storageKey);
  const nfv = sigSection('centos-nfv-openvswitch', 'NFV OpenvSwitch', 'nfv/openvswitch-2', nfvKey);
  const small = (nevra: string, file: string, section: Section, key: string) =>
    releasePackage(options, { nevra, repos: { [file]: [section] }, keys: [key] });
  return [
    releasePackage(options, {
      nevra: 'centos-release-openstack-yoga-1-1.el8.noarch',
      requires: [
        'centos-release-advanced-virtualization',
        'centos-release-ceph-nautilus',
        'centos-release-nfv-openvswitch',
        'centos-release-rabbitmq-38',
      ],
      conflicts: ['centos-release-openstack'],
      repos: { 'CentOS-OpenStack-yoga.repo': [openstack, ...off, trunkSection('yoga')] },
      keys: [cloudKey],
    }),
    small(
      'centos-release-rabbitmq-38-1-2.el8.noarch',
      'CentOS-Messaging-rabbitmq.repo',
      messaging,
      messagingKey,
    ),
    small(
      'centos-release-advanced-virtualization-1.0-4.el8.noarch',
      'CentOS-Advanced-Virtualization.repo',
      virt,
      virtKey,
    ),
    small('centos-release-ceph-nautilus-1.3-2.el8.noarch', 'CentOS-Ceph-Nautilus.repo', ceph, storageKey),
    small('centos-release-nfv-openvswitch-1-4.el8.noarch', 'CentOS-NFV-OpenvSwitch.repo', nfv, nfvKey),
    epelRelease(options, 8, 'epel-release-8-19.el8.noarch'),
  ];
}

/** RDO's release package, installed by URL: repeats the same repository. */
function rdoRelease(options: DistributionOptions): Package {
  const id = 'openstack-yoga';
  const main = {
    ...sigSection(id, 'OpenStack yoga', 'cloud/openstack-yoga', cloudKey),
    more: ['module_hotfixes=1'],
  };
  return releasePackage(options, {
    nevra: 'rdo-release-yoga-1.el8.noarch',
    repos: {
      'rdo-release.repo': [main],
      'rdo-testing.repo': [...disabledSections(id, ['testing']), trunkSection('yoga')],
    },
    keys: [cloudKey],
    sig: true,
  });
}

const old = pkgs(
  {},
  `glibc-2.28-164.el8.x86_64 glibc-common-2.28-164.el8.x86_64 systemd-239-51.el8.x86_64
  systemd-libs-239-51.el8.x86_64 1:openssl-libs-1.1.1k-4.el8.x86_64 openssh-8.0p1-10.el8.x86_64
  openssh-server-8.0p1-10.el8.x86_64 openssh-clients-8.0p1-10.el8.x86_64 sudo-1.8.29-7.el8.x86_64
  tzdata-2021a-1.el8.noarch dnf-4.7.0-4.el8.noarch yum-4.7.0-4.el8.noarch rpm-4.14.3-19.el8.x86_64
  1:NetworkManager-1.32.10-4.el8.x86_64 firewalld-0.9.3-7.el8.noarch selinux-policy-3.14.3-80.el8.noarch
  2:vim-minimal-8.0.1763-16.el8.x86_64 python3-libs-3.6.8-41.el8.x86_64 curl-7.61.1-22.el8.x86_64
  dnf-plugins-core-4.0.21-3.el8.noarch`,
);

const updated = pkgs(
  {},
  `glibc-2.28-251.el8.x86_64 glibc-common-2.28-251.el8.x86_64 systemd-libs-239-82.el8.x86_64
  1:openssl-libs-1.1.1k-12.el8.x86_64 openssh-8.0p1-24.el8.x86_64 openssh-server-8.0p1-24.el8.x86_64
  openssh-clients-8.0p1-24.el8.x86_64 sudo-1.9.5p2-1.el8.x86_64 tzdata-2024a-1.el8.noarch dnf-4.7.0-20.el8.noarch
  yum-4.7.0-20.el8.noarch rpm-4.14.3-31.el8.x86_64 1:NetworkManager-1.40.16-15.el8.x86_64
  firewalld-0.9.11-5.el8.noarch selinux-policy-3.14.3-139.el8.noarch 2:vim-minimal-8.0.1763-19.el8.x86_64
  python3-libs-3.6.8-62.el8.x86_64 curl-7.61.1-34.el8.x86_64 dnf-plugins-core-4.0.21-25.el8.noarch`,
);

/** CentOS Stream 8. */
export function stream8(options: DistributionOptions): Distribution {
  const { first, second } = failingPackages('el8');
  const sig = { sig: true };
  const signed = (packages: readonly Package[]) => packages.map((one) => ({ ...one, ...sig }));
  const at = (folder: string) => `centos/8-stream/${folder}`;
  const before = langpacks('2.28-164.el8');
  const installed = [
    ...streamRelease(options, stream, '8-2.el8'),
    ...kernel('4.18.0-348.el8'),
    bash('bash-4.4.20-2.el8.x86_64'),
    chrony('chrony-4.1-1.el8.x86_64'),
    before.en,
    ...old,
  ];
  const after = langpacks('2.28-251.el8');
  const baseos = [
    ...installed,
    ...streamRelease(options, stream, '8-6.el8'),
    ...kernel('4.18.0-553.el8'),
    bash('bash-4.4.20-5.el8.x86_64'),
    chrony('chrony-4.5-1.el8.x86_64'),
    after.en,
    after.ko,
    pkg('systemd-239-82.el8.x86_64', { requires: ['systemd-libs = 239-82.el8'] }),
    pkg('network-scripts-10.00.18-1.el8.x86_64', { files: daemonFiles.networkScripts }),
    yumUtils('yum-utils-4.0.21-25.el8.noarch'),
    ...updated,
    ...first,
  ];
  const appstream = [
    ...selinuxTools('el8'),
    ...appStreamDaemons('10.3.39-1', 'el8'),
    ...pkgs(
      {},
      'python3-requests-2.20.0-5.el8.noarch wget-1.19.5-12.el8.x86_64 2:vim-enhanced-8.0.1763-19.el8.x86_64',
    ),
    ...second,
  ];
  return {
    installed,
    repositories: [
      { path: at('BaseOS/x86_64/os'), packages: baseos },
      { path: at('AppStream/x86_64/os'), packages: appstream },
      { path: at('extras/x86_64/os'), packages: releasePackages(options) },
      { path: at('PowerTools/x86_64/os'), packages: pkgs({}, 'python3-wcwidth-0.1.7-14.el8.noarch') },
      {
        path: at('cloud/x86_64/openstack-yoga'),
        packages: signed(openstack3(yoga8, { companion: 'python3-wcwidth', base: 'python3-requests' })),
      },
      { path: at('messaging/x86_64/rabbitmq-38'), packages: signed(messaging3('el8')) },
      {
        path: at('virt/x86_64/advanced-virtualization'),
        packages: pkgs(sig, '15:qemu-img-6.2.0-5.el8.x86_64'),
      },
      { path: at('storage/x86_64/ceph-nautilus'), packages: pkgs(sig, '2:librbd1-14.2.22-0.el8.x86_64') },
      { path: at('nfv/x86_64/openvswitch-2'), packages: pkgs(sig, 'openvswitch3.1-3.1.0-1.el8s.x86_64') },
      {
        path: 'epel/8/x86_64',
        packages: pkgs(
          sig,
          'erlang-26.2.5-1.el8.x86_64 leatherman-1.12.10-1.el8.x86_64 htop-3.2.1-1.el8.x86_64',
        ),
      },
    ],
    // The paths of the last state of Stream 8 on vault.centos.org.
    aliases: { '8-stream': 'centos/8-stream' },
    single: [{ path: 'repos/rdo-release.el8.rpm', package: rdoRelease(options) }],
  };
}
