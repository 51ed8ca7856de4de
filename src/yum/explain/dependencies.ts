import { msg } from '../../base/l10n.ts';
import { type Diagnosis, type KnownFailure, set, step } from './known-failure.ts';

const withoutEpel = [set('repositories.epel', 'disabled'), step('repositories')];

function nothingProvides(need = '', name = ''): Diagnosis {
  return {
    cause: msg('{0} requires {1}, which is in no enabled repository.', name, need),
    advice: msg(
      'Look for it with dnf repoquery --whatprovides. A disabled repository may have it (CRB, PowerTools on EL8), or the package is for another release or system. If no repository has it, the package is broken upstream: wait, or install an older one (--nobest).',
    ),
  };
}

/** Packages that conflict or have unmet dependencies. */
export const dependencyFailures: readonly KnownFailure[] = [
  {
    id: 'rich-dependencies',
    source:
      'rpm lib/rpmds.c and yum rpmUtils/miscutils.py: Invalid version flag; bugzilla.redhat.com 1446837',
    area: 'dependency',
    level: 'error',
    pattern: /Invalid version flag: (\w+)/,
    diagnose: () => ({
      cause: msg(
        'A package in the repositories has rich dependencies (a or b), which yum 3 and rpm 4.11 cannot read.',
      ),
      advice: msg(
        'It is for EL8 or later. Find its repository by disabling one after the other (yum --disablerepo), then exclude the package there with exclude=.',
      ),
    }),
  },
  {
    id: 'leatherman',
    source: 'RDO train and stein have leatherman 1.3.0, EPEL 7 has 1.10.0',
    area: 'system',
    level: 'error',
    amongScriptlets: true,
    pattern: /error while loading shared libraries: (leatherman_\w+\.so\S*?):/,
    diagnose: (library = '') => ({
      cause: msg('{0} is missing, because EPEL replaced the leatherman of RDO with a newer one.', library),
      advice: msg('Disable EPEL, then run `yum downgrade leatherman` on the node.'),
      remedies: withoutEpel,
    }),
  },
  {
    id: 'epel-clash',
    source: 'openstack-manuals: disable EPEL when using RDO packages',
    area: 'dependency',
    level: 'error',
    pattern: /^Error: Package: |^ ?Problem(?: \d+)?: /,
    accompanied: [
      /\(@?epel[\w-]*\)|from @?epel/,
      /\(@?(?:centos-openstack|openstack|rdo|delorean)[\w.-]*\)|from @?(?:centos-openstack|openstack|rdo|delorean)/,
    ],
    diagnose: () => ({
      cause: msg('EPEL packages conflict: they are newer or older than those RDO requires.'),
      advice: msg(
        'Disable EPEL and run step `repositories`. Packages that came from EPEL may have to be downgraded.',
      ),
      remedies: withoutEpel,
    }),
  },
  {
    id: 'repositories-mixed',
    source: 'yum depsolve.py; yum 3.4.3 on CentOS 7',
    area: 'dependency',
    level: 'error',
    pattern: /^Error: Package: (\S+)/,
    accompanied: [/^ *Downgraded By: \S+ \(([^)]+)\)/],
    diagnose: (name = '', repository = '') => ({
      cause: msg(
        '{0} would be removed, because {1} has older packages than the installed ones.',
        name,
        repository,
      ),
      advice: msg(
        'Repositories of two systems are mixed. Keep either those that the node was installed from, or {0}.',
        repository,
      ),
    }),
  },
  {
    id: 'held-by-installed',
    source: 'yum depsolve.py; yum 3.4.3 on CentOS 7',
    area: 'dependency',
    level: 'error',
    pattern: /^Error: Package: (\S+) \(@?[^)]*\)/,
    accompanied: [/^ *Updated By: (\S+)/],
    diagnose: (holder = '', update = '') => ({
      cause: msg('{0} is installed and requires a package that {1} would remove.', holder, update),
      advice: msg(
        'No enabled repository has an update of it. Enable the repository that it came from, or remove the package.',
      ),
    }),
  },
  {
    id: 'requires-missing',
    source: 'yum depsolve.py',
    area: 'dependency',
    level: 'error',
    pattern: /^Error: Package: (\S+) \(([^)]+)\)/,
    accompanied: [/^ *Requires: (.+)/],
    diagnose: (name = '', repository = '', need = '') => ({
      cause: msg('{0} from {1} requires {2}, which is in no enabled repository.', name, repository, need),
      advice: msg(
        'Enable the repository that has it. For OpenStack packages, that is the RDO repository of the same release.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'kernel-module',
    source: 'kmod packages: Requires: kernel(SYMBOL) = CHECKSUM; ELRepo, ZFS on Linux',
    area: 'dependency',
    level: 'error',
    pattern:
      /nothing provides (kernel(?:\([^)]{1,200}\)|-core|-uname-r)? (?:=|>=|<) \S+|ksym\([^)]{1,200}\)(?: = \S+)?|kernel-abi-\S+(?: = \S+)?) needed by (\S+)/,
    diagnose: (need = '', name = '') => ({
      cause: msg('{0} was built for another kernel: it requires {1}.', name, need),
      advice: msg(
        'Use the build for the minor release of this node, or a dkms package; or bring the kernel to the release that it was built for.',
      ),
    }),
  },
  {
    id: 'crb-needed',
    source: 'docs.fedoraproject.org/en-US/epel: EPEL packages depend on CRB',
    area: 'dependency',
    level: 'error',
    pattern: /nothing provides (.{1,500}?) needed by (\S+) from @?(?:epel|centos-openstack|rdo|delorean)/,
    diagnose: (need = '', name = '') => ({
      cause: msg(
        '{0} requires {1}, and packages of EPEL and RDO depend on CRB (PowerTools on EL8).',
        name,
        need,
      ),
      advice: msg(
        'Enable it: dnf config-manager --set-enabled crb (EL8: powertools; RHEL: subscription-manager repos --enable codeready-builder-for-rhel-9-x86_64-rpms). Step `repositories` does so. If it is enabled already, the package is broken upstream.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'nothing-provides',
    source: 'libsolv problems.c; dnf 4.14 and dnf5 5.4 runs in four languages',
    area: 'dependency',
    level: 'error',
    pattern:
      /nothing provides (.{1,500}?) needed by (\S+)|- (\S+) が提供されません (\S+)|没有东西可提供 ([^\s（]+)（([^\s（]+) 需要）|nichts stellt (\S+) bereit, das von (\S+) benötigt/,
    diagnose: nothingProvides,
  },
  {
    id: 'nothing-provides-ko',
    source: 'libsolv problems.c; dnf5 5.4 run',
    area: 'dependency',
    level: 'error',
    pattern: /- (?:\S+에서 )?(\S+)에 의해 필요한 (\S+)을 제공하는 것이/,
    diagnose: (name = '', need = '') => nothingProvides(need, name),
  },
  {
    id: 'both-versions',
    source: 'libsolv problems.c; dnf 4 on EL8',
    area: 'dependency',
    level: 'error',
    pattern: /cannot install both (\S+)(?: from \S+)? and (\S+)/,
    diagnose: (one = '', other = '') => ({
      cause: msg('{0} and {1} are both required, but only one of them can be installed.', one, other),
      advice: msg(
        'The lines below name the package that requires the older one. Update the node first (step `upgrade`). If no newer build of that package exists, the enabled repositories are out of step: refresh or complete them (dnf clean all), or use versions that match.',
      ),
      remedies: [step('upgrade')],
    }),
  },
  {
    id: 'packages-conflict',
    source: 'libsolv problems.c; dnf 4.14 and dnf5 5.4 runs; yum depsolve.py',
    area: 'dependency',
    level: 'error',
    pattern:
      /(?:package |^Error: )(\S+)(?: from \S+)? conflicts with (?:\S+ provided by )?(\S+)|パッケージ (\S+) は (\S+) と競合|软件包 (\S+) 与 ([^\s（]+)（.{0,300}冲突|Paket (\S+) steht im Konflikt mit ([^\s,]+)/,
    diagnose: (one = '', other = '') => ({
      cause: msg('{0} and {1} conflict with each other.', one, other),
      advice: msg('Remove the one that you do not need, or use dnf with --allowerasing.'),
    }),
  },
  {
    id: 'needed-by-installed',
    source: 'libsolv problems.c; microdnf remove on UBI 8; dnf 4 and dnf5 runs',
    area: 'dependency',
    level: 'error',
    pattern: /package (\S+) from @System requires ([^,]{1,300}), but none of the providers can be installed/,
    diagnose: (name = '', need = '') => ({
      cause: msg('{0} is installed and requires {1}, which would be removed or replaced.', name, need),
      advice: msg(
        'Remove {0} as well if nothing needs it, or leave out the package that {0} requires. For an upgrade, wait for an update of {0}.',
        name,
      ),
    }),
  },
  {
    id: 'multilib',
    source: 'yum __init__.py; yum 3.2.29 on CentOS 6',
    area: 'dependency',
    level: 'error',
    pattern: /Multilib version problems found/,
    accompanied: [/Protected multilib versions: (\S+ != \S+)/],
    diagnose: (versions = '') => ({
      cause: msg('The 32-bit and 64-bit builds of a library would have different versions: {0}.', versions),
      advice: msg('Update both together, or remove the 32-bit package. Never disable protected_multilib.'),
    }),
  },
  {
    id: 'multilib-unnamed',
    source: 'yum __init__.py',
    area: 'dependency',
    level: 'error',
    pattern: /Multilib version problems found/,
    diagnose: () => ({
      cause: msg('The 32-bit and 64-bit builds of a library would have different versions.'),
      advice: msg('Update both together, or remove the 32-bit package. Never disable protected_multilib.'),
    }),
  },
  {
    id: 'protected',
    source: 'yum __init__.py; github.com/rpm-software-management/dnf5/issues/598',
    area: 'dependency',
    level: 'error',
    pattern:
      /Trying to remove "([^"]+)", which is protected|removing the following protected(?: packages: (.+))?/,
    diagnose: (names = '') => ({
      cause:
        names === ''
          ? msg('A protected package would be removed, without which the system cannot run.')
          : msg('{0} would be removed, but the node cannot be administered without it.', names),
      advice: msg(
        'Usually the repositories are out of step: try again later, or with --nobest. Do not disable the protection, and do not use --allowerasing.',
      ),
    }),
  },
  {
    id: 'unresolved',
    source: 'dnf cli.py; dnf5 main.cpp',
    area: 'dependency',
    level: 'error',
    pattern:
      /^ ?(?:Problem|문제|問題|问题|Problème|Problema)(?: \d+)?\s?[:：]|^Failed to resolve the transaction|^Error: Package: /,
    because: ['dependency', 'package'],
    diagnose: () => ({
      cause: msg('These packages cannot all be installed together.'),
      advice: msg('Read the lines after this one: the package named last is usually the conflicting one.'),
    }),
  },
];
