import { msg } from '../base/l10n.ts';
import { wildcard } from '../base/wildcard.ts';
import { addressValue } from '../cluster/cidr.ts';
import { distinct } from '../cluster/node-groups.ts';
import { replacement } from '../schema/fixes.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { allHaveKeys, settingOf, wordOf } from './sshd.ts';

const givenUsers = distinct(({ node: { ssh } }) => (ssh.open?.includes('user') ? [] : [ssh.user]));

/** The login users of the nodes given in the file; otherwise the ssh config decides. */
export function users({ cluster }: RuleContext): readonly string[] {
  return [...givenUsers(cluster.nodes)];
}

/** Whether a pattern of AllowUsers matches a user: `*` and `?` are wildcards, the part after @ is the host's. */
function means(pattern: string, user: string): boolean {
  const at = pattern.lastIndexOf('@');
  return wildcard(at === -1 ? pattern : pattern.slice(0, at))(user);
}

/** The only login user that AllowUsers or DenyUsers excludes; undefined if none. */
function keptOut(context: RuleContext, directive: 'AllowUsers' | 'DenyUsers'): string | undefined {
  const value = settingOf(context, directive)?.value;
  return value === undefined ? undefined : lockedOutBy(context, directive, value);
}

/** The login user that a value of AllowUsers or DenyUsers excludes; undefined if none. */
export function lockedOutBy(
  context: RuleContext,
  directive: 'AllowUsers' | 'DenyUsers',
  value: string,
): string | undefined {
  const patterns = value.trim().split(/\s+/);
  return users(context).find((user) => {
    if (directive === 'AllowUsers') return !patterns.some((pattern) => means(pattern, user));
    return patterns.some((pattern) => !pattern.includes('@') && means(pattern, user));
  });
}

/** The address of a ListenAddress, without the port. */
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
      'The login user is root, and sshd would no longer accept root. The next step could not connect.',
    ),
    sources: ['OSSH', 'PS'],
    hasFix: true,
    check: (context, report) => {
      const setting = settingOf(context, 'PermitRootLogin');
      const value = setting?.value.trim().toLowerCase();
      if (!setting || (value !== 'no' && value !== 'forced-commands-only')) return;
      if (!users(context).includes('root')) return;
      report(
        setting.valueSpan,
        msg(
          'This locks out root, the login user. Set prohibit-password, or log in as another user with become: sudo.',
        ),
        replacement(context.reading.source, setting.valueSpan, 'prohibit-password'),
      );
    },
  },
  {
    code: 'sshd-password-locked-out',
    severity: 'information',
    about: msg(
      'sshd would accept only keys, and the file names none. Unless your agent or ssh config has a key for every node, no one can log in.',
    ),
    sources: ['OSSH'],
    check: (context, report) => {
      const setting = settingOf(context, 'PasswordAuthentication');
      if (setting?.value.trim().toLowerCase() !== 'no' || allHaveKeys(context) || !context.isWhole('nodes'))
        return;
      if (context.cluster.steps.some(({ id }) => id === 'ssh-keys')) return;
      const node = context.cluster.nodes.find(({ ssh }) => ssh.identity === undefined);
      if (!node) return;
      report(
        setting.valueSpan,
        msg(
          'No identity is set for {0}. Make sure that your agent or ssh config has a key for it before you disable passwords.',
          node.name,
        ),
      );
    },
  },
  {
    code: 'sshd-no-login',
    severity: 'error',
    about: msg('With neither keys nor passwords, no one can log in.'),
    sources: ['OSSH'],
    check: (context, report) => {
      const isOff = (directive: string): boolean => wordOf(context, directive) === 'no';
      if (!isOff('PubkeyAuthentication') || !isOff('PasswordAuthentication')) return;
      const others = ['GSSAPIAuthentication', 'HostbasedAuthentication', 'KerberosAuthentication'];
      const keyboard = ['KbdInteractiveAuthentication', 'ChallengeResponseAuthentication'];
      // The system's default for keyboard-interactive authentication is no, unless the file sets it.
      if ([...others, ...keyboard].some((directive) => wordOf(context, directive) === 'yes')) return;
      report(
        settingOf(context, 'PubkeyAuthentication')?.valueSpan,
        msg('Keys and passwords are both disabled, so no one can log in. Keep keys enabled.'),
      );
    },
  },
  {
    code: 'sshd-keys-off',
    severity: 'warning',
    about: msg('The file sets a key for the login, but sshd would ignore it.'),
    sources: ['OSSH'],
    check: (context, report) => {
      if (
        wordOf(context, 'PubkeyAuthentication') === 'no' &&
        wordOf(context, 'PasswordAuthentication') !== 'no' &&
        context.cluster.nodes.some((node) => node.ssh.identity !== undefined)
      )
        report(
          settingOf(context, 'PubkeyAuthentication')?.valueSpan,
          msg('The file sets an identity, but sshd would not accept keys. Set yes.'),
        );
      if (wordOf(context, 'AuthorizedKeysFile') === 'none')
        report(
          settingOf(context, 'AuthorizedKeysFile')?.valueSpan,
          msg(
            'The file sets an identity, but sshd would not read authorized keys. Set .ssh/authorized_keys.',
          ),
        );
    },
  },
  {
    code: 'sshd-keys-file',
    severity: 'warning',
    about: msg(
      'ssh-keys and users write keys into ~/.ssh/authorized_keys. If sshd reads another file, those keys do not log in.',
    ),
    sources: ['OSSH'],
    check: (context, report) => {
      const setting = settingOf(context, 'AuthorizedKeysFile');
      const files = setting?.value.trim().split(/\s+/) ?? [];
      const isUsual = files.some((file) => /^(?:(?:%h|~)\/)?\.ssh\/authorized_keys$/.test(file));
      if (!setting || isUsual || setting.value.trim() === 'none') return;
      const hasKeys = Object.values(context.cluster.users).some(({ keys }) => (keys?.length ?? 0) > 0);
      const step =
        context.cluster.steps.find(({ id }) => id === 'ssh-keys')?.id ?? (hasKeys ? 'users' : undefined);
      if (step === undefined) return;
      report(
        setting.valueSpan,
        msg(
          'Step `{0}` writes keys into {1}, which sshd would no longer read. Add it to the list.',
          step,
          '.ssh/authorized_keys',
        ),
      );
    },
  },
  {
    code: 'sshd-user-locked-out',
    severity: 'error',
    about: msg('sshd would refuse the login user, so the next step could not connect.'),
    sources: ['OSSH'],
    check: (context, report) => {
      for (const directive of ['AllowUsers', 'DenyUsers'] as const) {
        const user = keptOut(context, directive);
        if (user === undefined) continue;
        report(
          settingOf(context, directive)?.valueSpan,
          msg('{0} locks out {1}, the login user.', directive, user),
        );
      }
    },
  },
  {
    code: 'sshd-listen',
    severity: 'error',
    about: msg('sshd would listen where no one can connect, or not start because the address is missing.'),
    sources: ['OSSH'],
    check: (context, report) => {
      const setting = settingOf(context, 'ListenAddress');
      if (!setting) return;
      const host = listenHost(setting.value);
      if (!addressValue(host) || host === '0.0.0.0' || host === '::') return;
      if (/^127\.|^::1$/.test(host)) {
        if (context.cluster.nodes.every((node) => node.ssh.host === host)) return;
        report(
          setting.valueSpan,
          msg('On {0}, sshd would accept connections only from the node itself. Remove ListenAddress.', host),
        );
      } else if (context.cluster.nodes.length > 1)
        report(setting.valueSpan, msg('Only one node has the address {0}. Remove ListenAddress.', host));
    },
  },
  {
    code: 'sshd-max-sessions',
    severity: 'error',
    about: msg('With 0 sessions, no one gets a shell or runs a command, including Stackprep.'),
    sources: ['OSSH'],
    check: (context, report) => {
      const setting = settingOf(context, 'MaxSessions');
      if (setting?.value.trim() !== '0') return;
      report(setting.valueSpan, msg('With 0 sessions, no command can run over SSH. The default is 10.'));
    },
  },
  {
    code: 'sshd-port-moves',
    severity: 'warning',
    about: msg('After this step, sshd listens on another port than the file connects to.'),
    check: (context, report) => {
      const setting = settingOf(context, 'Port');
      if (!setting || !/^\d+$/.test(setting.value.trim()) || context.isPackstack) return;
      const port = Number(setting.value);
      // If `host` is set, the port may be that of a forwarding.
      const node = context.cluster.nodes.find(
        ({ ssh, address }) => ssh.host === address && ssh.port !== port && !ssh.open?.includes('port'),
      );
      if (!node) return;
      report(
        setting.valueSpan,
        msg(
          'sshd moves to port {0}, but {1} is reached on port {2}. Set ssh.port after the step has run.',
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
      'SELinux allows sshd only on port 22, unless semanage adds another port. sshd would not start again after its restart.',
    ),
    sources: ['COMMON'],
    check: (context, report) => {
      const setting = settingOf(context, 'Port');
      const isEnforcing = context.systemPlaces.some(({ settings }) => settings.selinux === 'enforcing');
      if (!setting || setting.value.trim() === '22' || !isEnforcing) return;
      const isNamed = context.cluster.steps.some(({ custom }) => /semanage\s+port/.test(custom?.run ?? ''));
      if (isNamed) return;
      report(
        setting.valueSpan,
        msg(
          'SELinux does not allow sshd on port {0}. First run semanage port -a -t ssh_port_t -p tcp {0}.',
          setting.value,
        ),
      );
    },
  },
];
