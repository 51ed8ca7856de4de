import { msg } from '../base/l10n.ts';
import type { Cluster } from '../cluster/model.ts';
import { isPublicKey, publicKeyProblem } from '../cluster/user-keys.ts';
import { pathKey } from '../schema/reading.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** User names that shadow-utils accepts without --badname on every Enterprise Linux; at most 32 characters. */
const userName = /^[a-z_][a-z0-9_-]{0,31}$/;

type User = Cluster['users'][string];

function usersOf({ file }: RuleContext): readonly (readonly [string, User])[] {
  return Object.entries(file.users ?? {});
}

/** Settings that do not apply to root. */
const notForRoot = ['groups', 'sudo', 'shell'] as const;

export const userRules: readonly Rule[] = [
  {
    code: 'user-name',
    severity: 'error',
    about: msg('useradd refuses other names, and a name becomes part of commands and of rules of sudo.'),
    sources: ['SHADOW'],
    check: (context, report) => {
      for (const [name] of usersOf(context)) {
        if (userName.test(name)) continue;
        report(
          context.at('users', name)?.key,
          msg(
            '`{0}` cannot be the name of a user: use up to 32 small letters, digits, _ and -, and begin with a letter or _.',
            name,
          ),
        );
      }
    },
  },
  {
    code: 'user-root-settings',
    severity: 'error',
    about: msg(
      'root may do everything already, and its shell and groups are what the node needs to be repaired.',
    ),
    check: (context, report) => {
      const root = usersOf(context).find(([name]) => name === 'root')?.[1];
      if (!root) return;
      for (const key of notForRoot) {
        if (root[key] === undefined) continue;
        report(
          context.at('users', 'root', key)?.key,
          msg('root has only a password and keys here; remove {0}.', key),
        );
      }
    },
  },
  {
    code: 'user-key',
    severity: 'error',
    about: msg('sshd ignores a line of authorized_keys that it cannot read, and the user cannot log in.'),
    sources: ['OSSH'],
    check: (context, report) => {
      for (const [name, { keys = [] }] of usersOf(context)) {
        const kept = context.reading.kept.get(pathKey('users', name, 'keys')) ?? [];
        keys.forEach((key, index) => {
          const flaw = isPublicKey(key) ? publicKeyProblem(key) : undefined;
          if (!flaw) return;
          report(
            context.at('users', name, 'keys', kept[index] ?? index)?.value,
            msg('This public key cannot be used: {0}.', flaw),
          );
        });
      }
    },
  },
  {
    code: 'user-sudo-password',
    severity: 'warning',
    about: msg(
      'sudo asks for the user’s own password; a user that the step creates has none unless the file names a secret.',
    ),
    check: (context, report) => {
      for (const [name, { sudo, password }] of usersOf(context)) {
        if (sudo !== 'password' || password || name === 'root') continue;
        report(
          context.at('users', name, 'sudo')?.value,
          msg('sudo will ask {0} for a password; name its secret under password, or use nopasswd.', name),
        );
      }
    },
  },
  {
    code: 'user-login-sudo',
    severity: 'warning',
    about: msg(
      'The run logs in as this user and becomes root by sudo; without its rule, no later run can change the node.',
    ),
    check: (context, report) => {
      for (const [name, { sudo }] of usersOf(context)) {
        if (sudo !== 'none') continue;
        const isLogin = context.cluster.nodes.some(({ ssh }) => ssh.user === name && ssh.become === 'sudo');
        if (!isLogin) continue;
        report(
          context.at('users', name, 'sudo')?.value,
          msg('{0} is the login user and needs sudo to become root; use nopasswd or password.', name),
        );
      }
    },
  },
];
