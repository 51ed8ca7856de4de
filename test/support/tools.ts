import { hasProgram } from './programs.ts';
import { aptInstall } from './provision.ts';

/** Programs that unit tests use as real counterparts, and the Debian package of each. */
const packages: Readonly<Record<string, string>> = {
  dash: 'dash',
  busybox: 'busybox',
  shellcheck: 'shellcheck',
  shfmt: 'shfmt',
  tcsh: 'tcsh',
  tmux: 'tmux',
  zsh: 'zsh',
  fish: 'fish',
  ssh: 'openssh-client',
  '/usr/sbin/sshd': 'openssh-server',
  script: 'bsdutils',
  mandoc: 'mandoc',
  man: 'man-db',
  dnf: 'dnf',
  rpmbuild: 'rpm',
  xz: 'xz-utils',
  bzip2: 'bzip2',
  zstd: 'zstd',
  'ansible-playbook': 'ansible-core',
  'ansible-lint': 'ansible-lint',
  lvm: 'lvm2',
  'mkfs.xfs': 'xfsprogs',
};

/** `more`: additional programs, by the names of their packages. */
async function provideTools(more: readonly string[]): Promise<void> {
  const wanted = { ...packages, ...Object.fromEntries(more.map((name) => [name, name])) };
  const missing = Object.entries(wanted).filter(([program]) => !hasProgram(program));
  const provided = await aptInstall(missing.map(([, name]) => name));
  // Tests that need a missing program are skipped and name it.
  const names = missing.map(([program]) => program).join(', ');
  if (!provided.ok) console.log(`Not installed (${names}): ${provided.reason}`);
}

void provideTools(process.argv.slice(2));
