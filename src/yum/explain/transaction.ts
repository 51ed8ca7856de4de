import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Failures while packages are written to disk. */
export const transactionFailures: readonly KnownFailure[] = [
  {
    id: 'disk-too-small',
    source: 'yum cli.py: Disk Requirements; rpm; github.com/rpm-software-management/dnf5/issues/538',
    area: 'disk',
    level: 'error',
    pattern: /At least (\S+) more space needed on the (\S+) filesystem/,
    diagnose: (size = '', path = '') => ({
      cause: msg('{1} has {0} too little free space for these packages.', size, path),
      advice: msg(
        'Free disk space (yum clean all, old kernels, /var/log) or enlarge {0}, then run it again.',
        path,
      ),
    }),
  },
  {
    id: 'disk-too-small-for-one',
    source: 'rpm rpmprob.c',
    area: 'disk',
    level: 'error',
    pattern: /installing package (\S+) needs (\S+) (?:more space |inodes )?on the (\S+) filesystem/,
    because: ['disk'],
    diagnose: (name = '', size = '', path = '') => ({
      cause: msg('{2} has no space for {0}, which needs {1}.', name, size, path),
      advice: msg(
        'Free disk space (yum clean all, old kernels, /var/log) or enlarge {0}, then run it again.',
        path,
      ),
    }),
  },
  {
    id: 'disk-full',
    source: 'github.com/apache/doris/issues/5259',
    area: 'disk',
    level: 'error',
    amongScriptlets: true,
    pattern: /No space left on device(?:: '([^']+)')?|database or disk is full/,
    diagnose: (path = '') => ({
      cause: path === '' ? msg('A disk of the node is full.') : msg('The disk with {0} is full.', path),
      advice: msg('Free disk space: yum clean all, old kernels, /var/log. df -h and df -i show where.'),
    }),
  },
  {
    id: 'openstack-mixed',
    source:
      'access.redhat.com: packages of Red Hat OpenStack Platform have the release el7ost, el8ost, el9ost',
    area: 'transaction',
    level: 'error',
    pattern: /file (\S+) from install of \S+ conflicts with file from package (\S+\.el\d+ost\.\S+)/,
    diagnose: (path = '', other = '') => ({
      cause: msg(
        '{1} of Red Hat OpenStack Platform and a package of RDO both contain {0}: two distributions of OpenStack are mixed.',
        path,
        other,
      ),
      advice: msg('Disable the repositories of one of the two, remove its packages, then run it again.'),
    }),
  },
  {
    id: 'directory-of-system',
    source: 'rpm rpmprob.c; albertlauncher/albert#1308',
    area: 'transaction',
    level: 'error',
    pattern: /file (\S+) from install of (\S+) conflicts with file from package (filesystem-\S+)/,
    diagnose: (path = '', one = '', other = '') => ({
      cause: msg(
        '{1} is built wrongly: it claims the directory {0}, which belongs to {2}.',
        path,
        one,
        other,
      ),
      advice: msg('Use another version of it, and tell its vendor. Never remove {0}.', other),
    }),
  },
  {
    id: 'file-conflict-itself',
    source: 'rpm rpmprob.c; Fedora 42: /usr/sbin is a link to bin; crowdsecurity/cs-firewall-bouncer#399',
    area: 'transaction',
    level: 'error',
    pattern: /file (\S{1,1000}) conflicts between attempted installs of (\S{1,300}) and \2(?!\S)/,
    diagnose: (path = '', name = '') => ({
      cause: msg(
        '{1} contains {0} twice, because two of its directories are one on this system.',
        path,
        name,
      ),
      advice: msg(
        'Get a build for this release from the vendor: /usr/sbin and /usr/bin, or /bin and /usr/bin, are one here.',
      ),
    }),
  },
  {
    id: 'file-conflict',
    source: 'rpm rpmprob.c; dnf 4.14 and dnf5 5.4 run; yum 3.2.29 on CentOS 6',
    area: 'transaction',
    level: 'error',
    pattern:
      /file (\S+) (?:from install of (\S+) conflicts with file from package (\S+)|conflicts between attempted installs of (\S+) and (\S+))/,
    diagnose: (path = '', one = '', other = '') => ({
      cause: msg('{1} and {2} both contain the file {0}.', path, one, other),
      advice: msg('Keep one of the two. Usually the same software came from two repositories.'),
    }),
  },
  {
    id: 'removal-stopped',
    source: 'rpm lib/psm.c: %preun; yum rpmtrans.py; dnf5 transaction callbacks',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /^Error in PREUN scriptlet in rpm package (\S+)|Error in %preun scriptlet: (\S+)|^error: %preun\(([^)]+)\) scriptlet failed/,
    diagnose: (name = '') => ({
      cause: msg('The script before the removal of {0} failed, so it is still installed.', name),
      advice: msg('The lines around this one are its output. rpm -q --scripts shows the script.'),
    }),
  },
  {
    id: 'removal-script-failed',
    source: 'rpm lib/psm.c: %postun; ZenNotes/zennotes#596',
    area: 'transaction',
    level: 'warning',
    amongScriptlets: true,
    pattern:
      /^(?:Non-fatal|Error in) POSTUN scriptlet (?:failure )?in rpm package (\S+)|Non-critical error in %postun scriptlet: (\S+)|^warning: %postun\(([^)]+)\) scriptlet failed/,
    diagnose: (name = '') => ({
      cause: msg('{0} was removed or replaced, but its script after that failed.', name),
      advice: msg(
        'The lines around this one are its output. A replaced package is installed in its new version.',
      ),
    }),
  },
  {
    id: 'scriptlet-stopped-package',
    source: 'yum rpmtrans.py; dnf 4.14 run; dnf5 transaction callbacks',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /^Error in PRE(?!UN)\w* scriptlet in rpm package (\S+)|Error in %pre(?!un)\w* scriptlet: (\S+)|^error: %pre(?!un)\w*\(([^)]+)\) scriptlet failed/,
    diagnose: (name = '') => ({
      cause: msg('The pre-installation script of {0} failed, so it was not installed.', name),
      advice: msg('The lines around this one are its output. rpm -qp --scripts shows the script.'),
    }),
  },
  {
    id: 'scriptlet-failed',
    source: 'yum rpmtrans.py; dnf 4.14 and dnf5 5.4 run; yum 3.4.3 on CentOS 7',
    area: 'transaction',
    level: 'warning',
    amongScriptlets: true,
    pattern:
      /^Non-fatal POST(?!UN)\w* scriptlet failure in rpm package (\S+)|^Error in POST(?!UN)\w* scriptlet in rpm package (\S+)|Non-critical error in %post(?!un)\w* scriptlet: (\S+)|^warning: %post(?!un)\w*\(([^)]+)\) scriptlet failed/,
    diagnose: (name = '') => ({
      cause: msg('{0} is installed, but its post-installation script failed.', name),
      advice: msg('The lines around this one are its output. rpm -q --scripts shows the script.'),
    }),
  },
  {
    id: 'unpack-failed',
    source: 'yum rpmtrans.py; github.com/rpm-software-management/dnf/issues/2189',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /unpacking of archive failed on file ([^\s;:]+)|^Error unpacking rpm package (\S+)|Unpack error: (\S+)/,
    because: ['transaction', 'disk'],
    diagnose: (what = '') => ({
      cause: msg('{0} could not be written to the disk.', what),
      advice: msg(
        'Check whether the file system is full, read-only or a mount point, and whether chattr +i protects the file.',
      ),
    }),
  },
  {
    id: 'installed-meanwhile',
    source: 'rpm rpmprob.c; redhat-developer/mapt#342',
    area: 'transaction',
    level: 'error',
    pattern: /^\s*package (\S+) is already installed$/,
    accompanied: [/Transaction (?:[Cc]heck|test) [Ee]rr/],
    diagnose: (name = '') => ({
      cause: msg('{0} was installed by another process after the transaction had been resolved.', name),
      advice: msg('Wait until it has ended (cloud-init, PackageKit, dnf-automatic), then run it again.'),
    }),
  },
  {
    id: 'depsolve-differs',
    source: 'yum cli.py',
    area: 'transaction',
    level: 'error',
    pattern: /ERROR with transaction check vs depsolve/,
    diagnose: () => ({
      cause: msg(
        'rpm found a dependency that yum did not: the index of a repository does not match its packages.',
      ),
      advice: msg('Run yum clean all, then yum check, and try again.'),
    }),
  },
  {
    id: 'transaction-refused',
    source: 'yum cli.py; dnf base.py',
    area: 'transaction',
    level: 'error',
    pattern: /^(?:Error: )?Transaction (?:[Cc]heck|test) [Ee]rr/,
    because: ['disk', 'transaction', 'package', 'database', 'signature'],
    diagnose: () => ({
      cause: msg('rpm tested the transaction and rejected it. Nothing was changed.'),
      advice: msg('The following lines name the conflicting files or packages.'),
    }),
  },
  {
    id: 'transaction-failed',
    source: 'dnf base.py; dnf5 main.cpp; yum cli.py',
    area: 'transaction',
    level: 'error',
    pattern:
      /^Error: Transaction failed|^Transaction failed: Rpm transaction failed|^(?:Error: )?Could not run transaction|^Transaction couldn't start/,
    because: ['disk', 'transaction', 'database', 'signature', 'lock'],
    diagnose: () => ({
      cause: msg('rpm could not complete the transaction. The changes up to then remain.'),
      advice: msg('Find the package that failed in the lines above, fix the cause, then run it again.'),
    }),
  },
];
