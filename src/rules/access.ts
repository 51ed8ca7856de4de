import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { ProblemCode } from '../base/problem.ts';
import { fixBy } from '../base/problem.ts';
import { insertEntry, removeEntry } from '../cluster/edits.ts';
import { hostFlaw, identityFlaw, readJump, userFlaw } from '../cluster/ssh-names.ts';
import { replacement } from '../schema/fixes.ts';
import type { Path } from '../schema/places.ts';
import { perLook } from './context.ts';
import type { Rule } from './rule.ts';

interface Login {
  readonly path: Path;
  readonly user?: string;
  readonly host?: string;
  readonly identity?: string;
  readonly jump?: string;
  readonly become?: 'none' | 'sudo';
}

/** The places of the file that say how to log in: the defaults, then each node. */
const logins = perLook(({ file }): readonly Login[] => {
  const nodes = Object.entries(file.nodes).map(([name, node]) => ({ ...node, path: ['nodes', name] }));
  return [...(file.ssh ? [{ ...file.ssh, path: ['ssh'] }] : []), ...nodes];
});

/** A rule over one value of a login that has a form of its own. */
function formRule(
  code: ProblemCode,
  about: Message,
  {
    key,
    flawOf,
    text,
  }: {
    readonly key: 'user' | 'host' | 'identity';
    readonly flawOf: (value: string) => Message | undefined;
    readonly text: (value: string, flaw: Message) => Message;
  },
): Rule {
  return {
    code,
    severity: 'error',
    about,
    sources: ['OSSHC'],
    check: (look, report) => {
      for (const login of logins(look)) {
        const value = login[key];
        const flaw = value === undefined ? undefined : flawOf(value);
        if (value !== undefined && flaw) report(look.at(...login.path, key)?.value, text(value, flaw));
      }
    },
  };
}

export const accessRules: readonly Rule[] = [
  {
    code: 'jump-malformed',
    severity: 'error',
    about: msg(
      'A jump host is a Host of the ssh config or user@host:port. Other values cannot be dialed, and ssh would hand them to a shell.',
    ),
    sources: ['OSSHC'],
    check: (look, report) => {
      for (const { path, jump } of logins(look)) {
        const way = jump === undefined ? undefined : readJump(jump);
        if (way && !way.ok)
          report(
            look.at(...path, 'jump')?.value,
            msg('"{0}" is not a valid jump host: {1}.', way.word, way.flaw),
          );
      }
    },
  },
  formRule(
    'user-malformed',
    msg('ssh hands the user name to other programs: one that begins with a dash would be an option there.'),
    {
      key: 'user',
      flawOf: userFlaw,
      text: (value, flaw) => msg('"{0}" is not a valid user name for SSH: {1}.', value, flaw),
    },
  ),
  formRule(
    'host-malformed',
    msg(
      'ssh hands the host to other programs, and known_hosts files name hosts by it. A port has a key of its own.',
    ),
    {
      key: 'host',
      flawOf: hostFlaw,
      text: (value, flaw) => msg('"{0}" is not a valid host for SSH: {1}.', value, flaw),
    },
  ),
  formRule('identity-malformed', msg('A key file whose path begins with a dash would be an option to ssh.'), {
    key: 'identity',
    // A pasted key is another rule's.
    flawOf: (value) => (value.includes('PRIVATE KEY-----') ? undefined : identityFlaw(value)),
    text: (value, flaw) => msg('"{0}" is not a valid path of a key file: {1}.', value, flaw),
  }),
  {
    code: 'identity-dsa',
    severity: 'warning',
    about: msg(
      'DSA keys are off in every OpenSSH since 7.0, so a login with one fails on CentOS 7 and later.',
    ),
    sources: ['OSSH'],
    check: (look, report) => {
      for (const { path, identity } of logins(look)) {
        if (!identity || !/(?:^|[/\\])id_dsa(?:\.pub)?$/.test(identity)) continue;
        report(
          look.at(...path, 'identity')?.value,
          msg('sshd refuses DSA keys; make an ed25519 key and name that one.'),
        );
      }
    },
  },
  {
    code: 'identity-putty',
    severity: 'warning',
    about: msg(
      'Of PuTTY’s own format only old RSA keys can be read; its ed25519 and version 3 files cannot.',
    ),
    sources: ['EXP'],
    check: (look, report) => {
      for (const { path, identity } of logins(look)) {
        if (!identity || !/\.ppk$/i.test(identity)) continue;
        report(
          look.at(...path, 'identity')?.value,
          msg('Convert this PuTTY key with puttygen -O private-openssh and name the new file.'),
        );
      }
    },
  },
  {
    code: 'become-missing',
    severity: 'warning',
    about: msg(
      'Steps change the system and need root; a user who does not become root fails at the first one.',
    ),
    hasFix: true,
    check: (look, report) => {
      const { file, reading, at, isWhole } = look;
      for (const { path, user } of logins(look)) {
        if (user === undefined || user === 'root' || user === 'toor' || !isWhole(...path)) continue;
        const become = path[0] === 'ssh' ? file.ssh?.become : own(file.nodes, String(path[1]))?.become;
        const isDefault = path[0] === 'ssh';
        if ((become ?? (isDefault ? undefined : file.ssh?.become)) === 'sudo') continue;
        // A default that every node overrides is no login.
        if (isDefault && Object.values(file.nodes).every((node) => node.become === 'sudo' || node.user))
          continue;
        const written = at(...path, 'become')?.value;
        const fix = written
          ? replacement(reading.source, written, 'sudo')
          : fixBy(msg('Add become: sudo'), insertEntry(reading, path, 'user', 'become: sudo'));
        report(at(...path, 'user')?.value, msg('{0} is not root; add become: sudo.', user), fix);
      }
    },
  },
  {
    code: 'become-needless',
    severity: 'information',
    about: msg('root needs no sudo; where sudo is not installed the login would fail for nothing.'),
    hasFix: true,
    check: (look, report) => {
      const { file, reading, at } = look;
      for (const { path, become, user } of logins(look)) {
        const isDefault = path[0] === 'ssh';
        const who = user ?? (isDefault ? undefined : file.ssh?.user);
        const isOverridden = isDefault && Object.values(file.nodes).some((node) => node.user !== undefined);
        if (become !== 'sudo' || who !== 'root' || isOverridden) continue;
        const edits = removeEntry(reading, path, 'become');
        report(at(...path, 'become')?.value, msg('root needs no sudo.'), fixBy(msg('Remove become'), edits));
      }
    },
  },
  {
    code: 'connection-duplicate',
    severity: 'warning',
    about: msg('Two nodes at one host and port are one machine; each step would run on it twice.'),
    check: ({ cluster }, report) => {
      const seen = new Map<string, string>();
      const told = new Set<number>();
      for (const { name, ssh, span, address } of cluster.nodes) {
        const where = `${ssh.host} ${ssh.port} ${ssh.jump ?? ''}`;
        const holder = seen.get(where);
        if (holder === undefined) seen.set(where, name);
        else if (ssh.host !== address && !told.has(span.start)) {
          told.add(span.start);
          report(
            span,
            msg(
              'SSH reaches {0} and {1} at the same host and port; set host or port on one of them.',
              holder,
              name,
            ),
          );
        }
      }
    },
  },
];
