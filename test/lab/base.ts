import { cached, recipeHash } from './cache.ts';
import { guestFile } from './guest.ts';
import { must } from './run.ts';

const suite = 'bookworm';
const source = 'http://deb.debian.org/debian';
const first = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'openssh-server',
  'iproute2',
  'sudo',
  'procps',
  'dnf',
  'rpm',
  'locales',
];

/**
 * The base root file system of all nodes: a minimal Debian with systemd, sshd, dnf and the real daemons, none of them
 * enabled. The first build needs the network and takes about two minutes; later it is read from the cache.
 */
export function baseFolder(report: (line: string) => void): Promise<string> {
  const script = guestFile('base.sh');
  return cached('base', recipeHash(suite, source, first, script), async (folder) => {
    report('building the base root file system (once, about two minutes)');
    await must(['debootstrap', '--variant=minbase', `--include=${first.join(',')}`, suite, folder, source]);
    await inChroot(folder, script);
  });
}

/** Runs a shell script in a root file system; /proc is mounted in a namespace that ends with the script. */
export function inChroot(folder: string, script: string): Promise<string> {
  const inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" /bin/sh -s';
  return must(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', inside, folder], {
    input: script,
  });
}
