import type { Word } from './shell-reader.ts';

/** Folders without which a system does not start or loses its data. */
const systemFolders: ReadonlySet<string> = new Set(
  '/ /bin /boot /dev /etc /home /lib /lib64 /opt /proc /root /run /sbin /srv /sys /usr /usr/bin /usr/lib /usr/lib/modules /usr/lib/systemd /usr/lib/systemd/system /usr/lib64 /usr/libexec /usr/local /usr/sbin /usr/share /var /var/lib /var/lib/rpm /var/log /etc/pki /etc/selinux /etc/ssh /etc/pam.d /etc/systemd /etc/systemd/system /etc/sysconfig /lib/modules /lib/systemd'.split(
    ' ',
  ),
);

/** Files that logins or the start of the system need. */
const systemFiles: ReadonlySet<string> = new Set(
  '/etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers /etc/fstab /etc/crypttab /etc/nsswitch.conf /etc/ld.so.conf /etc/ld.so.cache /etc/default/grub /etc/grub2.cfg /etc/ssh/sshd_config /root/.ssh/authorized_keys /proc/sysrq-trigger'.split(
    ' ',
  ),
);

/** Packages without which a node does not start, is not reached, or installs nothing. */
const systemPackages =
  'glibc glibc-common glibc-minimal-langpack bash coreutils systemd systemd-libs systemd-udev kernel kernel-core grub2 grub2-common grub2-pc grub2-tools grub2-efi-x64 grub2-efi shim-x64 dracut rpm rpm-libs yum dnf dnf-data python python3 python3-libs platform-python openssh openssh-server openssl-libs sudo pam shadow-utils util-linux NetworkManager initscripts filesystem setup basesystem centos-release centos-linux-release centos-stream-release redhat-release rocky-release almalinux-release'.split(
    ' ',
  );
/** One of them, possibly with its version and architecture. */
const systemPackage = new RegExp(
  `^(?:${systemPackages.join('|')})(?:-\\d[\\w.~^-]*)?(?:\\.(?:x86_64|aarch64|noarch|ppc64le))?$`,
);

const disk =
  /^\/dev\/(?:(?:sd|vd|xvd|hd)[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?|md\d+|dm-\d+|mapper\/(?!control$).+|disk\/by-.+|vg\w*\/.+|loop\d+(?:p\d*)?)$/;

/** Programs and libraries without which shells, logins and the package manager do not work. */
const systemPrograms =
  /^\/(?:usr\/)?(?:s?bin\/(?:sh|bash|python|python2|python3|platform-python|yum|dnf|rpm|su|sudo|sshd|systemctl|mount|chmod|chown|cp|mv|ls|cat|env|sed|grep)|lib(?:64)?\/(?:libc|ld-linux-x86-64|libcrypto|libssl|libsystemd|libpthread)[.-][\w.*-]*)$/;

/** A path without repeated slashes and dots, with root's home folder by name; undefined if it is not absolute. */
export function absolute(typed: string, folder?: string): string | undefined {
  const path = typed.replace(/^(?:~(?:root)?|\$HOME|\$\{HOME\})(?=\/|$)/, '/root');
  const whole = path.startsWith('/') ? path : folder === undefined ? undefined : `${folder}/${path}`;
  if (whole === undefined) return undefined;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** A glob for everything in a folder. */
const everything = /^(?:\.?\*|\{(?=[^*]*\*)[^/]*\}|\.\[\^?!?\.\]\*)$/;

/** Whether a path, possibly with a glob for everything in it, is a folder of the system. */
export function isSystemFolder(path: string, folder?: string): boolean {
  const found = absolute(path, folder);
  if (found === undefined) return false;
  const last = found.slice(found.lastIndexOf('/') + 1);
  const bare = (everything.test(last) ? found.slice(0, -last.length - 1) : found) || '/';
  return systemFolders.has(bare) || /^\/boot(?:\/|$)/.test(bare);
}

/** Whether a path is a file of the system that others cannot replace. */
export function isSystemFile(path: string): boolean {
  const found = absolute(path);
  return (
    found !== undefined &&
    (systemFiles.has(found) ||
      systemPrograms.test(found) ||
      /^\/etc\/pam\.d\/[^/]+$|^\/boot\/.|^\/etc\/ssh\/ssh_host_[^/]*$/.test(found))
  );
}

/** Whether a path is a program or a library of the system. */
export function isSystemProgram(path: string): boolean {
  return systemPrograms.test(absolute(path) ?? '');
}

/** Whether a package of the system has this name, possibly with a version, or is matched by this glob. */
export function isSystemPackage(name: string): boolean {
  const glob = name.indexOf('*');
  // Few programs name such packages by a glob that does not end with the asterisk.
  if (glob !== -1)
    return glob === name.length - 1 && systemPackages.some((each) => each.startsWith(name.slice(0, -1)));
  return systemPackage.test(name);
}

/** Whether a path is a disk, a partition or a volume. */
export function isDisk(path: string): boolean {
  return disk.test(path);
}

/** The words that are no options, without the values of those options that take one. */
export function operands(args: readonly Word[], withValue?: RegExp): readonly Word[] {
  const found: Word[] = [];
  let isOption = true;
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index];
    if (!word) continue;
    if (isOption && word.text === '--') isOption = false;
    else if (isOption && word.text.startsWith('-') && word.text !== '-')
      index += withValue?.test(word.text) ? 1 : 0;
    else found.push(word);
  }
  return found;
}

/** Whether options include one, short or long. */
export function hasOption(args: readonly Word[], short: string, ...long: readonly string[]): boolean {
  return args.some(
    ({ text }) =>
      (short !== '' && new RegExp(`^-[A-Za-z]*[${short}]`).test(text)) ||
      long.includes(text.split('=', 1)[0] ?? ''),
  );
}
