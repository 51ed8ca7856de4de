import { msg } from '../../base/l10n.ts';
import { type KnownFailure, set, step, type Told } from './known-failure.ts';

const withoutEpel = [set('repositories.epel', 'disabled'), step('repositories')];

function nothingProvides(need = '', name = ''): Told {
  return {
    cause: msg('{0} needs {1}, which no enabled repository has.', name, need),
    advice: msg(
      'CRB (PowerTools on EL8) is usually disabled, or a repository of another release is enabled; the step `repositories` fixes both.',
    ),
    remedies: [step('repositories')],
  };
}

/** Packages that cannot be together, or not without others. */
export const dependencyFailures: readonly KnownFailure[] = [
  {
    id: 'leatherman',
    source: 'RDO train and stein have leatherman 1.3.0, EPEL 7 has 1.10.0',
    area: 'system',
    level: 'error',
    amongScriptlets: true,
    pattern: /error while loading shared libraries: (leatherman_\w+\.so\S*?):/,
    tell: (library = '') => ({
      cause: msg('{0} is missing because EPEL replaced the leatherman of RDO with a newer one.', library),
      advice: msg('Turn EPEL off, then run yum downgrade leatherman on the node.'),
      remedies: withoutEpel,
    }),
  },
  {
    id: 'epel-clash',
    source: 'openstack-manuals: disable EPEL when using RDO packages',
    area: 'dependency',
    level: 'error',
    pattern: /^Error: Package: |^ ?Problem(?: \d+)?: /,
    beside: /\(@?epel[\w-]*\)|from @?epel/,
    tell: () => ({
      cause: msg('Packages of EPEL conflict: they are newer or older than the ones that RDO needs.'),
      advice: msg(
        'Disable EPEL and run the step `repositories`; what came from EPEL may have to be downgraded.',
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
    beside: /^ *Downgraded By: \S+ \(([^)]+)\)/,
    tell: (name = '', repository = '') => ({
      cause: msg(
        '{0} would have to go because {1} has older packages than the ones installed.',
        name,
        repository,
      ),
      advice: msg(
        'Two systems are mixed: keep either the repositories that the node was installed from, or {0}.',
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
    beside: /^ *Updated By: (\S+)/,
    tell: (holder = '', update = '') => ({
      cause: msg('{0} is installed and needs what {1} would remove.', holder, update),
      advice: msg(
        'Its own update is in none of the enabled repositories: enable the one it came from, or remove the package.',
      ),
    }),
  },
  {
    id: 'requires-missing',
    source: 'yum depsolve.py',
    area: 'dependency',
    level: 'error',
    pattern: /^Error: Package: (\S+) \(([^)]+)\)/,
    beside: /^ *Requires: (.+)/,
    tell: (name = '', repository = '', need = '') => ({
      cause: msg('{0} from {1} needs {2}, which no enabled repository has.', name, repository, need),
      advice: msg(
        'Enable the repository that has it; for OpenStack packages, the RDO repository of the same release.',
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
    tell: nothingProvides,
  },
  {
    id: 'nothing-provides-ko',
    source: 'libsolv problems.c; dnf5 5.4 run',
    area: 'dependency',
    level: 'error',
    pattern: /- (?:\S+에서 )?(\S+)에 의해 필요한 (\S+)을 제공하는 것이/,
    tell: (name = '', need = '') => nothingProvides(need, name),
  },
  {
    id: 'both-versions',
    source: 'libsolv problems.c; dnf 4 on EL8',
    area: 'dependency',
    level: 'error',
    pattern: /cannot install both (\S+)(?: from \S+)? and (\S+)/,
    tell: (one = '', other = '') => ({
      cause: msg('{0} and {1} would be needed at once, and only one of them can be installed.', one, other),
      advice: msg(
        'Bring the node up to date first (the step upgrade), or name the version that fits to what is installed.',
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
    tell: (one = '', other = '') => ({
      cause: msg('{0} and {1} cannot be on the node at the same time.', one, other),
      advice: msg('Remove the one that is not wanted, or let dnf do it with --allowerasing.'),
    }),
  },
  {
    id: 'multilib',
    source: 'yum __init__.py; yum 3.2.29 on CentOS 6',
    area: 'dependency',
    level: 'error',
    pattern: /Multilib version problems found/,
    beside: /Protected multilib versions: (\S+ != \S+)/,
    tell: (versions = '') => ({
      cause: msg('The 32-bit and the 64-bit build of a library would get different versions: {0}.', versions),
      advice: msg('Update both at once or remove the 32-bit one; never switch protected_multilib off.'),
    }),
  },
  {
    id: 'multilib-unnamed',
    source: 'yum __init__.py',
    area: 'dependency',
    level: 'error',
    pattern: /Multilib version problems found/,
    tell: () => ({
      cause: msg('The 32-bit and the 64-bit build of a library would get different versions.'),
      advice: msg('Update both at once or remove the 32-bit one; never switch protected_multilib off.'),
    }),
  },
  {
    id: 'protected',
    source: 'yum __init__.py; github.com/rpm-software-management/dnf5/issues/598',
    area: 'dependency',
    level: 'error',
    pattern: /Trying to remove "([^"]+)", which is protected|removing the following protected packages: (.+)/,
    tell: (names = '') => ({
      cause: msg('{0} would be removed, without which the node could not be administered.', names),
      advice: msg('Check what else would be removed and why; leave that out rather than the protection.'),
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
    tell: () => ({
      cause: msg('There is no way to have all these packages at the same time.'),
      advice: msg('Read what follows the line: the package named last is usually the conflicting one.'),
    }),
  },
];
