import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { must, runSync } from '../lab/run.ts';
import { clearAway } from '../support/clear-away.ts';
import { hasProgram } from '../support/programs.ts';
import { aptInstall, cacheDir, type Provided } from '../support/provision.ts';

/** Programs that the worlds need on this computer, and the Debian package of each. */
const programs: Readonly<Record<string, string>> = {
  '/usr/sbin/sshd': 'openssh-server',
  ssh: 'openssh-client',
  ip: 'iproute2',
  nsenter: 'util-linux',
  zsh: 'zsh',
  fish: 'fish',
  tmux: 'tmux',
  tcsh: 'tcsh',
  script: 'bsdutils',
  python3: 'python3',
};

/** Packages that only the worlds have: this computer does not get a sudo from a test. */
const inside = ['sudo', 'opendoas', 'libpam-google-authenticator'];

/** Why no world can be made here, or undefined. */
export function whyNoWorlds(): string | undefined {
  if (process.platform !== 'linux') return `the worlds need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'the worlds need root: they mount, and start sshd';
  const tried = runSync([
    'unshare',
    '--mount',
    '--net',
    '--pid',
    '--fork',
    'mount',
    '-t',
    'tmpfs',
    'x',
    '/mnt',
  ]);
  if (tried.code !== 0) return `this node does not allow namespaces: ${tried.stderr.trim()}`;
  return undefined;
}

/** Installs what the worlds need; returns the folder with the packages that only the worlds have. */
export async function provideWorlds(): Promise<Provided<string>> {
  const missing = Object.entries(programs).filter(([program]) => !hasProgram(program));
  const installed = await aptInstall(missing.map(([, name]) => name));
  if (!installed.ok) return installed;
  const folder = cacheDir('ssh-worlds', inside.join('+'));
  if ((await readdir(folder).catch(() => [])).length > 0) return { ok: true, value: folder };
  const building = `${folder}.${process.pid}`;
  await clearAway(building);
  await mkdir(join(building, 'root'), { recursive: true });
  try {
    // Another apt may hold the lock on the lists, which a download does not need.
    await must(['sh', '-c', 'cd "$0" && exec apt-get -q download "$@"', building, ...inside]).catch(
      async () => {
        await must(['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', 'update']);
        return must(['sh', '-c', 'cd "$0" && exec apt-get -q download "$@"', building, ...inside]);
      },
    );
    for (const name of await readdir(building))
      if (name.endsWith('.deb')) await must(['dpkg', '-x', join(building, name), join(building, 'root')]);
    // Folders that are links in a merged system would hide their targets; documentation is not needed.
    await must([
      'sh',
      '-c',
      'cd "$0/root" && cp -r lib usr/ && rm -rf lib usr/share && chmod 755 .',
      building,
    ]);
    // Another process may have been faster.
    await rename(join(building, 'root'), folder).catch(() => undefined);
  } finally {
    await clearAway(building);
  }
  return { ok: true, value: folder };
}
