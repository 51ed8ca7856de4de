import { msg } from '../../base/l10n.ts';
import { type Area, type KnownFailure, set, step } from './known-failure.ts';

const causes: readonly Area[] = ['repository', 'disk'];

/** Messages of yum and dnf about a repository that failed. */
export const repositoryFailures: readonly KnownFailure[] = [
  {
    id: 'repository-unknown',
    source: 'dnf-plugins-core config_manager.py:134',
    area: 'repository',
    level: 'error',
    pattern:
      /No matching repo to modify: ([^\s,]+?)\.?$|'([^']{1,200})' does not match a valid repository ID/,
    diagnose: (id = '') => ({
      cause: msg('The node has no repository {0}. Its name depends on the system.', id),
      advice: msg(
        'The name is PowerTools or powertools on EL8, and crb on EL9. Step `repositories` uses the correct one.',
      ),
      remedies: [step('repositories')],
    }),
  },
  {
    id: 'repository-defined-twice',
    source: 'dnf5 repo_sack.cpp:159',
    area: 'repository',
    level: 'error',
    pattern: /Failed to create repo "([^"]+)": Id is present more than once/,
    diagnose: (id = '') => ({
      cause: msg('Two files in /etc/yum.repos.d define the repository {0}.', id),
      advice: msg('Remove one of them. Usually two release packages are installed instead of one.'),
    }),
  },
  {
    id: 'repository-listed-twice',
    source: 'yum repos.py:175; dnf repodict.py:38',
    area: 'repository',
    level: 'warning',
    pattern: /^Repository '?(\S+?)'? is listed more than once/,
    diagnose: (id = '') => ({
      cause: msg('Two files in /etc/yum.repos.d define the repository {0}. Only the first one is used.', id),
      advice: msg('Remove one of them. Usually two release packages are installed instead of one.'),
    }),
  },
  {
    id: 'repository-ignored',
    source: 'dnf base.py; dnf 4.14 run',
    area: 'repository',
    level: 'warning',
    pattern:
      /^Ignoring repositories: (.+)|Failed to synchronize cache for repo '([^']{1,200})', ignoring this repo/,
    diagnose: (ids = '') => ({
      cause: msg('dnf continued without {0}, so its packages are missing although nothing failed.', ids),
      advice: msg('Fix or disable the repository. With skip_if_unavailable=0, dnf stops instead.'),
    }),
  },
  {
    id: 'local-repository',
    source: 'libcurl-errors(3): 37, CURLE_FILE_COULDNT_READ_FILE',
    area: 'repository',
    level: 'error',
    pattern: /(?:Curl error \(37\):.{0,200}? for|curl#37 - .{0,100}?) ?"?(file:\/\/\S*?)(?: |"|$)/,
    diagnose: (url = '') => ({
      cause: msg('The file {0} does not exist on the node, or cannot be read.', url),
      advice: msg(
        'Mount the medium or create the repository there (createrepo_c), or correct baseurl= and gpgkey=.',
      ),
    }),
  },
  {
    id: 'no-repositories',
    source: 'yum cli.py; dnf base.py',
    area: 'repository',
    level: 'error',
    pattern: /There are no enabled repo/,
    because: ['repository'],
    diagnose: () => ({
      cause: msg('The node has no enabled repository.'),
      advice: msg('Run yum repolist all, and enable the repositories of the system in /etc/yum.repos.d.'),
    }),
  },
  {
    id: 'metalink',
    source: 'yum yumRepo.py',
    area: 'repository',
    level: 'error',
    pattern: /Cannot retrieve metalink for repository: ([^.\s]+)/,
    because: causes,
    diagnose: (id = '') => ({
      cause: msg('Cannot download the mirror list of {0}.', id),
      advice: msg('Try its metalink address with curl on the node, or use a baseurl instead.'),
    }),
  },
  {
    id: 'no-baseurl',
    source: 'yum yumRepo.py:564; github.com/EuroLinux/cloud-images-rfc/issues/11',
    area: 'repository',
    level: 'error',
    pattern: /Cannot find a valid baseurl for repo: (\S+)/,
    because: causes,
    diagnose: (id = '') => ({
      cause: msg('No address of {0} responds.', id),
      advice: msg(
        'On CentOS 7 and older, the mirrors are gone: point the repositories at the archive. On other systems, check the network of the node.',
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
      /^[^']{1,60}'([^']{1,200})'.{0,200}(?:Cannot download repomd\.xml|Cannot prepare internal mirrorlist|Yum repo downloading error)|Failed to (?:download metadata|synchronize cache) (?:for repo '([^']+)'|.{0,1000}for repository "([^"]+)")|Cannot retrieve repository metadata \(repomd\.xml\) for repository: ([^.\s]+)/,
    because: causes,
    diagnose: (id = '') => ({
      cause: msg('Cannot download the index of the repository {0} from any of its addresses.', id),
      advice: msg('Fix its address in /etc/yum.repos.d, or disable it if you do not need it.'),
    }),
  },
  {
    id: 'mirrors-exhausted',
    source: 'yum yumRepo.py; urlgrabber mirror.py',
    area: 'repository',
    level: 'error',
    pattern: /failure: \S+ from (\S+): \[Errno 256\] No more mirrors to try/,
    because: causes,
    diagnose: (id = '') => ({
      cause: msg('No mirror of {0} has a file that the index lists.', id),
      advice: msg(
        'Run yum clean all and try again. If it still fails, the address of the repository is outdated.',
      ),
    }),
  },
  {
    id: 'download-exhausted',
    source: 'librepo downloader.c: No more mirrors to try - All mirrors were already tried without success',
    area: 'repository',
    level: 'error',
    pattern: /^No more mirrors to try - /,
    because: causes,
    diagnose: () => ({
      cause: msg('No mirror of the repository could be used for a package.'),
      advice: msg('Run dnf clean metadata and try again later, or use another mirror.'),
    }),
  },
  {
    id: 'repository-failed',
    source: 'yum yummain.py:82',
    area: 'repository',
    level: 'error',
    pattern: /^ One of the configured repositories failed \((.*)\)/,
    because: causes,
    diagnose: (name = '') => ({
      cause: msg('Cannot read the repository {0}, and yum has no copy of its index.', name),
      advice: msg('Fix its address in /etc/yum.repos.d, or disable it if you do not need it.'),
    }),
  },
  {
    id: 'address-failed',
    source: 'rpm lib/rpminstall.c: skipping %s - transfer failed; ugoviti/izpbx#89',
    area: 'repository',
    level: 'error',
    pattern: /^error: skipping (\S{1,1000}) - transfer failed/,
    because: ['repository'],
    diagnose: (url = '') => ({
      cause: msg('rpm cannot download {0}.', url),
      advice: msg('Try the address with curl on the node; the lines around this one are what curl says.'),
    }),
  },
  {
    id: 'download-failed',
    source: 'yum cli.py; dnf base.py; dnf5 main.cpp',
    area: 'repository',
    level: 'error',
    pattern: /^(?:Error: )?Error [Dd]ownloading [Pp]ackages|^Failed to download packages|^\[FAILED\] /,
    because: causes,
    diagnose: () => ({
      cause: msg('No mirror has the package.'),
      advice: msg(
        'Run yum clean all (dnf clean all) and try again. If it still fails, the repository is incomplete.',
      ),
    }),
  },
];
