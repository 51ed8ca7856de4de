import { type Package, pkg } from './package.ts';
import { type DistributionOptions, keyFiles, repoFile, type Section } from './repofile.ts';
import { disabledSections, epelRelease, releasePackage, trunkSection } from './sig.ts';

const distributionKey = 'RPM-GPG-KEY-CentOS-7';
const cloudKey = 'RPM-GPG-KEY-CentOS-SIG-Cloud';
const storageKey = 'RPM-GPG-KEY-CentOS-SIG-Storage';
const virtKey = 'RPM-GPG-KEY-CentOS-SIG-Virtualization';

const osRelease = `NAME="CentOS Linux"
VERSION="7 (Core)"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="7"
PRETTY_NAME="CentOS Linux 7 (Core)"
ANSI_COLOR="0;31"
CPE_NAME="cpe:/o:centos:centos:7"
HOME_URL="https://www.centos.org/"
BUG_REPORT_URL="https://bugs.centos.org/"

CENTOS_MANTISBT_PROJECT="CentOS-7"
CENTOS_MANTISBT_PROJECT_VERSION="7"
REDHAT_SUPPORT_PRODUCT="centos"
REDHAT_SUPPORT_PRODUCT_VERSION="7"
`;

/** The package of a minor release, with the base repositories. */
export function centosRelease7(options: DistributionOptions, minor: string, version: string): Package {
  const base = (id: string, title: string, folder: string, enabled = true): Section => ({
    id,
    name: `CentOS-$releasever - ${title}`,
    path: `$contentdir/$releasever/${folder}/$basearch/`,
    list: id,
    key: distributionKey,
    enabled,
  });
  const sections = [
    base('base', 'Base', 'os'),
    base('updates', 'Updates', 'updates'),
    base('extras', 'Extras', 'extras'),
    base('centosplus', 'Plus', 'centosplus', false),
  ];
  return pkg(`centos-release-${version}.el7.centos.x86_64`, {
    provides: ['system-release = 7', 'system-release(releasever) = 7', 'centos-release(x86-64) = 7'],
    files: {
      '/usr/lib/os-release': osRelease,
      '/etc/centos-release': `CentOS Linux release ${minor} (Core)\n`,
      '/etc/centos-release-upstream': `Derived from Red Hat Enterprise Linux ${minor.slice(0, 3)} (Source)\n`,
      '/etc/yum.repos.d/CentOS-Base.repo': repoFile(options, sections),
      '/etc/yum/vars/contentdir': { text: 'centos\n', config: true },
      '/etc/yum/vars/infra': { text: 'stock\n', config: true },
      ...keyFiles(options.keys.distribution, distributionKey),
    },
    links: { '/etc/redhat-release': 'centos-release', '/etc/system-release': 'centos-release' },
  });
}

function sigSection(id: string, title: string, folder: string, key: string): Section {
  const list = `${folder.split('/')[0]}-${id.replace(/^centos-/, '')}`;
  return {
    id,
    name: `CentOS-$releasever - ${title}`,
    path: `$contentdir/$releasever/${folder.replace('/', '/$basearch/')}/`,
    list,
    key,
  };
}

function openstack(options: DistributionOptions, release: string): Package {
  const id = `centos-openstack-${release}`;
  const main = {
    ...sigSection(id, `OpenStack ${release}`, `cloud/openstack-${release}`, cloudKey),
    more: ['exclude=sip,PyQt4'],
  };
  const off = disabledSections(id, ['test', 'debuginfo', 'source']);
  return releasePackage(options, {
    nevra: `centos-release-openstack-${release}-1-1.el7.centos.noarch`,
    requires: ['centos-release-qemu-ev', 'centos-release-ceph-nautilus'],
    conflicts: ['centos-release-openstack'],
    repos: { [`CentOS-OpenStack-${release}.repo`]: [main, ...off, trunkSection(release)] },
    keys: [cloudKey],
  });
}

/** The release packages of the extras repository, with versions and dependencies from the source articles. */
export function releasePackages7(options: DistributionOptions): readonly Package[] {
  const release = (one: Parameters<typeof releasePackage>[1]) => releasePackage(options, one);
  const ceph = sigSection('centos-ceph-nautilus', 'Ceph Nautilus', 'storage/ceph-nautilus', storageKey);
  const ganesha = sigSection('centos-nfs-ganesha28', 'NFS Ganesha 2.8', 'storage/nfs-ganesha-28', storageKey);
  const qemu = sigSection('centos-qemu-ev', 'QEMU EV', 'virt/kvm-common', virtKey);
  return [
    openstack(options, 'stein'),
    openstack(options, 'train'),
    release({
      nevra: 'centos-release-ceph-nautilus-1.2-2.el7.centos.noarch',
      requires: [
        'centos-release >= 7-5.1804.el7.centos.2',
        'centos-release-storage-common',
        'centos-release-nfs-ganesha28',
      ],
      repos: { 'CentOS-Ceph-Nautilus.repo': [ceph] },
    }),
    release({
      nevra: 'centos-release-nfs-ganesha28-1.0-3.el7.centos.noarch',
      requires: ['centos-release-storage-common'],
      repos: { 'CentOS-NFS-Ganesha-28.repo': [ganesha] },
    }),
    release({
      nevra: 'centos-release-qemu-ev-1.0-4.el7.centos.noarch',
      requires: ['centos-release-virt-common'],
      repos: { 'CentOS-QEMU-EV.repo': [qemu] },
    }),
    release({ nevra: 'centos-release-storage-common-2-2.el7.centos.noarch', keys: [storageKey] }),
    release({ nevra: 'centos-release-virt-common-1-1.el7.centos.noarch', keys: [virtKey] }),
    epelRelease(options, 7, 'epel-release-7-11.noarch'),
  ];
}

/** rdo-release.rpm, installed by URL: repeats the same sections. */
export function rdoRelease7(options: DistributionOptions): Package {
  const id = 'openstack-train';
  const main = {
    ...sigSection(id, '', 'cloud/openstack-train', cloudKey),
    name: 'OpenStack Train Repository',
  };
  const qemu = sigSection('rdo-qemu-ev', 'QEMU EV', 'virt/kvm-common', cloudKey);
  return releasePackage(options, {
    nevra: 'rdo-release-train-1.noarch',
    repos: {
      'rdo-release.repo': [main],
      'rdo-testing.repo': [...disabledSections(id, ['testing']), trunkSection('train')],
      'rdo-qemu-ev.repo': [qemu],
    },
    keys: [cloudKey],
    sig: true,
  });
}
