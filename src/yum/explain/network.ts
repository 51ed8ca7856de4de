import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Servers that cannot be reached or do not give what is asked for. */
export const networkFailures: readonly KnownFailure[] = [
  {
    id: 'certificate-time',
    source: 'github.com/voxpupuli/puppet-yum/issues/279; github.com/Websoft9/websoft9/issues/394',
    area: 'repository',
    level: 'error',
    pattern: /(?:curl#60|Curl error \(60\)).{0,500}(?:has expired|not yet valid)/,
    tell: () => ({
      cause: msg('The certificate of the server is not valid at the time that the node believes it is.'),
      advice: msg(
        'Check the clock of the node with timedatectl; if it is right, the server must renew its certificate.',
      ),
    }),
  },
  {
    id: 'certificate-unknown',
    source: 'github.com/RedHatEMEA/demobuilder/issues/158',
    area: 'repository',
    level: 'error',
    pattern: /\[Errno 14\] (?:curl#(?:51|60)\b|Peer cert)|Curl error \((?:51|60)\)/,
    tell: () => ({
      cause: msg('The node does not trust the certificate of the server.'),
      advice: msg(
        'Update ca-certificates; behind a proxy that opens TLS, install its certificate with update-ca-trust.',
      ),
    }),
  },
  {
    id: 'host-not-found',
    source: 'yum yumRepo.py:2014; github.com/conda/conda/issues/5481',
    area: 'repository',
    level: 'error',
    pattern: /(?:Could not|Couldn't) resolve host(?: name)?(?: for|:)? ["']?([^\s;"'\]]+)/,
    tell: (host = '') => ({
      cause: msg('The node cannot find out the address of {0}.', host),
      advice: msg(
        'Check /etc/resolv.conf on the node; where only a proxy leads out, set proxy= in /etc/yum.conf.',
      ),
    }),
  },
  {
    id: 'no-connection',
    source: 'dnf 4.14 and dnf5 5.4 run against a closed port',
    area: 'repository',
    level: 'error',
    pattern: /Curl error \(7\):.{0,300}? for (\S+)|curl#7 - "Failed (?:to )?connect to ([^\s;"]+)/,
    tell: (where = '') => ({
      cause: msg('Nothing answers at {0}.', where),
      advice: msg(
        'Try the address with curl on the node: the server is down, or a firewall or a missing proxy is in the way.',
      ),
    }),
  },
  {
    id: 'timed-out',
    source: 'urlgrabber; yum 3.4.3 on CentOS 7',
    area: 'repository',
    level: 'error',
    pattern: /\[Errno 12\] Timeout on (\S+?):? |Curl error \(28\):.{0,300}? for (\S+)|curl#28 - "?([^"]+)/,
    tell: (where = '') => ({
      cause: msg('{0} did not answer in time.', where),
      advice: msg(
        'Try again; if it stays slow, name another mirror or raise timeout= and retries= in /etc/yum.conf.',
      ),
    }),
  },
  {
    id: 'http2-broken',
    source: 'dnf 4 on openEuler 24.03',
    area: 'repository',
    level: 'error',
    pattern: /Curl error \(92\):.{0,300}? for (\S+)/,
    tell: (url = '') => ({
      cause: msg('The HTTP/2 connection broke off while {0} was fetched.', url),
      advice: msg('Run it again; downloads are kept. If it happens again, name another mirror.'),
    }),
  },
  {
    id: 'http-not-found',
    source: 'dnf 4.14 run; yum 3.4.3 on CentOS 7',
    area: 'repository',
    level: 'error',
    pattern:
      /Status code: 404 for (\S+)|: \[Errno 14\] (?:HTTPS? Error 404|PYCURL ERROR 22 - "The requested URL returned error: 404)(?<=((?:https?|ftp|file):\/\/\S+): \[Errno 14\] (?:HTTPS? Error 404|PYCURL ERROR 22 - "The requested URL returned error: 404))/,
    tell: (url = '') => ({
      cause: msg('The server has no file {0}.', url),
      advice: msg(
        'The address of the repository is wrong or the mirror is incomplete: correct it in /etc/yum.repos.d, then run yum clean all.',
      ),
    }),
  },
  {
    id: 'http-refused',
    source: 'yum 3.4.3 on RHEL 7',
    area: 'repository',
    level: 'error',
    pattern:
      /Status code: (?:401|403) for (\S+)|: \[Errno 14\] HTTPS? Error 40[13](?<=((?:https?|ftp|file):\/\/\S+): \[Errno 14\] HTTPS? Error 40[13])/,
    tell: (url = '') => ({
      cause: msg('The server refuses to hand out {0}.', url),
      advice: msg('Check the subscription of the node, the user name in the address, or the proxy.'),
    }),
  },
  {
    id: 'ftp-refused',
    source: 'yum 3.4.3 on RHEL 7',
    area: 'repository',
    level: 'error',
    pattern: /: \[Errno 14\] FTP Error \d(?<=(ftp:\/\/\S+): \[Errno 14\] FTP Error \d)/,
    tell: (url = '') => ({
      cause: msg('The FTP server does not give {0}.', url),
      advice: msg('Check that the folder is there, with repodata in it, and that the FTP user may read it.'),
    }),
  },
  {
    id: 'http-failed',
    source: 'yum 3.4.3: github.com/ntop/ntopng/issues/5954; librepo: Status code',
    area: 'repository',
    level: 'error',
    pattern:
      /Status code: \d{3} for (\S+)|: \[Errno 14\] HTTPS? Error \d{3}(?<=((?:https?|ftp|file):\/\/\S+): \[Errno 14\] HTTPS? Error \d{3})/,
    tell: (url = '') => ({
      cause: msg('The server did not give {0}, but an error of its own.', url),
      advice: msg('Try again later, or name another mirror.'),
    }),
  },
  {
    id: 'checksum',
    source:
      'dnf 4.14 and dnf5 5.4 run; yum yumRepo.py: intended download; github.com/starlingx commit db943d69',
    area: 'repository',
    level: 'error',
    pattern:
      /checksum doesn't match|does not match intended download|does not match metalink|Damaged repomd\.xml/,
    tell: () => ({
      cause: msg(
        'The download differs from the index of the repository: the mirror is half updated, or a proxy has an old copy.',
      ),
      advice: msg('Run yum clean all (dnf clean all) and try again; if it stays, name another mirror.'),
    }),
  },
];
