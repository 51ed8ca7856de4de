import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { ProblemCode } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { addressValue } from '../cluster/cidr.ts';
import { insertEntry, removeEntry } from '../cluster/edits.ts';
import { nodeFinder, onePerKey, perGroup } from '../cluster/node-groups.ts';
import { hostNameProblem, identityProblem, readJump, userNameProblem } from '../cluster/ssh-names.ts';
import { replacement } from '../schema/fixes.ts';
import type { Path } from '../schema/places.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

interface Login {
  readonly path: Path;
  readonly user?: string;
  readonly host?: string;
  readonly identity?: string;
  readonly jump?: string;
  readonly become?: 'none' | 'sudo';
}

/** Whether a node logs in as root and sets nothing else, as most of thousands do: no rule has anything to say about that. */
function isPlain({ user, host, identity, jump, become }: Omit<Login, 'path'>): boolean {
  return (
    (user === undefined || user === 'root') &&
    !host &&
    !identity &&
    !jump &&
    !become &&
    host !== '' &&
    identity !== '' &&
    jump !== ''
  );
}

const withLogin = nodeFinder(() => (_, written) => !isPlain(written));

/** Where the file sets how to log in: the defaults, then each node. */
const logins = perContext(({ file, cluster }): readonly Login[] => {
  const nodes = onePerKey(withLogin(cluster.nodes)).map(({ key, written }): Login => {
    return { ...written, path: ['nodes', key] };
  });
  return [...(file.ssh ? [{ ...file.ssh, path: ['ssh'] }] : []), ...nodes];
});

function isDsa(identity: string): boolean {
  return /(?:^|[/\\])id_dsa(?:\.pub)?$/.test(identity);
}

/** The part of `user@host` that is a host of this file; a directory service also has names with an @. */
function hostInUser({ cluster }: RuleContext, user: string): string | undefined {
  const at = user.lastIndexOf('@');
  const host = user.slice(at + 1).replace(/:\d+$/, '');
  if (at <= 0 || host === '') return undefined;
  const isOwn = cluster.nodes.some(({ name, address, ssh }) => [name, address, ssh.host].includes(host));
  return isOwn || user.startsWith('root@') || addressValue(host) || host === 'localhost' ? host : undefined;
}

/** What is wrong with the user of a login; undefined if nothing. */
function userFlaw(context: RuleContext, user: string): Message | undefined {
  const flaw = userNameProblem(user);
  if (flaw) return flaw;
  if (hostInUser(context, user) !== undefined || /^[\w.-]+:\d+$/.test(user))
    return msg('host and port have their own keys');
  return undefined;
}

/** What is wrong with the host of a login; undefined if nothing. */
function hostFlaw(_: RuleContext, host: string): Message | undefined {
  if (/^[^@\s]+@[^@\s]+$/.test(host)) return msg('the user has its own key, user');
  return hostNameProblem(host);
}

/** A rule about a login value with a required format. */
function formRule(
  code: ProblemCode,
  about: Message,
  {
    key,
    flawOf,
    meant,
    text,
  }: {
    readonly key: 'user' | 'host' | 'identity';
    readonly flawOf: (context: RuleContext, value: string) => Message | undefined;
    /** The value without what is wrong, if that is clear. */
    readonly meant?: (value: string) => string | undefined;
    readonly text: (value: string, flaw: Message) => Message;
  },
): Rule {
  return {
    code,
    severity: 'error',
    about,
    sources: ['OSSHC'],
    ...(meant ? { hasFix: true } : {}),
    check: (context, report) => {
      // Thousands of nodes have few users.
      const flaws = new Map<string, Message | undefined>();
      for (const login of logins(context)) {
        const value = login[key];
        if (value !== undefined && !flaws.has(value)) flaws.set(value, flawOf(context, value));
        const flaw = value === undefined ? undefined : flaws.get(value);
        const span = flaw && context.at(...login.path, key)?.value;
        if (value === undefined || !flaw || !span) continue;
        const own = meant?.(value);
        report(
          span,
          text(value, flaw),
          own === undefined ? undefined : replacement(context.reading.source, span, own),
        );
      }
    },
  };
}

const hasOtherHost = perGroup((nodes) => nodes.some(({ node: { address, ssh } }) => ssh.host !== address));

export const accessRules: readonly Rule[] = [
  {
    code: 'jump-invalid',
    severity: 'error',
    about: msg(
      'A jump host is a Host of the ssh config or user@host:port. ssh would pass other values to a shell.',
    ),
    sources: ['OSSHC'],
    check: (context, report) => {
      for (const { path, jump } of logins(context)) {
        const way = jump === undefined ? undefined : readJump(jump);
        if (way && !way.ok)
          report(
            context.at(...path, 'jump')?.value,
            msg('"{0}" is not a valid jump host: {1}.', way.word, way.flaw),
          );
      }
    },
  },
  formRule(
    'user-malformed',
    msg(
      'ssh passes the user name to other programs, which read a name that begins with a dash as an option.',
    ),
    {
      key: 'user',
      flawOf: userFlaw,
      meant: (value) => /^(root)@[\w.:[\]-]+$/.exec(value)?.[1],
      text: (value, flaw) => msg('"{0}" is not a valid user name for SSH: {1}.', value, flaw),
    },
  ),
  formRule(
    'host-malformed',
    msg('ssh passes the host to other programs and looks it up in known_hosts. The port has its own key.'),
    {
      key: 'host',
      flawOf: hostFlaw,
      text: (value, flaw) => msg('"{0}" is not a valid host for SSH: {1}.', value, flaw),
    },
  ),
  formRule('identity-malformed', msg('ssh reads a key file path that begins with a dash as an option.'), {
    key: 'identity',
    // A pasted key is reported by another rule.
    flawOf: (_, value) => (value.includes('PRIVATE KEY-----') ? undefined : identityProblem(value)),
    text: (value, flaw) => msg('"{0}" is not a valid path of a key file: {1}.', value, flaw),
  }),
  {
    code: 'identity-public',
    severity: 'warning',
    about: msg('ssh logs in with the private key. The public key, which ends with .pub, is for the nodes.'),
    sources: ['OSSH'],
    hasFix: true,
    check: (context, report) => {
      for (const { path, identity } of logins(context)) {
        if (!identity || !/[^/]\.pub$/i.test(identity) || isDsa(identity)) continue;
        const span = context.at(...path, 'identity')?.value;
        if (!span) continue;
        const own = identity.slice(0, -'.pub'.length);
        report(
          span,
          msg('{0} is a public key, which cannot log in. Use the private key, {1}.', identity, own),
          replacement(context.reading.source, span, own),
        );
      }
    },
  },
  {
    code: 'identity-dsa',
    severity: 'warning',
    about: msg('OpenSSH disables DSA keys since 7.0, so a login with one fails on CentOS 7 and later.'),
    sources: ['OSSH'],
    check: (context, report) => {
      for (const { path, identity } of logins(context)) {
        if (!identity || !isDsa(identity)) continue;
        report(
          context.at(...path, 'identity')?.value,
          msg('sshd refuses DSA keys. Create an ed25519 key and use that.'),
        );
      }
    },
  },
  {
    code: 'identity-putty',
    severity: 'warning',
    about: msg(
      'Stackprep reads only old RSA keys in PuTTY’s own format, not ed25519 keys or version 3 files.',
    ),
    sources: ['EXP'],
    check: (context, report) => {
      for (const { path, identity } of logins(context)) {
        if (!identity || !/\.ppk$/i.test(identity)) continue;
        report(
          context.at(...path, 'identity')?.value,
          msg('Convert this PuTTY key with puttygen -O private-openssh and use the new file.'),
        );
      }
    },
  },
  {
    code: 'become-missing',
    severity: 'warning',
    about: msg('Steps change the system and require root. For a user who is not root, the first step fails.'),
    hasFix: true,
    check: (context, report) => {
      const { file, reading, at, isWhole } = context;
      for (const { path, user } of logins(context)) {
        if (
          user === undefined ||
          userFlaw(context, user) ||
          user === 'root' ||
          user === 'toor' ||
          !isWhole(...path)
        )
          continue;
        const become = path[0] === 'ssh' ? file.ssh?.become : own(file.nodes, String(path[1]))?.become;
        const isDefault = path[0] === 'ssh';
        if ((become ?? (isDefault ? undefined : file.ssh?.become)) === 'sudo') continue;
        // A default that every node overrides is not used.
        if (isDefault && Object.values(file.nodes).every((node) => node.become === 'sudo' || node.user))
          continue;
        const written = at(...path, 'become')?.value;
        const fix = written
          ? replacement(reading.source, written, 'sudo')
          : fixBy(msg('Add become: sudo'), insertEntry(reading, path, 'user', 'become: sudo'));
        report(at(...path, 'user')?.value, msg('{0} is not root. Add become: sudo.', user), fix);
      }
    },
  },
  {
    code: 'become-unneeded',
    severity: 'information',
    about: msg('root does not need sudo. Where sudo is not installed, the login would fail.'),
    hasFix: true,
    check: (context, report) => {
      const { file, reading, at } = context;
      for (const { path, become, user } of logins(context)) {
        const isDefault = path[0] === 'ssh';
        const who = user ?? (isDefault ? undefined : file.ssh?.user);
        const isOverridden = isDefault && Object.values(file.nodes).some((node) => node.user !== undefined);
        if (become !== 'sudo' || who !== 'root' || isOverridden) continue;
        const edits = removeEntry(reading, path, 'become');
        report(
          at(...path, 'become')?.value,
          msg('root does not need sudo.'),
          fixBy(msg('Remove become'), edits),
        );
      }
    },
  },
  {
    code: 'connection-duplicate',
    severity: 'warning',
    about: msg('Two nodes with the same host and port are one machine. Each step would run on it twice.'),
    check: ({ cluster }, report) => {
      // The same address twice is reported as such.
      if (!hasOtherHost(cluster.nodes).includes(true)) return;
      const seen = new Map<string, string>();
      const reported = new Set<number>();
      for (const { name, ssh, span, address } of cluster.nodes) {
        const where = `${ssh.host} ${ssh.port} ${ssh.jump ?? ''}`;
        const holder = seen.get(where);
        if (holder === undefined) seen.set(where, name);
        else if (ssh.host !== address && !reported.has(span.start)) {
          reported.add(span.start);
          report(
            span,
            msg(
              '{0} and {1} have the same SSH host and port. Change host or port on one of them.',
              holder,
              name,
            ),
          );
        }
      }
    },
  },
];
