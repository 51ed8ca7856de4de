import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Repositories whose server answers, but not with what their configuration or their index names. */
export const metadataFailures: readonly KnownFailure[] = [
  {
    id: 'installroot-empty',
    source: 'dnf5 context.cpp: No repositories were loaded from the installroot; containers/qm#642',
    area: 'repository',
    level: 'error',
    pattern: /^No repositories were loaded from the installroot/,
    diagnose: () => ({
      cause: msg('The folder of --installroot has no repositories, so no package was found.'),
      advice: msg('Add --use-host-config to use those of the node, or put .repo files into the folder.'),
    }),
  },
  {
    id: 'entitlement-missing',
    source: 'libcurl-errors(3): 58, CURLE_SSL_CERTPROBLEM; opendatahub-io/notebooks#2772',
    area: 'repository',
    level: 'error',
    pattern: /Curl error \(58\):.{0,300}? for (https:\/\/cdn\.redhat\.com\/\S*)/,
    diagnose: (url = '') => ({
      cause: msg(
        'The certificate of the Red Hat subscription, which {0} requires, is missing, unreadable or expired.',
        url,
      ),
      advice: msg(
        'Run subscription-manager refresh. If it stays so, register the system again. In a container, mount /etc/pki/entitlement and /etc/rhsm of a registered host.',
      ),
    }),
  },
  {
    id: 'entitlement',
    source: 'access.redhat.com/solutions/1320623; dnf 4.14 on RHEL 9',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Status code: 403 for |^)(https:\/\/cdn\.redhat\.com\/\S*)(?: \(IP|: \[Errno 14\] HTTPS? Error 403|$)/,
    diagnose: (url = '') => ({
      cause: msg(
        'The Red Hat CDN denied access to {0}: the subscription of this system has expired or does not include the repository.',
        url,
      ),
      advice: msg(
        'Run subscription-manager refresh, then subscription-manager status. If it stays invalid, register the system again.',
      ),
    }),
  },
  {
    id: 'extended-release',
    source: 'access.redhat.com/solutions/7016067; shiftstack/dev-install#226',
    area: 'repository',
    level: 'error',
    pattern: /404 for https:\/\/cdn\.redhat\.com\/content\/((?:eus|aus|tus|e4s)\/rhel\d+)\/\d+\//,
    diagnose: (where = '') => ({
      cause: msg('{0} has minor releases only, and the release of this system is not set to one.', where),
      advice: msg(
        'Set it with subscription-manager release --set=9.4 (list them with --list), or use the repositories without extended support.',
      ),
    }),
  },
  {
    id: 'mirror-out-of-sync',
    source:
      'librepo: Cannot download, all mirrors were already tried; createrepo: the names of the files contain their checksum',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Status code: 404 for |^)(https?:\/\/\S{1,500}\/repodata\/(?:[0-9a-f]{32,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\S+?)(?: \(IP|: \[Errno 14\] (?:HTTPS? Error 404|PYCURL ERROR 22)|$)|Downloading error\(s\): (repodata\/(?:[0-9a-f]{32,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\S+)/,
    diagnose: (file = '') => ({
      cause: msg(
        'The index of the repository names {0}, which the mirror does not have: it is being updated, or is incomplete.',
        file,
      ),
      advice: msg(
        'The address is correct. Run dnf clean metadata (yum clean metadata) and try again later, or use another mirror.',
      ),
    }),
  },
  {
    id: 'minor-release',
    source: 'dnf 4 on Rocky Linux 8.10 and 9.6: $releasever set to the minor release',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Status code: 404 for |^)(?=https?:\/\/)(\S{1,300}?\/(?:centos|rhel|redhat|rocky|rockylinux|alma|almalinux|oracle|ol|el|enterprise)\/((?:7|8|9|10)\.\d{1,2})\/\S*?repodata\/repomd\.xml)(?: \(IP|: \[Errno 14\] HTTPS? Error 404|$)/i,
    diagnose: (url = '', release = '') => ({
      cause: msg('The server has no repository for release {1}: {0} does not exist.', url, release),
      advice: msg(
        'Mirrors keep the newest minor release only, and many third-party repositories have major releases only. Use the major release in the address ($releasever_major), update the system, or use the archive (vault) of the distribution. An override is in /etc/dnf/vars or /etc/yum/vars.',
      ),
    }),
  },
  {
    id: 'not-metadata',
    source: 'librepo repomd.c: Bad repomd file; yum repoMDObject.py: Damaged repomd.xml file',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:for repo '([^']{1,200})'.{0,200})?(?:repomd\.xml parser error|Bad repomd file|Damaged repomd\.xml)/,
    diagnose: (id = '') => ({
      cause:
        id === ''
          ? msg('The server returned something other than the index of a repository, such as an HTML page.')
          : msg('The server returned something other than the index of {0}, such as an HTML page.', id),
      advice: msg(
        'Open the address of repodata/repomd.xml with curl on the node. A login page of the network, a proxy, or an address without a repository for this release answers like this; fix baseurl= accordingly.',
      ),
    }),
  },
];
