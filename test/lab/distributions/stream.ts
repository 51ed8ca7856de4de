import { daemonFiles } from './common.ts';
import { type Package, pkg, pkgs } from './package.ts';
import { type DistributionOptions, keyFiles, repoFile, type Section } from './repofile.ts';

/** The differences between the CentOS Streams. */
export interface Stream {
  readonly el: 8 | 9;
  /** File name in /etc/yum.repos.d to its sections. */
  readonly repos: Readonly<Record<string, readonly Section[]>>;
  readonly colour: string;
}

export const officialKey = 'RPM-GPG-KEY-centosofficial';

/** The three packages that define a Stream and its repositories. */
export function streamRelease(
  options: DistributionOptions,
  stream: Stream,
  version: string,
): readonly Package[] {
  const { el } = stream;
  const text = `CentOS Stream release ${el}\n`;
  const repos = Object.entries(stream.repos).map(
    ([file, sections]) => [`/etc/yum.repos.d/${file}`, repoFile(options, sections)] as const,
  );
  return [
    pkg(`centos-stream-release-${version}.noarch`, {
      provides: [
        `centos-release = ${el}`,
        `system-release = ${el}`,
        `system-release(releasever) = ${el}`,
        `redhat-release = ${el}`,
      ],
      requires: ['centos-stream-repos'],
      files: { '/usr/lib/os-release': osRelease(stream), '/etc/centos-release': text },
      links: { '/etc/redhat-release': 'centos-release', '/etc/system-release': 'centos-release' },
    }),
    pkg(`centos-stream-repos-${version}.noarch`, {
      requires: ['centos-gpg-keys'],
      files: {
        ...Object.fromEntries(repos),
        '/etc/dnf/vars/contentdir': { text: 'centos\n', config: true },
        '/etc/dnf/vars/infra': { text: 'stock\n', config: true },
        '/etc/dnf/vars/stream': { text: `${el}-stream\n`, config: true },
      },
    }),
    pkg(`centos-gpg-keys-${version}.noarch`, { files: keyFiles(options.keys.distribution, officialKey) }),
  ];
}

function osRelease({ el, colour }: Stream): string {
  return `NAME="CentOS Stream"
VERSION="${el}"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="${el}"
PLATFORM_ID="platform:el${el}"
PRETTY_NAME="CentOS Stream ${el}"
ANSI_COLOR="${colour}"
CPE_NAME="cpe:/o:centos:centos:${el}"
HOME_URL="https://centos.org/"
BUG_REPORT_URL="https://bugzilla.redhat.com/"
REDHAT_SUPPORT_PRODUCT="Red Hat Enterprise Linux ${el}"
REDHAT_SUPPORT_PRODUCT_VERSION="CentOS Stream"
`;
}

/** A kernel in its three packages; several versions can be installed side by side. */
export function kernel(version: string): readonly Package[] {
  const requires = [`kernel-core = ${version}`, `kernel-modules = ${version}`];
  const provides = ['installonlypkg(kernel)'];
  return [
    pkg(`kernel-${version}.x86_64`, { requires, provides }),
    pkg(`kernel-core-${version}.x86_64`, { provides }),
    pkg(`kernel-modules-${version}.x86_64`, { provides }),
  ];
}

/** The compiled locales, removed from the base for these systems and provided by packages with the real names. */
export function langpacks(glibc: string): Readonly<Record<'en' | 'ko', Package>> {
  const langpack = (language: string, locale: string) =>
    pkg(`glibc-langpack-${language}-${glibc}.x86_64`, { folders: [`/usr/lib/locale/${locale}.utf8`] });
  return { en: langpack('en', 'en_US'), ko: langpack('ko', 'ko_KR') };
}

const shells = ['/bin/sh', '/bin/bash', '/usr/bin/sh', '/usr/bin/bash'];

export function bash(nevra: string): Package {
  return pkg(nevra, { provides: shells });
}

export function chrony(nevra: string): Package {
  return pkg(nevra, { files: daemonFiles.chrony });
}

/** The tools of dnf-utils: links to one program in the base. */
export function yumUtils(nevra: string): Package {
  const tool = '../libexec/dnf-utils-3';
  const names = ['needs-restarting', 'yum-config-manager', 'repoquery', 'package-cleanup'];
  return pkg(nevra, { links: Object.fromEntries(names.map((name) => [`/usr/bin/${name}`, tool])) });
}

/** Requirements of openstack-selinux on both systems. */
export function selinuxTools(dist: string): readonly Package[] {
  return [
    ...pkgs({}, `policycoreutils-python-utils-2.9-24.${dist}.noarch checkpolicy-2.9-1.${dist}.x86_64`),
    pkg(`2:container-selinux-2.205.0-3.${dist}.noarch`, {
      requires: ['policycoreutils-python-utils', 'selinux-policy >= 3'],
    }),
  ];
}
