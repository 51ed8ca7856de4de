import type { El } from '../base/facts.ts';
import type { Source } from './sources.ts';

/** Repositories to enable in addition to the release repository, by generation and vendor. */
export interface Needed {
  readonly el: El;
  readonly vendor: 'centos' | 'rhel';
  /** Repository ids. */
  readonly repositories: readonly string[];
  readonly sources: readonly Source[];
}

/** Repositories that RDO needs in addition to its own; rows for CentOS also apply to its rebuilds. */
export const neededRepositories: readonly Needed[] = [
  {
    el: 7,
    vendor: 'centos',
    repositories: ['base', 'updates', 'extras'],
    sources: ['IG', 'CRO'],
  },
  {
    el: 7,
    vendor: 'rhel',
    repositories: [
      'rhel-7-server-optional-rpms',
      'rhel-7-server-extras-rpms',
      'rhel-7-server-rh-common-rpms',
    ],
    sources: ['IG'],
  },
  {
    el: 8,
    vendor: 'centos',
    repositories: ['powertools'],
    sources: ['RW', 'CRO'],
  },
  {
    el: 8,
    vendor: 'rhel',
    repositories: [
      'rhel-8-for-x86_64-appstream-rpms',
      'rhel-8-for-x86_64-supplementary-rpms',
      'codeready-builder-for-rhel-8-x86_64-rpms',
    ],
    sources: ['IG'],
  },
  { el: 9, vendor: 'centos', repositories: ['crb'], sources: ['RW'] },
  {
    el: 9,
    vendor: 'rhel',
    repositories: [
      'rhel-9-for-x86_64-baseos-rpms',
      'rhel-9-for-x86_64-appstream-rpms',
      'rhel-9-for-x86_64-supplementary-rpms',
      'codeready-builder-for-rhel-9-x86_64-rpms',
    ],
    sources: ['IG'],
  },
];

/** Release packages that a release package of RDO depends on, for a range of releases and their builds. */
export interface IncludedPackages {
  readonly el: El;
  readonly from: string;
  readonly to: string;
  readonly packages: readonly string[];
  readonly sources: readonly Source[];
}

const qemu = 'centos-release-qemu-ev';

const ofEl8 = [
  'centos-release-advanced-virtualization',
  'centos-release-rabbitmq-38',
  'centos-release-ceph-nautilus',
];

export const includedPackages: readonly IncludedPackages[] = [
  { el: 7, from: 'mitaka', to: 'mitaka', packages: [qemu, 'centos-release-ceph-hammer'], sources: ['CRO'] },
  { el: 7, from: 'newton', to: 'pike', packages: [qemu, 'centos-release-ceph-jewel'], sources: ['CRO'] },
  { el: 7, from: 'queens', to: 'rocky', packages: [qemu, 'centos-release-ceph-luminous'], sources: ['CRO'] },
  {
    el: 7,
    from: 'stein',
    to: 'train',
    packages: [qemu, 'centos-release-ceph-nautilus'],
    sources: ['CRO'],
  },
  // Train has the repositories of advanced virtualization and Ceph in its own .repo files.
  {
    el: 8,
    from: 'train',
    to: 'train',
    packages: ['centos-release-rabbitmq-38', 'centos-release-storage-common'],
    sources: ['CRO'],
  },
  { el: 8, from: 'ussuri', to: 'ussuri', packages: ofEl8, sources: ['CRO'] },
  {
    el: 8,
    from: 'victoria',
    to: 'yoga',
    packages: [...ofEl8, 'centos-release-nfv-openvswitch'],
    sources: ['CRO'],
  },
];

/** The ids in the .repo files of the systems; sources: the distributions' release packages (COMMON). */
export const systemRepositories: readonly string[] = [
  'base',
  'updates',
  'extras',
  'centosplus',
  'baseos',
  'appstream',
  'powertools',
  'crb',
  'ha',
  'highavailability',
  'extras-common',
  'epel',
];

/** The ids in the release packages of RDO; sources: CRO, RR. */
export function releaseRepositories(release: string): readonly string[] {
  return [
    `centos-openstack-${release}`,
    `centos-openstack-${release}-test`,
    `centos-openstack-${release}-debuginfo`,
    `centos-openstack-${release}-source`,
    `openstack-${release}`,
    `openstack-${release}-testing`,
    `rdo-trunk-${release}-tested`,
  ];
}

/** A URL that no longer works. */
export interface DeadAddress {
  /** Matches the URL: a regular expression without flags. */
  readonly pattern: string;
  readonly since: string;
  /** The current location of its content. */
  readonly instead: string;
  readonly source: Source;
}

export const deadAddresses: readonly DeadAddress[] = [
  {
    pattern: '^https?://mirrorlist\\.centos\\.org(?:[:/?]|$)',
    since: '2024-07-01',
    instead: 'https://vault.centos.org/',
    source: 'MIRROR',
  },
  {
    pattern: '^https?://mirror\\.centos\\.org/centos/(?:7(?:\\.\\d+\\.\\d+)?|\\$releasever)/',
    since: '2024-07-01',
    instead: 'https://vault.centos.org/7.9.2009/',
    source: 'MIRROR',
  },
  {
    pattern: '^https?://mirror\\.centos\\.org/centos/8(?:\\.\\d+\\.\\d+)?/',
    since: '2021-12-31',
    instead: 'https://vault.centos.org/8.5.2111/',
    source: 'EL8',
  },
  {
    pattern: '^https?://mirror\\.centos\\.org/centos/8-stream/',
    since: '2024-05-31',
    instead: 'https://vault.centos.org/8-stream/',
    source: 'CENTOS',
  },
  {
    pattern: '^https?://(?:dl|download)\\.fedoraproject\\.org/pub/epel/7/',
    since: '2024-06-30',
    instead: 'https://dl.fedoraproject.org/pub/archive/epel/7/',
    source: 'EPEL',
  },
  {
    pattern: '^https?://(?:www\\.)?rdoproject\\.org/repos/',
    since: '2024-08-01',
    instead: 'https://trunk.rdoproject.org/rdo_release/',
    source: 'RW',
  },
];

/** CentOS hosts that have been shut down for every release, as an awk expression; sources: MIRROR, CENTOS. */
export const deadRepositoryHosts = '^https?://(mirrorlist|mirror)[.]centos[.]org([:/?]|$)';

/** Repositories with unsigned packages; source: RW repos.md. */
export const unsignedHosts = /^https?:\/\/(?:trunk\.rdoproject\.org|buildlogs\.centos\.org)\//;

/** RHEL has no release package; RDO's file is downloaded. Source: rdoproject.org documentation, repos.md. */
export function releaseUrl(release: string, el: number): string {
  const build = { 7: '', 8: '.el8', 9: '.el9s' }[el] ?? '';
  return `https://trunk.rdoproject.org/rdo_release/openstack-${release}/rdo-release-${release}${build}.rpm`;
}

/** Where the .repo files of the systems find their mirrors, by family; source: the distributions' release packages (COMMON). */
export const mirrorLists = {
  centos: 'https://mirrors.centos.org/metalink',
  rhel: 'https://cdn.redhat.com/',
  rocky: 'https://mirrors.rockylinux.org/mirrorlist',
  almalinux: 'https://mirrors.almalinux.org/mirrorlist',
} as const;

/** Where EPEL finds its mirrors; source: epel-release. */
export const epelMirrors = 'https://mirrors.fedoraproject.org/metalink';
