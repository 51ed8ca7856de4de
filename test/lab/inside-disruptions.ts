import { readFileSync } from 'node:fs';
import type { Disruption } from './disruptions.ts';
import { labFiles } from './files.ts';
import { guestFile } from './guest.ts';
import { hostileFiles } from './hostile.ts';
import { inside, type LabNode } from './node.ts';
import { LabError, until } from './run.ts';
import { readState } from './state.ts';

/** The user that logs in with a key and must enter a password for sudo, and that password. */
export const sudoUser = { name: 'stack', password: `lab $tack's "1"` } as const;

/** Runs a shell script in a node, which must succeed. */
async function script(node: LabNode, text: string): Promise<string> {
  const ran = await inside(node, ['sh', '-eu', '-s'], text);
  if (ran.code !== 0) throw new LabError(`on ${node.name}: ${ran.stderr || ran.stdout}`);
  return ran.stdout.trim();
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

async function addUser(node: LabNode, rule: string): Promise<string> {
  const { name, password } = sudoUser;
  const key = readFileSync(`${labFiles().identity}.pub`, 'utf8').trim();
  await script(
    node,
    `id ${name} >/dev/null 2>&1 || useradd --create-home --shell /bin/bash --groups wheel ${name}
printf '%s\\n' ${quote(`${name}:${password}`)} | chpasswd
install -d -m 700 -o ${name} -g ${name} /home/${name}/.ssh
printf '%s\\n' ${quote(key)} > /home/${name}/.ssh/authorized_keys
chown ${name}:${name} /home/${name}/.ssh/authorized_keys
chmod 600 /home/${name}/.ssh/authorized_keys
printf '%s\\n' ${quote(rule)} > /etc/sudoers.d/lab
chmod 440 /etc/sudoers.d/lab`,
  );
  return `user ${name}, password ${password}`;
}

/** Disruptions that are made inside the node. */
export const insideDisruptions = {
  'sshd-restart': {
    description: 'restarts the SSH server; open logins remain',
    apply: async (node) => {
      await script(node, 'systemctl restart sshd');
      return undefined;
    },
  },
  'logins-kill': {
    description: 'kills every SSH login of the node; detached processes continue',
    apply: async (node) => {
      await script(node, "pkill -KILL -f '^sshd: .*@' || [ $? -eq 1 ]");
      return undefined;
    },
  },
  'yum-lock': {
    description: 'holds the locks of the package manager in a running process (until yum-unlock)',
    apply: async (node) => {
      const state = readState();
      const old = (state?.systems?.[node.name] ?? state?.system) === 'el7' ? ' yum3' : '';
      await script(
        node,
        `cat > /usr/libexec/lab/yum-lock <<'END'
${guestFile('yum-lock.py')}END
systemd-run --quiet --unit=lab-yum-lock --collect python3 /usr/libexec/lab/yum-lock${old}`,
      );
      const held = async () => (await inside(node, ['test', '-s', '/run/lab/yum-lock.pid'])).code === 0;
      if (!(await until(10_000, held))) throw new LabError(`no lock on ${node.name} after 10 s`);
      return `held by process ${await script(node, 'cat /run/lab/yum-lock.pid')} of the node`;
    },
  },
  'yum-unlock': {
    description: 'ends yum-lock',
    apply: async (node) => {
      await script(node, 'systemctl stop lab-yum-lock');
      return undefined;
    },
  },
  'clock-off': {
    description:
      'sets the clock of new logins and services VALUE seconds (86400) ahead (until clock-restore)',
    apply: async (node, value = '86400') => {
      if (!/^-?\d+$/.test(value)) throw new LabError('clock-off takes a whole number of seconds');
      // A container has the host's clock, so a library fakes the time for its programs; sshd itself does not work with it.
      await script(
        node,
        `library=$(dpkg -L libfaketime | grep '/libfaketime\\.so\\.1$')
shift=${quote(value.startsWith('-') ? value : `+${value}`)}
mkdir -p /run/systemd/system/sshd.service.d
printf '[Service]\\nUnsetEnvironment=LD_PRELOAD FAKETIME\\n' > /run/systemd/system/sshd.service.d/clock.conf
sed -i '/^SetEnv LD_PRELOAD/d' /etc/ssh/sshd_config
sed -i "1i SetEnv LD_PRELOAD=$library FAKETIME=$shift" /etc/ssh/sshd_config
systemctl daemon-reload
systemctl set-environment "LD_PRELOAD=$library" "FAKETIME=$shift"
systemctl restart sshd`,
      );
      return undefined;
    },
  },
  'clock-restore': {
    description: 'ends clock-off',
    apply: async (node) => {
      await script(
        node,
        `sed -i '/^SetEnv LD_PRELOAD/d' /etc/ssh/sshd_config
systemctl unset-environment LD_PRELOAD FAKETIME
systemctl restart sshd`,
      );
      return undefined;
    },
  },
  'sudo-password': {
    description: 'creates a user "stack" who logs in with the lab key and needs a password for sudo',
    apply: (node) => addUser(node, `${sudoUser.name} ALL=(ALL) ALL`),
  },
  'sudo-no-password': {
    description: 'creates the same user without a sudo password',
    apply: (node) => addUser(node, `${sudoUser.name} ALL=(ALL) NOPASSWD: ALL`),
  },
  'sudo-tty': {
    description: 'creates the same user without a sudo password, but sudo requires a terminal',
    apply: (node) => addUser(node, `Defaults requiretty\n${sudoUser.name} ALL=(ALL) NOPASSWD: ALL`),
  },
  'hostile-names': {
    description:
      'creates files with hostile names that steps read: blanks, quotes, newlines, shell characters, invalid UTF-8',
    apply: async (node) => {
      const paths = hostileFiles(node);
      return `${paths.length} files`;
    },
  },
} as const satisfies Readonly<Record<string, Disruption>>;
