import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Files that rpm could not write, by what the kernel answered; source: rpm lib/cpio.c and lib/fsm.c. */
export const unpackingFailures: readonly KnownFailure[] = [
  {
    id: 'capabilities-unsupported',
    source: 'rpm lib/fsm.c: cap_set_file',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern: /unpacking of archive failed on file ([^\s;:]+)(?:;[0-9a-f]+)?: cpio: cap_set_file/,
    diagnose: (path = '') => ({
      cause: msg(
        'The file system with {0} cannot store file capabilities, so the package was not updated.',
        path,
      ),
      advice: msg(
        'Use a file system with extended attributes (not 9p, NFS or some overlays), then install the package again.',
      ),
    }),
  },
  {
    id: 'directory-in-the-way',
    source: 'rpm lib/rpmfi.c: RPMERR_EXIST_AS_DIR; ansible/ansible#78118',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /unpacking of archive failed on file ([^\s;:]+)(?:;[0-9a-f]+)?: cpio: File from package already exists as a directory/,
    diagnose: (path = '') => ({
      cause: msg('{0} is a directory on the node, but a file or a link in the package.', path),
      advice: msg('Move the directory away, then install the package again.'),
    }),
  },
  {
    id: 'mount-busy',
    source: 'rpm lib/fsm.c; container images: /dev, /proc, /sys and /etc/hosts are mounts',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /unpacking of archive failed on file ([^\s;:]+)(?:;[0-9a-f]+)?: cpio: .{0,60}Device or resource busy/,
    diagnose: (path = '') => ({
      cause: msg('{0} is a mount, as in a container, so rpm cannot change it.', path),
      advice: msg(
        'Exclude the package that owns it (dnf -x PACKAGE), or update the image instead of the container.',
      ),
    }),
  },
  {
    id: 'read-only',
    source: 'rpm lib/fsm.c; errno EROFS',
    area: 'transaction',
    level: 'error',
    amongScriptlets: true,
    pattern:
      /unpacking of archive failed on file ([^\s;:]+)(?:;[0-9a-f]+)?: cpio: .{0,60}Read-only file system/,
    diagnose: (path = '') => ({
      cause: msg('{0} is on a file system that is mounted read-only.', path),
      advice: msg('Find out why (findmnt, dmesg), mount it read-write, then run it again.'),
    }),
  },
  {
    id: 'initramfs-not-made',
    source: 'kernel-core %posttrans: kernel-install; dracut; dnf 4.20 on EL10',
    area: 'system',
    level: 'warning',
    amongScriptlets: true,
    pattern:
      /%post(?:trans)?\((kernel[\w.+:~-]{1,200})\) scriptlet failed|^dracut\[[EF]\]: (?:Can't|Failed|Could not).{0,300}/,
    diagnose: (name = '') => ({
      cause:
        name === ''
          ? msg('dracut could not write the initramfs of a new kernel, which may not boot without it.')
          : msg('The initramfs of {0} was not made, so that kernel may not boot.', name),
      advice: msg(
        'Do not reboot yet. Fix what dracut reports (space in /boot, the EFI partition), then run dracut -f --kver with the version of the kernel.',
      ),
    }),
  },
  {
    id: 'microdnf-transaction',
    source: 'libdnf dnf-transaction.cpp: Error %i running transaction',
    area: 'transaction',
    level: 'error',
    pattern: /Error -?\d+ running transaction/,
    because: ['disk', 'transaction', 'database', 'signature', 'system'],
    diagnose: () => ({
      cause: msg('rpm could not complete the transaction, and microdnf does not report why.'),
      advice: msg(
        'The lines above may name the reason. If not, install the same packages with dnf or rpm to see it.',
      ),
    }),
  },
  {
    id: 'broken-pipe',
    source: 'signal(7): 128 + SIGPIPE; docker build: returned a non-zero code',
    area: 'system',
    level: 'error',
    pattern: /(?:microdnf|dnf|yum)\b.{0,300}(?:returned a non-zero code: |exit (?:code|status):? )141\b/,
    diagnose: () => ({
      cause: msg(
        'The tool was ended by SIGPIPE (exit code 141): its output or a connection was closed early.',
      ),
      advice: msg(
        'Run it again. If it happens each time with microdnf, update librepo and microdnf first, or use dnf.',
      ),
    }),
  },
];
