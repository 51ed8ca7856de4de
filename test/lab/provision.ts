import { existsSync, readFileSync } from 'node:fs';
import { hierarchies } from './cgroup.ts';
import { LabError, must, run, runSync } from './run.ts';

/** Programs that the lab calls, and the Debian package of each. */
const tools: Readonly<Record<string, string>> = {
  'systemd-nspawn': 'systemd-container',
  debootstrap: 'debootstrap',
  dnf: 'dnf',
  rpmbuild: 'rpm',
  rpmsign: 'rpm',
  gpg: 'gnupg',
  createrepo_c: 'createrepo-c',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  ip: 'iproute2',
  nft: 'nftables',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  openssl: 'openssl',
  tinyproxy: 'tinyproxy-bin',
};

export function missingPackages(): readonly string[] {
  const path = (process.env.PATH ?? '').split(':').concat('/usr/sbin', '/sbin');
  const absent = Object.entries(tools).filter(
    ([tool]) => !path.some((folder) => existsSync(`${folder}/${tool}`)),
  );
  return [...new Set(absent.map(([, name]) => name))];
}

/** What a lab requires besides the packages. */
export interface Machine {
  readonly platform: string;
  readonly uid: number | undefined;
}

/** Why no lab can run here, or undefined (missing packages are not a reason yet). */
export function whyNot(
  machine: Machine = { platform: process.platform, uid: process.getuid?.() },
): string | undefined {
  if (machine.platform !== 'linux') return `the lab needs Linux, this is ${machine.platform}`;
  if (machine.uid !== 0) return 'the lab needs root: it mounts, makes network bridges and boots containers';
  if (hierarchies().length === 0) return 'no control groups are mounted at /sys/fs/cgroup';
  if (missingPackages().length > 0 && !existsSync('/usr/bin/apt-get')) {
    return `these packages are missing and there is no apt-get to install them: ${missingPackages().join(' ')}`;
  }
  // A container needs these; in an unprivileged container even root may not use them.
  const tried = runSync([
    'unshare',
    '--mount',
    '--net',
    '--pid',
    '--fork',
    'mount',
    '-t',
    'tmpfs',
    'none',
    '/mnt',
  ]);
  if (tried.code !== 0) return `this machine does not allow containers: ${tried.stderr.trim()}`;
  return undefined;
}

/** Installs missing packages; waits while another process holds the package lock. Throws with the reason. */
export async function provision(report: (line: string) => void): Promise<void> {
  const reason = whyNot();
  if (reason) throw new LabError(reason);
  const missing = missingPackages();
  if (missing.length === 0) return;
  report(`installing ${missing.join(' ')}`);
  const apt = ['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'];
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const install = [...apt, 'install', '-y', '--no-install-recommends', ...missing];
  if ((await run(install, { env })).code !== 0) {
    await must([...apt, 'update'], { env });
    await must(install, { env });
  }
  const still = missingPackages();
  if (still.length > 0) throw new LabError(`still missing after apt-get: ${still.join(' ')}`);
}

const inotifyInstances = '/proc/sys/fs/inotify/max_user_instances';
/** Every systemd takes several, and Linux allows root 128 of them over all containers: with more nodes, one does not boot. */
const wantedInstances = 1024;

/** Raises the limit of the host until it boots again; a host that forbids it can still run a few nodes. */
export function allowNodes(): void {
  if (Number(readFileSync(inotifyInstances, 'utf8')) >= wantedInstances) return;
  runSync(['sysctl', '-q', '-w', `fs.inotify.max_user_instances=${wantedInstances}`]);
}
