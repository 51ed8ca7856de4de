import { msg } from '../base/l10n.ts';
import { wildcard } from '../base/wildcard.ts';
import { addressValue } from '../cluster/cidr.ts';
import { replacement } from '../schema/fixes.ts';
import type { Look } from './context.ts';
import type { Rule } from './rule.ts';
import { allHaveKeys, settingOf, wordOf } from './sshd.ts';

/** The users that the nodes are logged in as, where the file says so; else the ssh config decides. */
export function users({ cluster }: Look): readonly string[] {
  return [...new Set(cluster.nodes.flatMap(({ ssh }) => (ssh.open?.includes('user') ? [] : [ssh.user])))];
}

/** Whether a pattern of AllowUsers means a user: `*` and `?` stand for characters, what is behind @ is the host's. */
function means(pattern: string, user: string): boolean {
  const at = pattern.lastIndexOf('@');
  return wildcard(at === -1 ? pattern : pattern.slice(0, at))(user);
}

/** The only user that AllowUsers or DenyUsers keeps out; undefined where all may come in. */
function keptOut(look: Look, directive: 'AllowUsers' | 'DenyUsers'): string | undefined {
  const value = settingOf(look, directive)?.value;
  if (value === undefined) return undefined;
  const patterns = value.trim().split(/\s+/);
  return users(look).find((user) => {
    if (directive === 'AllowUsers') return !patterns.some((pattern) => means(pattern, user));
    return patterns.some((pattern) => !pattern.includes('@') && means(pattern, user));
  });
}

/** The address of a ListenAddress without its port. */
function listenHost(value: string): string {
  const text = value.trim().split(/\s+/)[0] ?? '';
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  return text.split(':').length === 2 ? (text.split(':')[0] ?? '') : text;
}

export const sshdLoginRules: readonly Rule[] = [
  {
    code: 'sshd-root-locked-out',
    severity: 'error',
    about: msg(
      'The nodes are logged in to as root, and sshd would let root in no more: the next step could not connect.',
    ),
    sources: ['OSSH', 'PS'],
    hasFix: true,
    check: (look, report) => {
      const setting = settingOf(look, 'PermitRootLogin');
      const value = setting?.value.trim().toLowerCase();
      if (!setting || (value !== 'no' && value !== 'forced-commands-only')) return;
      if (!users(look).includes('root')) return;
      report(
        setting.valueSpan,
        msg(
          'This locks Stackprep out, which logs in as root; set prohibit-password, or log in as another user with become: sudo.',
        ),
        replacement(look.reading.source, setting.valueSpan, 'prohibit-password'),
      );
    },
  },
  {
    code: 'sshd-password-locked-out',
    severity: 'information',
    about: msg(
      'sshd would accept keys only, and the file names none; unless your agent or ssh config has one for every node, no one can log in.',
    ),
    sources: ['OSSH'],
    check: (look, report) => {
      const setting = settingOf(look, 'PasswordAuthentication');
      if (setting?.value.trim().toLowerCase() !== 'no' || allHaveKeys(look) || !look.isWhole('nodes')) return;
      if (look.cluster.steps.some(({ id }) => id === 'ssh-keys')) return;
      const node = look.cluster.nodes.find(({ ssh }) => ssh.identity === undefined);
      if (!node) return;
      report(
        setting.valueSpan,
        msg(
          'No identity is named for {0}; see that your agent or ssh config has a key for it before passwords are off.',
          node.name,
        ),
      );
    },
  },
  {
    code: 'sshd-no-way-in',
    severity: 'error',
    about: msg('With neither keys nor passwords no one can log in, from anywhere.'),
    sources: ['OSSH'],
    check: (look, report) => {
      const isOff = (directive: string): boolean => wordOf(look, directive) === 'no';
      if (!isOff('PubkeyAuthentication') || !isOff('PasswordAuthentication')) return;
      const others = ['GSSAPIAuthentication', 'HostbasedAuthentication', 'KerberosAuthentication'];
      const keyboard = ['KbdInteractiveAuthentication', 'ChallengeResponseAuthentication'];
      // The system sets the keyboard's answer to no unless the file says otherwise.
      if ([...others, ...keyboard].some((directive) => wordOf(look, directive) === 'yes')) return;
      report(
        settingOf(look, 'PubkeyAuthentication')?.valueSpan,
        msg('Keys and passwords are both off: no one can log in any more; leave keys on.'),
      );
    },
  },
  {
    code: 'sshd-keys-off',
    severity: 'warning',
    about: msg('The file names a key to log in with, and sshd would ignore it.'),
    sources: ['OSSH'],
    check: (look, report) => {
      if (!look.cluster.nodes.some((node) => node.ssh.identity !== undefined)) return;
      if (wordOf(look, 'PubkeyAuthentication') === 'no' && wordOf(look, 'PasswordAuthentication') !== 'no')
        report(
          settingOf(look, 'PubkeyAuthentication')?.valueSpan,
          msg('The file names an identity, but sshd would take no keys; set yes.'),
        );
      if (wordOf(look, 'AuthorizedKeysFile') === 'none')
        report(
          settingOf(look, 'AuthorizedKeysFile')?.valueSpan,
          msg('The file names an identity, but sshd would look for it nowhere; set .ssh/authorized_keys.'),
        );
    },
  },
  {
    code: 'sshd-user-locked-out',
    severity: 'error',
    about: msg(
      'sshd would refuse the very user that the nodes are logged in as: the next step could not connect.',
    ),
    sources: ['OSSH'],
    check: (look, report) => {
      for (const directive of ['AllowUsers', 'DenyUsers'] as const) {
        const user = keptOut(look, directive);
        if (user === undefined) continue;
        report(
          settingOf(look, directive)?.valueSpan,
          msg('{0} keeps out {1}, the login user.', directive, user),
        );
      }
    },
  },
  {
    code: 'sshd-listen',
    severity: 'error',
    about: msg('sshd would listen where no one connects to, or would not start for want of the address.'),
    sources: ['OSSH'],
    check: (look, report) => {
      const setting = settingOf(look, 'ListenAddress');
      if (!setting) return;
      const host = listenHost(setting.value);
      if (!addressValue(host) || host === '0.0.0.0' || host === '::') return;
      if (/^127\.|^::1$/.test(host)) {
        if (look.cluster.nodes.every((node) => node.ssh.host === host)) return;
        report(
          setting.valueSpan,
          msg('On {0} sshd answers its own machine only; leave ListenAddress out.', host),
        );
      } else if (look.cluster.nodes.length > 1)
        report(setting.valueSpan, msg('Only one node has the address {0}; leave ListenAddress out.', host));
    },
  },
  {
    code: 'sshd-max-sessions',
    severity: 'error',
    about: msg('0 sessions means that no one gets a shell or runs a command, Stackprep included.'),
    sources: ['OSSH'],
    check: (look, report) => {
      const setting = settingOf(look, 'MaxSessions');
      if (setting?.value.trim() !== '0') return;
      report(setting.valueSpan, msg('With 0 sessions no command can be run over SSH; the default is 10.'));
    },
  },
  {
    code: 'sshd-port-moves',
    severity: 'warning',
    about: msg('After this step sshd listens on another port than the one that the file connects to.'),
    check: (look, report) => {
      const setting = settingOf(look, 'Port');
      if (!setting || !/^\d+$/.test(setting.value.trim()) || look.isPackstack) return;
      const port = Number(setting.value);
      // With host set the port may be that of a forwarding.
      const node = look.cluster.nodes.find(
        ({ ssh, address }) => ssh.host === address && ssh.port !== port && !ssh.open?.includes('port'),
      );
      if (!node) return;
      report(
        setting.valueSpan,
        msg(
          'sshd moves to port {0}, but {1} is reached on {2}; set ssh.port once the step has run.',
          port,
          node.name,
          node.ssh.port,
        ),
      );
    },
  },
  {
    code: 'sshd-port-selinux',
    severity: 'warning',
    about: msg(
      'SELinux lets sshd listen on port 22 only, unless semanage names the other port; sshd would not come back from its restart.',
    ),
    sources: ['COMMON'],
    check: (look, report) => {
      const setting = settingOf(look, 'Port');
      if (!setting || setting.value.trim() === '22' || look.file.system?.selinux !== 'enforcing') return;
      const isNamed = look.cluster.steps.some(({ custom }) => /semanage\s+port/.test(custom?.run ?? ''));
      if (isNamed) return;
      report(
        setting.valueSpan,
        msg(
          'SELinux does not let sshd have port {0}; run semanage port -a -t ssh_port_t -p tcp {0} before.',
          setting.value,
        ),
      );
    },
  },
];
