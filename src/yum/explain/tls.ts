import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Proxies and TLS: the server was not asked, or could not be trusted. Numbers: curl's libcurl-errors(3). */
export const tlsFailures: readonly KnownFailure[] = [
  {
    id: 'proxy-not-found',
    source: 'libcurl-errors(3): 5, CURLE_COULDNT_RESOLVE_PROXY; yum 3.4.3 on CentOS 7',
    area: 'repository',
    level: 'error',
    pattern:
      /(?:Could not|Couldn't) resolve proxy(?: name)?(?::|;)? ?["']?([^\s;"'\]]*)|curl#5\b|Curl error \(5\)/,
    diagnose: (name = '') => ({
      cause:
        name === ''
          ? msg('The node cannot resolve the name of the proxy.')
          : msg('The node cannot resolve the proxy {0}.', name),
      advice: msg(
        'Correct or remove proxy= in /etc/yum.conf (/etc/dnf/dnf.conf) and in the .repo files, and http_proxy and https_proxy in the environment.',
      ),
    }),
  },
  {
    id: 'proxy-authentication',
    source:
      'RFC 9110, 407 Proxy Authentication Required; curl: Received HTTP code 407 from proxy after CONNECT',
    area: 'repository',
    level: 'error',
    pattern: /(?:HTTP code|HTTPS? Error|Status code:|response:?) 407\b|Proxy Authentication Required/i,
    diagnose: () => ({
      cause: msg('The proxy requires a user name and a password.'),
      advice: msg(
        'Set proxy_username= and proxy_password= next to proxy= in /etc/yum.conf (/etc/dnf/dnf.conf).',
      ),
    }),
  },
  {
    id: 'proxy-refused',
    source: 'curl: Received HTTP code N from proxy after CONNECT',
    area: 'repository',
    level: 'error',
    pattern: /Received HTTP code (\d{3}) from proxy/,
    diagnose: (code = '') => ({
      cause: msg('The proxy rejected the connection (HTTP {0}).', code),
      advice: msg('Ask whoever runs the proxy to allow the address, or use a mirror that it allows.'),
    }),
  },
  {
    id: 'ca-bundle',
    source: 'libcurl-errors(3): 77, CURLE_SSL_CACERT_BADFILE; filips123/PWAsForFirefox#814',
    area: 'repository',
    level: 'error',
    pattern: /curl#77\b|Curl error \(77\)|Problem with the SSL CA cert/,
    diagnose: () => ({
      cause: msg('The list of trusted certificates on the node cannot be read.'),
      advice: msg(
        'Check sslcacert= of the repository, and that /etc/pki/tls/certs/ca-bundle.crt exists and is readable. Recreate it with update-ca-trust extract, or reinstall ca-certificates.',
      ),
    }),
  },
  {
    id: 'client-certificate-refused',
    source:
      'OpenSSL: sslv3 alert certificate expired; NSS: SSL peer rejected your certificate; openshift/release#36741',
    area: 'repository',
    level: 'error',
    pattern:
      /alert certificate (?:expired|revoked|required|unknown)\b|peer rejected your certificate|EXPIRED_CERT_ALERT/,
    diagnose: () => ({
      cause: msg('The server refused the client certificate of the node: it has expired or was revoked.'),
      advice: msg(
        'On RHEL, run subscription-manager refresh. On an image of a cloud (RHUI), update its client package from its own repository, with all others disabled.',
      ),
    }),
  },
  {
    id: 'client-certificate',
    source: 'libcurl-errors(3): 58, CURLE_SSL_CERTPROBLEM',
    area: 'repository',
    level: 'error',
    pattern: /curl#58\b|Curl error \(58\)/,
    diagnose: () => ({
      cause: msg('The client certificate that the repository requires is missing, unreadable or expired.'),
      advice: msg(
        'Check sslclientcert= and sslclientkey= of the repository. On RHEL, they come from the subscription: run subscription-manager refresh.',
      ),
    }),
  },
  {
    id: 'certificate-weak',
    source:
      'OpenSSL: EE certificate key too weak, CA certificate key too weak, CA signature digest algorithm too weak',
    area: 'repository',
    level: 'error',
    pattern: /(?:certificate key|digest algorithm|certificate md) too weak/,
    diagnose: () => ({
      cause: msg('The certificate of the server is too weak for the crypto policy of the node.'),
      advice: msg(
        'The server needs a new certificate (RSA of 2048 bits or more, SHA-256). A proxy that intercepts TLS may be the server here. Updating ca-certificates does not help.',
      ),
    }),
  },
  {
    id: 'certificate-name',
    source:
      'libcurl-errors(3): 51 and 60; curl: no alternative certificate subject name matches target host name',
    area: 'repository',
    level: 'error',
    pattern:
      /no alternative certificate subject name matches(?: target(?: ipv[46] address| host ?name)?)? ?'?([^'\s\]]*)|certificate subject name .{1,200}? does not match|requested domain name does not match/,
    diagnose: (name = '') => ({
      cause:
        name === ''
          ? msg('The certificate of the server is for another host name.')
          : msg('The certificate of the server is not for {0}.', name),
      advice: msg(
        'Use the name that the certificate has in the address of the repository. If the address is correct, check DNS, /etc/hosts and the proxy of the node.',
      ),
    }),
  },
  {
    id: 'tls-handshake',
    source: 'libcurl-errors(3): 35, CURLE_SSL_CONNECT_ERROR',
    area: 'repository',
    level: 'error',
    pattern: /(?:curl#35 - "?|Curl error \(35\):).{0,300}/,
    diagnose: () => ({
      cause: msg('The TLS connection to the server could not be set up.'),
      advice: msg(
        'Try the address with curl -v on the node. Old systems (EL6, EL7 before 7.4) lack the TLS version or ciphers that servers require: update nss, curl and openssl. Otherwise a firewall or proxy interrupts the connection.',
      ),
    }),
  },
];
