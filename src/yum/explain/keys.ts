import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Keys and digests that the crypto policy of a system rejects. */
export const policyFailures: readonly KnownFailure[] = [
  {
    id: 'key-rejected',
    source:
      'rpm-sequoia 1.x on EL9 and EL10: Certificate invalid: policy violation; RHEL 9 and 10: SHA-1 signatures',
    area: 'signature',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /Certificate (\S{1,64}) invalid: policy violation|Policy rejected non-revocation signature|SHA1 is not considered secure|Hash algorithm SHA1 not available|Header \S{1,8} (?:RSA|DSA)\/SHA1 Signature, key ID (\S{1,40}): BAD/,
    diagnose: (key = '') => ({
      cause:
        key === ''
          ? msg(
              'The crypto policy of the node rejects the signing key: it depends on SHA-1 or another weak algorithm.',
            )
          : msg(
              'The crypto policy of the node rejects the signing key {0}: it depends on SHA-1 or another weak algorithm.',
              key,
            ),
      advice: msg(
        'Get a renewed key, or packages for this release, from the vendor. Importing the same key again or cleaning the cache does not help.',
      ),
    }),
  },
  {
    id: 'key-not-imported',
    source: 'rpm lib/rpmkeys.c: key %d import failed',
    area: 'signature',
    level: 'error',
    pattern: /^error: (\S+): key \d+ import failed/,
    because: ['signature'],
    diagnose: (file = '') => ({
      cause: msg('rpm cannot use a key in {0}.', file),
      advice: msg(
        'Check that it is a key (not a page), and that rpm and the crypto policy support its algorithm.',
      ),
    }),
  },
  {
    id: 'key-import-failed',
    source: 'dnf base.py: Key import failed (code N)',
    area: 'signature',
    level: 'error',
    pattern: /Key import failed \(code (\d+)\)/,
    diagnose: (code = '') => ({
      cause: msg(
        'rpm refused a key that gpgkey= names (code {0}): it does not support the algorithm of the key, such as post-quantum ones, or the policy forbids it.',
        code,
      ),
      advice: msg(
        'Update rpm and rpm-sequoia, or remove that key from gpgkey= if the packages are signed with another one.',
      ),
    }),
  },
  {
    id: 'key-expired',
    source: 'dnf5 5.2: The following OpenPGP key is about to be removed; rpm: key expired',
    area: 'signature',
    level: 'error',
    pattern:
      /OpenPGP key \((0x\w{1,40})\) is about to be removed|key(?: ID)? (\w{8,40}):? .{0,40}\bexpired\b/i,
    diagnose: (key = '') => ({
      cause: msg('The key {0} in the rpm database has expired.', key),
      advice: msg('Allow its removal, then import the renewed key of the vendor with rpm --import.'),
    }),
  },
  {
    id: 'key-not-trusted',
    source: 'dnf base.py: Public key for PACKAGE is not trusted',
    area: 'signature',
    level: 'error',
    pattern: /Public key for (\S+) is not trusted/,
    diagnose: (name = '') => ({
      cause: msg('{0} is signed with a key that was not imported.', name),
      advice: msg(
        'Check why the import of the key failed in the lines above, and gpgkey= of the repository.',
      ),
    }),
  },
  {
    id: 'digest-mismatch',
    source: 'rpm lib/cpio.c: Digest mismatch; RHEL 9 in FIPS mode: MD5 digests are not available',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern: /unpacking of archive failed on file ([^\s;:]+)(?:;[0-9a-f]+)?: cpio: Digest mismatch/,
    diagnose: (path = '') => ({
      cause: msg(
        'rpm cannot confirm the digest of {0}. In FIPS mode that is so for every package with MD5 digests; otherwise the package is damaged.',
        path,
      ),
      advice: msg(
        'Check with fips-mode-setup --check. In FIPS mode, get a build with SHA-256 digests from the vendor; otherwise run dnf clean packages and try again.',
      ),
    }),
  },
  {
    id: 'package-without-digest',
    source: 'rpm 4.14 and later: package does not verify: no digest',
    area: 'signature',
    level: 'error',
    amongScriptlets: true,
    pattern: /package (\S+) does not verify: no digest/,
    diagnose: (name = '') => ({
      cause: msg(
        '{0} has no digest that this system may use: FIPS mode, EL9 and rpm 6 reject MD5 and SHA-1.',
        name,
      ),
      advice: msg('Get a build of the package for this release from its vendor.'),
    }),
  },
];
