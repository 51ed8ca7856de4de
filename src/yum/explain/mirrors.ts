import { msg } from '../../base/l10n.ts';
import { type KnownFailure, set, step } from './known-failure.ts';

const fromArchive = [set('repositories.archive', 'auto'), step('repositories')];

/** Mirrors that were shut down, and URLs that never worked. */
export const mirrorFailures: readonly KnownFailure[] = [
  {
    id: 'mirrorlist-gone',
    source: 'yum yumRepo.py:2014; github.com/redhat-cip/dci-openshift-agent/issues/17',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Could not|Couldn't) resolve host.{0,300}?mirrorlist\.centos\.org|Could not retrieve mirrorlist https?:\/\/mirrorlist\.centos\.org\//,
    diagnose: () => ({
      cause: msg(
        'mirrorlist.centos.org was shut down when CentOS 7 and CentOS Stream 8 reached their end of life.',
      ),
      advice: msg('Point the repositories at the archive vault.centos.org: run step `repositories`.'),
      remedies: fromArchive,
    }),
  },
  {
    id: 'mirrorlist-empty',
    source: 'libdnf Repo.cpp:1161; librepo handle.c:1100',
    area: 'repository',
    level: 'error',
    pattern: /Cannot prepare internal mirrorlist: No URLs in mirrorlist/,
    diagnose: () => ({
      cause: msg(
        'The mirror list is empty: CentOS Linux 8 and CentOS Stream 8 have reached their end of life; for any other release, its server has a problem.',
      ),
      advice: msg(
        'On CentOS 8, point the repositories at the archive vault.centos.org: run step `repositories`. On any other release, try again later, or use baseurl= with one mirror.',
      ),
      remedies: fromArchive,
    }),
  },
  {
    id: 'centos-moved',
    source: 'dnf 4.14 run; CentOS 7 moved on 2024-07-01 (blog.centos.org, 2023-04)',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Status code: 404 for |^)(https?:\/\/mirror\.centos\.org\/\S*?)(?: \(IP|: \[Errno 14\] HTTPS? Error 404)/,
    diagnose: (url = '') => ({
      cause: msg(
        '{0} no longer exists: the release has reached its end of life and moved to the archive.',
        url,
      ),
      advice: msg('Point the repositories at the archive vault.centos.org: run step `repositories`.'),
      remedies: fromArchive,
    }),
  },
  {
    id: 'epel-moved',
    source: 'smoogespace.blogspot.com, 2024-05: EPEL 7 moved to dl.fedoraproject.org/pub/archive/epel/7',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Status code: 404 for |^)(https?:\/\/(?=\S*\/epel\/[67]\/)\S+?)(?: \(IP|: \[Errno 14\] HTTPS? Error 404)/,
    diagnose: (url = '') => ({
      cause: msg('{0} no longer exists: EPEL for this release has moved to the archive.', url),
      advice: msg('RDO requires EPEL to be disabled anyway. Disable it and run step `repositories`.'),
      remedies: [set('repositories.epel', 'disabled'), step('repositories')],
    }),
  },
  {
    id: 'epel-metalink',
    source: 'yum yumRepo.py; the same message for EPEL on CentOS 6',
    area: 'repository',
    level: 'error',
    pattern: /Cannot retrieve metalink for repository: (epel[^.\s]*)/,
    diagnose: (id = '') => ({
      cause: msg(
        'The mirror list of {0} is unavailable: its server does not respond, or this old system does not trust it.',
        id,
      ),
      advice: msg('RDO requires EPEL to be disabled anyway. Disable it and run step `repositories`.'),
      remedies: [set('repositories.epel', 'disabled'), step('repositories')],
    }),
  },
  {
    id: 'variable-unset',
    source: 'yum 3.4.3 on CentOS 7; centos-release-openstack: /etc/yum/vars/contentdir',
    area: 'repository',
    level: 'error',
    pattern: /https?:\/\/\S{0,300}?(?:%24|\$)(releasever|basearch|contentdir|infra|stream|cloudsigdist)\b/,
    diagnose: (name = '') => ({
      cause: msg(
        'The address still contains {0}, because the variable has no value on the node.',
        `$${name}`,
      ),
      advice: msg(
        'Install the release package that sets it, or write the value to /etc/yum/vars/{0} (dnf: /etc/dnf/vars/{0}).',
        name,
      ),
    }),
  },
];
