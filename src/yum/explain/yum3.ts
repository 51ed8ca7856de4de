import { msg } from '../../base/l10n.ts';
import type { Diagnosis, KnownFailure } from './known-failure.ts';

function brokenFile(file: string): Diagnosis {
  return {
    cause:
      file === ''
        ? msg('A .repo file is broken, so yum cannot start.')
        : msg(
            'The file {0} is broken: yum does not start, and dnf continues without its repositories.',
            file,
          ),
    advice: msg('The message names the line. Correct the file, or move it out of /etc/yum.repos.d.'),
  };
}

const groupAdvice = msg(
  'yum grouplist hidden ids (dnf group list --hidden) shows the groups and how they are called.',
);

/** What ends yum 3, and what it does without saying so; the words are those of yum 3.4.3, some also of dnf. */
export const yum3Failures: readonly KnownFailure[] = [
  {
    id: 'download-directory-full',
    source: 'yum yumRepo.py:991; yum 3.4.3 run with a full file system',
    area: 'disk',
    level: 'error',
    pattern: /Insufficient space in download directory (\S+)/,
    diagnose: (path = '') => ({
      cause: msg('The file system with {0} has no space for the download.', path),
      advice: msg(
        'Free disk space (yum clean all, old kernels, /var/log) or enlarge {0}, then run it again.',
        path,
      ),
    }),
  },
  {
    id: 'repository-file-broken',
    source: 'yum __init__.py:474, Python ConfigParser; yum 3.4.3 run; libdnf: Parsing file',
    area: 'repository',
    level: 'error',
    pattern: /File contains no section headers|File contains parsing errors/,
    accompanied: [/^(?:file: |File contains parsing errors: )(?:file:\/\/)?([^\s,]+)/],
    diagnose: (file = '') => brokenFile(file),
  },
  {
    id: 'repository-file-skipped',
    source: 'libdnf ConfigParser; dnf base.py: failed loading',
    area: 'repository',
    level: 'warning',
    pattern: /Parsing file ["']([^"']{1,300})["'] failed: |^Warning: failed loading '([^']{1,300})'/,
    diagnose: (file = '') => brokenFile(file),
  },
  {
    id: 'repository-file-unnamed',
    source: 'yum __init__.py:474, Python ConfigParser, of a log that ends there',
    area: 'repository',
    level: 'error',
    pattern: /File contains (?:no section headers|parsing errors)/,
    diagnose: () => brokenFile(''),
  },
  {
    id: 'key-declined',
    source: 'yum __init__.py:6362; yum 3.4.3 run, answered n',
    area: 'signature',
    level: 'error',
    pattern: /^Didn't install any keys/,
    diagnose: () => ({
      cause: msg(
        'The import of the key was declined, so the packages cannot be verified. Nothing was changed.',
      ),
      advice: msg(
        'Compare the fingerprint with the one that the vendor publishes. If they match, answer y, or import the key with rpm --import.',
      ),
    }),
  },
  {
    id: 'key-invalid',
    source: 'yum __init__.py: Invalid GPG Key from',
    area: 'signature',
    level: 'error',
    pattern: /Invalid GPG Key from ([^\s:]+:\S+?):? |GPG key parsing failed/,
    diagnose: (url = '') => ({
      cause:
        url === ''
          ? msg('The file that gpgkey= names is not a key.')
          : msg('{0} is not a key: the server may have returned a page instead.', url),
      advice: msg('Open the address with curl on the node, and correct gpgkey= of the repository.'),
    }),
  },
  {
    id: 'metadata-unsigned',
    source: 'yum yumRepo.py:1728; librepo: repomd.xml GPG signature verification error',
    area: 'repository',
    level: 'error',
    pattern:
      /repomd\.xml signature could not be verified for (\S+)|cannot verify repomd\.xml for repo (\S+)|Error finding signature for repomd\.xml for ([^\s:]+)|repomd\.xml GPG signature verification error|GPG verification is enabled, but GPG signature is not available|\/repomd\.xml\.asc: \[Errno 14\] HTTPS? Error 404|^failure: repodata\/repomd\.xml\.asc from (\S+):/,
    diagnose: (id = '') => ({
      cause:
        id === ''
          ? msg('The index of a repository has no valid signature, and repo_gpgcheck is set.')
          : msg('The index of {0} has no valid signature, and repo_gpgcheck is set.', id),
      advice: msg(
        'Run yum clean metadata and try again: it may be changing. Then check gpgkey= of the repository. Set repo_gpgcheck=0 only if its vendor does not sign the index; gpgcheck=1 still verifies the packages.',
      ),
    }),
  },
  {
    id: 'package-not-opened',
    source: 'yum __init__.py:5570; yum 3.4.3 run; dnf base.py: Could not open',
    area: 'package',
    level: 'warning',
    pattern: /^Cannot open(?: file)?: (.{1,500}?)\. Skipping\.|^Could not open: (\S+)/,
    diagnose: (file = '') => ({
      cause: msg('The package {0} cannot be read.', file),
      advice: msg(
        'Try the address with curl -fI on the node: it may be gone, or a proxy is required. A file must exist on the node and be a complete rpm package.',
      ),
    }),
  },
  {
    id: 'wrong-architecture',
    source: 'yum __init__.py: Not a compatible architecture; rpm rpmprob.c; libsolv problems.c',
    area: 'package',
    level: 'warning',
    pattern:
      /^Cannot add package (\S+) to transaction\. Not a compatible architecture|package (\S+) is intended for a (?:different )?\S+ (?:architecture|operating system)|package (\S+) does not have a compatible architecture/,
    diagnose: (name = '') => ({
      cause: msg('{0} is for another architecture than that of the node.', name),
      advice: msg('Get the build for the architecture that uname -m prints, or a noarch one.'),
    }),
  },
  {
    id: 'update-not-installed',
    source: 'yum __init__.py:5600; dnf base.py: Package X available, but not installed',
    area: 'package',
    level: 'warning',
    pattern:
      /^Package (\S+) not installed, cannot update it|^Package(?:\(s\))? (\S+) available, but not installed|^Packages for argument '([^']+)' available, but not installed/,
    diagnose: (name = '') => ({
      cause: msg('{0} is not installed, so there is nothing to update.', name),
      advice: msg('Use install instead of update.'),
    }),
  },
  {
    id: 'group-missing',
    source: 'yum cli.py, __init__.py:4661; yum 3.4.3 run; dnf comps.py',
    area: 'package',
    level: 'warning',
    pattern:
      /[Gg]roup (\S{1,200}) does not exist|No (?:group|environment|Group|Environment) named (.{1,200}) exists|Module or Group '([^']{1,200})' (?:is not available|does not exist)|^missing groups or modules: (.{1,200})/,
    diagnose: (name = '') => ({
      cause: msg('No enabled repository has the group {0}.', name),
      advice: groupAdvice,
    }),
  },
  {
    id: 'groups-empty',
    source: 'yum cli.py; yum 3.4.3 run',
    area: 'package',
    level: 'error',
    pattern: /No packages in any requested group available/,
    because: ['package'],
    diagnose: () => ({
      cause: msg('No enabled repository has one of the requested groups with packages.'),
      advice: groupAdvice,
    }),
  },
  {
    id: 'cache-only',
    source: 'yum yumRepo.py:965; dnf repo.py: Cache-only enabled',
    area: 'repository',
    level: 'error',
    pattern:
      /Caching enabled but no local cache of .{1,500} from (\S+)|Cache-only enabled but no cache for '([^']{1,200})'/,
    diagnose: (id = '') => ({
      cause: msg('The run used the cache only (-C), which has nothing of {0}.', id),
      advice: msg('Run yum makecache first (as the same user), or run it without -C.'),
    }),
  },
  {
    id: 'main-configuration',
    source: 'yum cli.py:293; utils.py:330',
    area: 'system',
    level: 'error',
    pattern: /^(?:Config|Options) [Ee]rror: (.{1,500})/,
    diagnose: (what = '') => ({
      cause: msg('yum cannot read its configuration: {0}.', what),
      advice: msg('Correct /etc/yum.conf, or the file that -c names.'),
    }),
  },
  {
    id: 'wrong-use',
    source: 'yum cli.py, yumcommands.py; dnf: argparse',
    area: 'system',
    level: 'error',
    pattern:
      /^Command line error: (.{1,300})|^(?:Error: )?(Need to pass a list of pkgs to \S+|You need to give some command|Need an item to match)|^dnf(?: \S+)?: error: (.{1,300})|^error: (\(--.{1,300})/,
    diagnose: (what = '') => ({
      cause: msg('The command is incomplete or has an unknown option: {0}.', what),
      advice: msg('Correct the command. A variable in a script may be empty.'),
    }),
  },
  {
    id: 'lock-not-created',
    source: 'yum __init__.py:2309, cli.py:552',
    area: 'system',
    level: 'error',
    pattern: /^Could not create lock at (\S+): |^Can't create lock file; exiting/,
    diagnose: (path = '') => ({
      cause: msg('yum cannot write its lock file {0}.', path || '/var/run/yum.pid'),
      advice: msg(
        'Run it as root. Check that the file system is not full and not mounted read-only (df -h, findmnt).',
      ),
    }),
  },
  {
    id: 'database-changed',
    source: 'yum rpmsack.py:93, 781; github.com/moby/moby/issues/10180',
    area: 'database',
    level: 'error',
    pattern: /Rpmdb changed underneath us|Rpmdb checksum is invalid/,
    diagnose: () => ({
      cause: msg(
        'The rpm database changed while yum was reading it, or does not match what yum stored about it.',
      ),
      advice: msg(
        'Run it again when no other program changes packages. In a container on overlayfs, install yum-plugin-ovl first, or run rpm --rebuilddb in the same command.',
      ),
    }),
  },
  {
    id: 'database-duplicates-unfinished',
    source: 'libdnf5 rpm/transaction.cpp:193; github.com/rpm-software-management/dnf5/issues/518 and 2374',
    area: 'database',
    level: 'error',
    pattern: /The rpm transaction contains more elements than requested/,
    diagnose: () => ({
      cause: msg(
        'An earlier run was interrupted, so two versions of some packages are installed, and dnf 5 stops.',
      ),
      advice: msg(
        'List them with dnf check --duplicates, remove the older ones (dnf remove --duplicates), then run it again.',
      ),
    }),
  },
  {
    id: 'rpm-too-old',
    source: 'rpm lib/rpmds.c: rpmlib(FEATURE); yum cli.py: ERROR You need to update rpm to handle',
    area: 'system',
    level: 'error',
    pattern: /rpmlib\((\w{1,60})\)[^:]{0,60} is needed by (\S+)/,
    diagnose: (feature = '', name = '') => ({
      cause: msg('{1} was built for a newer rpm than that of the node: it requires {0}.', feature, name),
      advice: msg('Get the build of the package for this release of the system.'),
    }),
  },
  {
    id: 'download-only',
    source: 'yum __init__.py:2653; yum 3.4.3 run, answered d',
    area: 'package',
    level: 'warning',
    pattern: /^exiting because "Download Only" specified/,
    diagnose: () => ({
      cause: msg('The packages were only downloaded. Nothing was installed.'),
      advice: msg('Run it again without --downloadonly (answer y instead of d) to install them.'),
    }),
  },
];
