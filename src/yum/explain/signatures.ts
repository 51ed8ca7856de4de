import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Signatures and the keys to verify them. */
export const signatureFailures: readonly KnownFailure[] = [
  {
    id: 'rpmkeys-missing',
    source: 'dnf rpm/miscutils.py: Cannot find rpmkeys executable to verify signatures',
    area: 'signature',
    level: 'error',
    pattern: /Cannot find rpmkeys executable to verify signatures/,
    diagnose: () => ({
      cause: msg('dnf cannot verify signatures, because the program rpmkeys is missing where dnf runs.'),
      advice: msg(
        'Install the package that contains rpmkeys (rpm on EL, rpm on Debian). The keys and the packages are not the problem.',
      ),
    }),
  },
  {
    id: 'key-did-not-help',
    source: "dnf base.py: Import of key(s) didn't help, wrong key(s)?; AlmaLinux/container-images#16",
    area: 'signature',
    level: 'error',
    pattern: /Import of (?:key\(s\)|the key) didn't help, wrong key/,
    diagnose: () => ({
      cause: msg('The packages are signed with another key than the one that gpgkey= names.'),
      advice: msg(
        'The vendor has probably changed the key: import the new one from its site with rpm --import, then update the release package of the distribution or repository, whose gpgkey= names it.',
      ),
    }),
  },
  {
    id: 'key-file-missing',
    source: 'yum __init__.py:6204; github.com/shiwei/SystemSetup/issues/34',
    area: 'signature',
    level: 'error',
    pattern:
      /(?:GPG key retrieval failed: |Failed to download gpg key ).{0,500}Couldn't open file ([^\s"\]]+)/,
    diagnose: (path = '') => ({
      cause: msg('The key file {0} of the repository does not exist on the node.', path),
      advice: msg('Install the release package that contains the key, or fix gpgkey= of the repository.'),
    }),
  },
  {
    id: 'key-not-fetched',
    source: 'yum __init__.py:6204; yum 3.4.3 on CentOS 7',
    area: 'signature',
    level: 'error',
    pattern: /GPG key retrieval failed: (.+)/,
    diagnose: (why = '') => ({
      cause: msg('Cannot download the signing key of the packages: {0}.', why),
      advice: msg('Fix gpgkey= of the repository, or import the key manually with rpm --import.'),
    }),
  },
  {
    id: 'key-wrong',
    source: 'yum __init__.py:6361; dnf base.py:2666',
    area: 'signature',
    level: 'error',
    pattern: /GPG keys listed for the "([^"]+)" repository are already installed but they are not correct/,
    diagnose: (name = '') => ({
      cause: msg('The packages of {0} are signed with a newer key than the node has.', name),
      advice: msg(
        'Update the package that contains the keys (centos-gpg-keys, or the release package of the repository) and run it again.',
      ),
    }),
  },
  {
    id: 'key-import-refused',
    source: 'yum __init__.py',
    area: 'signature',
    level: 'error',
    pattern: /Refusing to automatically import keys when running unattended/,
    diagnose: () => ({
      cause: msg('The key of the repository is not yet trusted, and the run is not interactive.'),
      advice: msg('Run yum with -y, or import the key first with rpm --import.'),
    }),
  },
  {
    id: 'no-key-configured',
    source: 'yum __init__.py; dnf cli.py; dnf 4.14 run',
    area: 'signature',
    level: 'error',
    pattern: /You have enabled checking of packages via GPG keys/,
    diagnose: () => ({
      cause: msg('Signature checks are enabled, but the repository has no key.'),
      advice: msg('Add gpgkey= to the repository. Set gpgcheck=0 only for a repository without signatures.'),
    }),
  },
  {
    id: 'not-signed',
    source: 'dnf 4.14 and dnf5 5.4 run; rdoproject.org repos.md',
    area: 'signature',
    level: 'error',
    pattern: /Package (\S+) is not signed|OpenPGP check for package "([^"]+)".{0,1000} is not signed/,
    diagnose: (name = '') => ({
      cause: msg('{0} is not signed.', name),
      advice: msg(
        'The testing and trunk repositories of RDO are not signed. Set gpgcheck to false for them, and nowhere else.',
      ),
    }),
  },
  {
    id: 'package-unreadable',
    source: 'dnf5 rpm_signature.cpp: Problem occurred when opening the package; rpmfusion-infra/fedy#144',
    area: 'signature',
    level: 'error',
    pattern:
      /(?:OpenPGP|PGP) check for package "([^"]{1,300})".{0,1000} Problem occurred when opening the package/,
    diagnose: (name = '') => ({
      cause: msg(
        'rpm cannot read the signature of {0}: the file is damaged, or this rpm rejects how it is signed.',
        name,
      ),
      advice: msg(
        'Run dnf clean packages and try again. If it stays so, the vendor must sign the package again; its key is not the problem.',
      ),
    }),
  },
  {
    id: 'key-not-installed',
    source: 'yum __init__.py:2782; dnf base.py:1402; github.com/gphalkes/tilde/issues/117',
    area: 'signature',
    level: 'error',
    pattern: /Public key for (\S+) is not installed|chave pública para o (\S+) não está instalada/,
    diagnose: (name = '') => ({
      cause: msg('The node does not have the key that signed {0}.', name),
      advice: msg(
        'Import it with rpm --import. The keys of RDO are /etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-SIG-*.',
      ),
    }),
  },
  {
    id: 'signature-wrong',
    source: 'dnf base.py; dnf5 transaction.cpp',
    area: 'signature',
    level: 'error',
    pattern:
      /GPG check FAILED|Signature verification failed|OpenPGP check for package|Bad GPG signature found|digest: SIGNATURE: NOT OK/,
    because: ['signature'],
    diagnose: () => ({
      cause: msg('The signature of a package could not be verified.'),
      advice: msg(
        'Import the key of the repository. If it is already imported, run dnf clean packages and download the packages again.',
      ),
    }),
  },
];
