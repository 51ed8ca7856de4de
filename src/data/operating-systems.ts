import type { El } from '../base/facts.ts';
import type { Build } from './releases.ts';
import type { Source } from './sources.ts';

/** Operating systems that a cluster file can name. */
export const osIds = [
  'centos-7',
  'centos-8',
  'centos-stream-8',
  'centos-stream-9',
  'centos-stream-10',
  'rhel-7',
  'rhel-8',
  'rhel-9',
  'rhel-10',
  'rocky-8',
  'rocky-9',
  'rocky-10',
  'almalinux-8',
  'almalinux-9',
  'almalinux-10',
] as const;

export type OsId = (typeof osIds)[number];

/** An operating system of the family. */
export interface OperatingSystem {
  readonly id: OsId;
  readonly name: string;
  /** `ID` of os-release. */
  readonly family: 'centos' | 'rhel' | 'rocky' | 'almalinux';
  readonly el: El;
  readonly manager: 'yum' | 'dnf';
  /** Last day of updates, if a source gives it. */
  readonly ends?: string;
  /** Archive of its repositories after their removal from the mirrors. */
  readonly archive?: string;
  /** Builds whose release package is in its repositories; empty if none. */
  readonly builds: readonly Build[];
  /** Origin of the release repository: a package in the system's repositories, or a file from RDO. */
  readonly releaseFrom: 'extras' | 'url' | 'nowhere';
  readonly sources: readonly Source[];
}

const manager: Readonly<Record<El, 'yum' | 'dnf'>> = { 7: 'yum', 8: 'dnf', 9: 'dnf', 10: 'dnf' };

type Row = Omit<OperatingSystem, 'manager'>;

const rows: readonly Row[] = [
  {
    id: 'centos-7',
    name: 'CentOS Linux 7',
    family: 'centos',
    el: 7,
    ends: '2024-06-30',
    archive: 'https://vault.centos.org/7.9.2009/',
    builds: ['el7'],
    releaseFrom: 'extras',
    sources: ['CENTOS', 'MIRROR', 'CRO'],
  },
  {
    id: 'centos-8',
    name: 'CentOS Linux 8',
    family: 'centos',
    el: 8,
    ends: '2021-12-31',
    archive: 'https://vault.centos.org/8.5.2111/',
    builds: ['el8'],
    releaseFrom: 'extras',
    sources: ['EL8', 'RI'],
  },
  {
    id: 'centos-stream-8',
    name: 'CentOS Stream 8',
    family: 'centos',
    el: 8,
    ends: '2024-05-31',
    archive: 'https://vault.centos.org/8-stream/',
    // IG lists Train for it too, although its tag says el8.
    builds: ['el8', 'el8s'],
    releaseFrom: 'extras',
    sources: ['CENTOS', 'RI', 'IG'],
  },
  {
    id: 'centos-stream-9',
    name: 'CentOS Stream 9',
    family: 'centos',
    el: 9,
    ends: '2027-05-31',
    builds: ['el9s'],
    releaseFrom: 'extras',
    sources: ['CENTOS', 'RW'],
  },
  {
    id: 'centos-stream-10',
    name: 'CentOS Stream 10',
    family: 'centos',
    el: 10,
    ends: '2030-05-31',
    builds: [],
    releaseFrom: 'nowhere',
    sources: ['CENTOS', 'RI'],
  },
  {
    id: 'rhel-7',
    name: 'RHEL 7',
    family: 'rhel',
    el: 7,
    builds: ['el7'],
    releaseFrom: 'url',
    sources: ['IG', 'RR'],
  },
  {
    id: 'rhel-8',
    name: 'RHEL 8',
    family: 'rhel',
    el: 8,
    builds: ['el8', 'el8s'],
    releaseFrom: 'url',
    sources: ['IG', 'RR'],
  },
  {
    id: 'rhel-9',
    name: 'RHEL 9',
    family: 'rhel',
    el: 9,
    builds: ['el9s'],
    releaseFrom: 'url',
    sources: ['RW'],
  },
  {
    id: 'rhel-10',
    name: 'RHEL 10',
    family: 'rhel',
    el: 10,
    builds: [],
    releaseFrom: 'nowhere',
    sources: ['RI'],
  },
  {
    id: 'rocky-8',
    name: 'Rocky Linux 8',
    family: 'rocky',
    el: 8,
    // No source lists the current contents of its extras repository, so nothing is excluded.
    builds: ['el8', 'el8s'],
    releaseFrom: 'extras',
    sources: ['COMMON'],
  },
  {
    id: 'rocky-9',
    name: 'Rocky Linux 9',
    family: 'rocky',
    el: 9,
    builds: ['el9s'],
    releaseFrom: 'extras',
    sources: ['ROCKY'],
  },
  {
    id: 'rocky-10',
    name: 'Rocky Linux 10',
    family: 'rocky',
    el: 10,
    builds: [],
    releaseFrom: 'nowhere',
    sources: ['RI'],
  },
  {
    id: 'almalinux-8',
    name: 'AlmaLinux 8',
    family: 'almalinux',
    el: 8,
    // The release packages for Stream 8 were removed from it after 2024-05-31.
    builds: [],
    releaseFrom: 'nowhere',
    sources: ['ALMA'],
  },
  {
    id: 'almalinux-9',
    name: 'AlmaLinux 9',
    family: 'almalinux',
    el: 9,
    builds: ['el9s'],
    releaseFrom: 'extras',
    sources: ['ALMA'],
  },
  {
    id: 'almalinux-10',
    name: 'AlmaLinux 10',
    family: 'almalinux',
    el: 10,
    builds: [],
    releaseFrom: 'nowhere',
    sources: ['ALMA'],
  },
];

/** All systems, by family and generation. */
export const operatingSystems: readonly OperatingSystem[] = rows.map((row) => ({
  ...row,
  manager: manager[row.el],
}));

/** Finds a system by id. */
export function findSystem(id: string): OperatingSystem | undefined {
  return operatingSystems.find((system) => system.id === id);
}
