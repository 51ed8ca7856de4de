import { msg } from '../../base/l10n.ts';
import { type Area, type KnownFailure, set, step } from './known-failure.ts';

const causes: readonly Area[] = ['repository', 'disk'];

/** What yum and dnf say of a repository when they give it up. */
export const repositoryFailures: readonly KnownFailure[] = [
  {
    id: 'repository-unknown',
    source: 'dnf-plugins-core config_manager.py:134',
    area: 'repository',
    level: 'error',
    pattern: /No matching repo to modify: ([^\s,]+?)\.?$/,
    tell: (id = '') => ({
      cause: msg('The node has no repository called {0}; each system has another name for it.', id),
      advice: msg('It is PowerTools or powertools on EL8 and crb on EL9; the step repositories knows which.'),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'repository-defined-twice',
    source: 'dnf5 repo_sack.cpp:159',
    area: 'repository',
    level: 'error',
    pattern: /Failed to create repo "([^"]+)": Id is present more than once/,
    tell: (id = '') => ({
      cause: msg('Two files in /etc/yum.repos.d define the repository {0}.', id),
      advice: msg('Remove one of them: usually two release packages are installed, where one is right.'),
    }),
  },
  {
    id: 'repository-listed-twice',
    source: 'yum repos.py:175; dnf repodict.py:38',
    area: 'repository',
    level: 'warning',
    pattern: /^Repository '?(\S+?)'? is listed more than once/,
    tell: (id = '') => ({
      cause: msg('Two files in /etc/yum.repos.d define the repository {0}; only the first one counts.', id),
      advice: msg('Remove one of them: usually two release packages are installed, where one is right.'),
    }),
  },
  {
    id: 'repository-ignored',
    source: 'dnf base.py; dnf 4.14 run',
    area: 'repository',
    level: 'warning',
    pattern: /^Ignoring repositories: (.+)/,
    tell: (ids = '') => ({
      cause: msg('dnf went on without {0}, so its packages are missing although nothing failed.', ids),
      advice: msg('Fix or disable the repository; with skip_if_unavailable=0 dnf stops instead.'),
    }),
  },
  {
    id: 'no-repositories',
    source: 'yum cli.py; dnf base.py',
    area: 'repository',
    level: 'error',
    pattern: /There are no enabled repo/,
    tell: () => ({
      cause: msg('Every repository of the node is disabled.'),
      advice: msg('Run yum repolist all, and enable the ones of the system in /etc/yum.repos.d.'),
    }),
  },
  {
    id: 'metalink',
    source: 'yum yumRepo.py',
    area: 'repository',
    level: 'error',
    pattern: /Cannot retrieve metalink for repository: ([^.\s]+)/,
    because: causes,
    tell: (id = '') => ({
      cause: msg('The list of mirrors of {0} cannot be fetched.', id),
      advice: msg('Try its metalink address with curl on the node, or put a baseurl in its place.'),
    }),
  },
  {
    id: 'no-baseurl',
    source: 'yum yumRepo.py:564; github.com/EuroLinux/cloud-images-rfc/issues/11',
    area: 'repository',
    level: 'error',
    pattern: /Cannot find a valid baseurl for repo: (\S+)/,
    because: causes,
    tell: (id = '') => ({
      cause: msg('yum has no address for {0} that answers.', id),
      advice: msg(
        'On CentOS 7 and older the mirrors are gone: let the repositories point to the archive. Elsewhere check the network of the node.',
      ),
      remedies: [set('repositories.archive', 'auto'), step('repositories')],
    }),
  },
  {
    id: 'metadata-failed',
    source: 'libdnf Repo.cpp; dnf5 download_callbacks.cpp',
    area: 'repository',
    level: 'error',
    pattern:
      /Failed to download metadata (?:for repo '([^']+)'|.{0,1000}for repository "([^"]+)")|Cannot retrieve repository metadata \(repomd\.xml\) for repository: ([^.\s]+)/,
    because: causes,
    tell: (id = '') => ({
      cause: msg('The index of the repository {0} cannot be fetched from any of its addresses.', id),
      advice: msg('Correct its address in /etc/yum.repos.d, or disable it if it is not needed.'),
    }),
  },
  {
    id: 'mirrors-exhausted',
    source: 'yum yumRepo.py; urlgrabber mirror.py',
    area: 'repository',
    level: 'error',
    pattern: /failure: \S+ from (\S+): \[Errno 256\] No more mirrors to try/,
    because: causes,
    tell: (id = '') => ({
      cause: msg('No mirror of {0} gave a file that its index names.', id),
      advice: msg(
        'Run yum clean all and try again; if it stays, the address of the repository is out of date.',
      ),
    }),
  },
  {
    id: 'repository-failed',
    source: 'yum yummain.py:82',
    area: 'repository',
    level: 'error',
    pattern: /^ One of the configured repositories failed \((.*)\)/,
    because: causes,
    tell: (name = '') => ({
      cause: msg('The repository {0} cannot be read, and yum has no copy of its index.', name),
      advice: msg('Correct its address in /etc/yum.repos.d, or disable it if it is not needed.'),
    }),
  },
  {
    id: 'download-failed',
    source: 'yum cli.py; dnf base.py; dnf5 main.cpp',
    area: 'repository',
    level: 'error',
    pattern: /^(?:Error: )?Error [Dd]ownloading [Pp]ackages|^Failed to download packages|^\[FAILED\] /,
    because: causes,
    tell: () => ({
      cause: msg('A package could not be fetched from any mirror.'),
      advice: msg(
        'Run yum clean all (dnf clean all) and try again; if it stays, the repository is incomplete.',
      ),
    }),
  },
];
