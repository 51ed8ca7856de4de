import { msg } from '../../base/l10n.ts';
import { type Diagnosis, type KnownFailure, set, step } from './known-failure.ts';

const withoutEpel = [set('repositories.epel', 'disabled'), step('repositories')];

function nothingProvides(need = '', name = ''): Diagnosis {
  return {
    cause: msg('{0} requires {1}, which is in no enabled repository.', name, need),
    advice: msg(
      'CRB (PowerTools on EL8) is usually disabled, or a repository of another release is enabled. Step `repositories` fixes both.',
    ),
    remedies: [step('repositories')],
  };
}

/** Packages that conflict or have unmet dependencies. */
export const dependencyFailures: readonly KnownFailure[] = [
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
    accompanied: /\(@?epel[\w-]*\)|from @?epel/,
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
    accompanied: /^ *Downgraded By: \S+ \(([^)]+)\)/,
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
    accompanied: /^ *Updated By: (\S+)/,
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
    accompanied: /^ *Requires: (.+)/,
    diagnose: (name = '', repository = '', need = '') => ({
      cause: msg('{0} from {1} requires {2}, which is in no enabled repository.', name, repository, need),
      advice: msg(
        'Enable the repository that has it. For OpenStack packages, that is the RDO repository of the same release.',
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
        'Update the node first (step `upgrade`), or specify the version that matches the installed packages.',
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
    id: 'multilib',
    source: 'yum __init__.py; yum 3.2.29 on CentOS 6',
    area: 'dependency',
    level: 'error',
    pattern: /Multilib version problems found/,
    accompanied: /Protected multilib versions: (\S+ != \S+)/,
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
    pattern: /Trying to remove "([^"]+)", which is protected|removing the following protected packages: (.+)/,
    diagnose: (names = '') => ({
      cause: msg('{0} would be removed, but the node cannot be administered without it.', names),
      advice: msg(
        'Check what else would be removed and why. Exclude that package; do not disable the protection.',
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
