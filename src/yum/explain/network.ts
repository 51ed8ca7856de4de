import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Servers that are unreachable or do not deliver a file. */
export const networkFailures: readonly KnownFailure[] = [
  {
    id: 'certificate-time',
    source: 'github.com/voxpupuli/puppet-yum/issues/279; github.com/Websoft9/websoft9/issues/394',
    area: 'repository',
    level: 'error',
    pattern: /(?:curl#60|Curl error \(60\)).{0,500}(?:has expired|not yet valid)/,
    diagnose: () => ({
      cause: msg('According to the clock of the node, the certificate of the server is not valid.'),
      advice: msg(
        'Check the clock of the node with timedatectl. If it is correct, the server must renew its certificate.',
      ),
    }),
  },
  {
    id: 'certificate-unknown',
    source: 'github.com/RedHatEMEA/demobuilder/issues/158',
    area: 'repository',
    level: 'error',
    pattern: /\[Errno 14\] (?:curl#(?:51|60)\b|Peer cert)|Curl error \((?:51|60)\):.{0,300} \[/,
    diagnose: () => ({
      cause: msg('The node does not trust the certificate of the server.'),
      advice: msg(
        'Update ca-certificates. If a proxy intercepts TLS, install its certificate with update-ca-trust.',
      ),
    }),
  },
  {
    id: 'certificate-unverified',
    source: 'librepo downloader.c, cut by the width of dnf 5: the reason in brackets is missing',
    area: 'repository',
    level: 'error',
    pattern: /Curl error \((?:51|60)\)/,
    diagnose: () => ({
      cause: msg('The certificate of the server could not be verified; the log does not have the reason.'),
      advice: msg(
        'Try the address with curl -v on the node. Check the clock with timedatectl first, then ca-certificates and a proxy that intercepts TLS. If only one mirror has the problem, use another.',
      ),
    }),
  },
  {
    id: 'no-thread',
    source: 'libcurl asyn-thread.c; AlmaLinux/docker-images#115, oracle/container-images#57',
    area: 'repository',
    level: 'error',
    pattern: /getaddrinfo\(\) thread failed to start/,
    diagnose: () => ({
      cause: msg('The tool may not start a thread, so it looked up no name. DNS is not the problem.'),
      advice: msg(
        'In a container: update the container runtime of its host (Docker before 20.10.10 forbids clone3). Otherwise raise the limit of processes (ulimit -u).',
      ),
    }),
  },
  {
    id: 'host-not-found',
    source: 'yum yumRepo.py:2014; github.com/conda/conda/issues/5481',
    area: 'repository',
    level: 'error',
    pattern: /(?:Could not|Couldn't) resolve host(?: name)?(?: for|:)? ["']?([^\s;"'\]]+)/,
    diagnose: (host = '') => ({
      cause: msg('The node cannot resolve {0}.', host),
      advice: msg(
        'Check /etc/resolv.conf on the node. If only a proxy has access to the Internet, set proxy= in /etc/yum.conf.',
      ),
    }),
  },
  {
    id: 'no-connection',
    source: 'dnf 4.14 and dnf5 5.4 run against a closed port',
    area: 'repository',
    level: 'error',
    pattern:
      /Curl error \(7\):.{0,300}? for (\S+)|(?:curl#7 - "|curl: \(7\) )Failed (?:to )?connect to ([^\s;"]+)/,
    diagnose: (where = '') => ({
      cause: msg('No response from {0}.', where),
      advice: msg(
        'Try the address with curl on the node. The server is down, a firewall blocks it, or a proxy is required.',
      ),
    }),
  },
  {
    id: 'name-timed-out',
    source:
      'libcurl-errors(3): 28 while resolving; osbuild/bootc-image-builder#1119, containers/podman#13599',
    area: 'repository',
    level: 'error',
    pattern: /(?: for https?:\/\/([^\s/]{1,255})\S{0,500} \[)?Resolving timed out after/,
    diagnose: (host = '') => ({
      cause:
        host === ''
          ? msg('No name server answered in time.')
          : msg('No name server answered in time when {0} was looked up.', host),
      advice: msg(
        'Check /etc/resolv.conf, and that its servers can be reached from here: in a container, from its network. The mirrors are not the problem.',
      ),
    }),
  },
  {
    id: 'timed-out',
    source: 'urlgrabber; yum 3.4.3 on CentOS 7',
    area: 'repository',
    level: 'error',
    pattern: /\[Errno 12\] Timeout on (\S+?):? |Curl error \(28\):.{0,300}? for (\S+)|curl#28 - "?([^"]+)/,
    diagnose: (where = '') => ({
      cause: msg('{0} timed out.', where),
      advice: msg(
        'Try again. If it stays slow, use another mirror or raise timeout= and retries= in /etc/yum.conf.',
      ),
    }),
  },
  {
    id: 'connection-lost',
    source: 'libcurl-errors(3): 18, CURLE_PARTIAL_FILE, and 56, CURLE_RECV_ERROR',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Curl error \((?:18|56)\):.{0,300}? for (\S+)|curl#(?:18|56) - ).{0,300}|transfer closed with \d+ bytes remaining/,
    diagnose: (url = '') => ({
      cause:
        url === ''
          ? msg('The connection to the server was lost during the download.')
          : msg('The connection was lost during the download of {0}.', url),
      advice: msg(
        'Run it again; downloads are kept. If it happens again, use another mirror, and check the proxy and the MTU of the path.',
      ),
    }),
  },
  {
    id: 'http2-broken',
    source: 'dnf 4 on openEuler 24.03',
    area: 'repository',
    level: 'error',
    pattern: /Curl error \(92\):.{0,300}? for (\S+)/,
    diagnose: (url = '') => ({
      cause: msg('The HTTP/2 connection was closed during the download of {0}.', url),
      advice: msg('Run it again; downloads are kept. If it happens again, use another mirror.'),
    }),
  },
  {
    id: 'checksum',
    source:
      'dnf 4.14 and dnf5 5.4 run; yum yumRepo.py: intended download; github.com/starlingx commit db943d69',
    area: 'repository',
    level: 'error',
    pattern:
      /checksum doesn't match|Metadata file does not match checksum|does not match intended download|does not match metalink/,
    diagnose: () => ({
      cause: msg(
        'The download does not match the index of the repository: the mirror is being updated, or a proxy has an old copy.',
      ),
      advice: msg('Run yum clean all (dnf clean all) and try again. If it still fails, use another mirror.'),
    }),
  },
  {
    id: 'http-not-found',
    source: 'dnf 4.14 run; yum 3.4.3 on CentOS 7',
    area: 'repository',
    level: 'error',
    pattern:
      /Status code: 404 for (\S+)|: \[Errno 14\] (?:HTTPS? Error 404|PYCURL ERROR 22 - "The requested URL returned error: 404)(?<=((?:https?|ftp|file):\/\/\S+): \[Errno 14\] (?:HTTPS? Error 404|PYCURL ERROR 22 - "The requested URL returned error: 404))/,
    diagnose: (url = '') => ({
      cause: msg('The server does not have the file {0}.', url),
      advice: msg(
        'The address of the repository is wrong, or the mirror is incomplete. Fix it in /etc/yum.repos.d, then run yum clean all.',
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
    diagnose: (url = '') => ({
      cause: msg('The server denied access to {0}.', url),
      advice: msg('Check the subscription of the node, the user name in the address, or the proxy.'),
    }),
  },
  {
    id: 'ftp-refused',
    source: 'yum 3.4.3 on RHEL 7',
    area: 'repository',
    level: 'error',
    pattern: /: \[Errno 14\] FTP Error \d(?<=(ftp:\/\/\S+): \[Errno 14\] FTP Error \d)/,
    diagnose: (url = '') => ({
      cause: msg('Cannot get {0} from the FTP server.', url),
      advice: msg('Check that the folder exists and has repodata, and that the FTP user can read it.'),
    }),
  },
  {
    id: 'http-failed',
    source: 'yum 3.4.3: github.com/ntop/ntopng/issues/5954; librepo: Status code',
    area: 'repository',
    level: 'error',
    pattern:
      /Status code: \d{3} for (\S+)|: \[Errno 14\] HTTPS? Error \d{3}(?<=((?:https?|ftp|file):\/\/\S+): \[Errno 14\] HTTPS? Error \d{3})/,
    diagnose: (url = '') => ({
      cause: msg('The server failed to return {0}.', url),
      advice: msg('Try again later, or use another mirror.'),
    }),
  },
];
