import type { Word } from './shell-reader.ts';

/** Folders without which a system does not start or loses its data. */
const systemFolders: ReadonlySet<string> = new Set(
  '/ /bin /boot /dev /etc /home /lib /lib64 /opt /proc /root /run /sbin /srv /sys /usr /usr/bin /usr/lib /usr/lib64 /usr/libexec /usr/local /usr/sbin /usr/share /var /var/lib /var/lib/rpm /var/log /etc/ssh /etc/pam.d /etc/systemd /etc/sysconfig'.split(
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
  /^(?:glibc(?:-common|-minimal-langpack)?|bash|coreutils|systemd(?:-libs|-udev)?|kernel(?:-core)?|grub2(?:-[A-Za-z_]\w*)*|dracut|rpm(?:-libs)?|yum|dnf(?:-data)?|python|python3|python3-libs|platform-python|openssh|openssh-server|openssl-libs|sudo|pam|shadow-utils|util-linux|NetworkManager|initscripts|filesystem|setup|basesystem|(?:centos|redhat|rocky|almalinux)(?:-\w+)?-release)(?:[.-]\d[\w.~^-]*)?(?:\.(?:x86_64|aarch64|noarch|ppc64le))?$/;

const disk =
  /^\/dev\/(?:(?:sd|vd|xvd|hd)[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?|md\d+|dm-\d+|mapper\/(?!control$).+|disk\/by-.+|vg\w*\/.+|loop\d+(?:p\d*)?)$/;

/** A path without repeated slashes and dots; undefined if it is not absolute. */
export function absolute(path: string, folder?: string): string | undefined {
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
  return found !== undefined && (systemFiles.has(found) || /^\/etc\/pam\.d\/[^/]+$|^\/boot\/./.test(found));
}

export function isSystemPackage(name: string): boolean {
  return systemPackages.test(name);
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
