import { type Message, msg } from '../base/l10n.ts';
import type { Span } from '../base/problem.ts';
import type { RuleContext } from './context.ts';
import { type CustomScript, called, customScripts } from './custom.ts';
import type { Rule } from './rule.ts';
import { allHaveKeys } from './sshd.ts';
import { lockedOutBy, users } from './sshd-login.ts';

/** A setting of sshd that a script writes. */
interface Written {
  readonly directive: string;
  readonly value: string;
  readonly span: Span | undefined;
}

const setting =
  /^[\s#"']*(PermitRootLogin|PasswordAuthentication|PubkeyAuthentication|AllowUsers|DenyUsers|Port|MaxSessions)[\s=]+([^\n"'\\]+)/i;

/** What a word of sed puts in: the second part of `s/…/…/`, or the text of `a`, `c` and `i`. */
function putBySed(text: string): string {
  const mark = /(?:^|[\s;}/\d$])s([^\w\s\\])/.exec(text);
  if (mark?.[1] !== undefined) {
    const parts = text.slice(mark.index + mark[0].length).split(mark[1]);
    return parts[1] ?? '';
  }
  // Text that a line break follows is not the last command.
  const lastBreak = text.lastIndexOf('\n');
  for (const { 0: command, index } of text.matchAll(/(?<=^|[/$\d\s])[aci]\\?\s*/g))
    if (index + command.length > lastBreak) return text.slice(index + command.length);
  return '';
}

function writtenIn({ script, text, spanOf }: CustomScript): readonly Written[] {
  if (!/sshd_config/.test(text)) return [];
  const found: Written[] = [];
  const take = (part: string, span: Span | undefined): void => {
    const [, directive, value = ''] = setting.exec(part) ?? [];
    if (directive !== undefined)
      found.push({ directive: directive.toLowerCase(), value: value.trim(), span });
  };
  for (const command of script.commands) {
    const call = called(command);
    if (!call || !/^(?:sed|echo|printf)$/.test(call.name)) continue;
    const before = found.length;
    for (const word of call.args) {
      const put = call.name === 'sed' ? putBySed(word.text) : word.text;
      for (const line of put.split(/\\n|\n/)) take(line, spanOf(word.start, word.end));
    }
    // The words may only together be a setting.
    if (call.name !== 'sed' && found.length === before)
      take(call.args.map((word) => word.text).join(' '), spanOf(call.word.start, command.end));
  }
  // The lines of a here-document: no command has such a name.
  for (const { index, 0: line } of text.matchAll(
    /^[ \t]*(?:PermitRootLogin|PasswordAuthentication|PubkeyAuthentication|AllowUsers|DenyUsers|Port|MaxSessions)[ \t][^\n]*$/gim,
  ))
    take(line, spanOf(index, index + line.length));
  return found;
}

function portLoss(context: RuleContext, port: string): Message | undefined {
  const node = context.cluster.nodes.find(
    ({ ssh, address }) => ssh.host === address && !ssh.open?.includes('port') && String(ssh.port) !== port,
  );
  if (!/^\d+$/.test(port) || !node) return undefined;
  return msg(
    'sshd moves to port {0}, but {1} is reached on port {2}. Set ssh.port after the step has run.',
    port,
    node.name,
    node.ssh.port,
  );
}

function userLoss(
  context: RuleContext,
  kind: 'AllowUsers' | 'DenyUsers',
  value: string,
): Message | undefined {
  const user = value.includes('$') ? undefined : lockedOutBy(context, kind, value);
  return user === undefined ? undefined : msg('{0} locks out {1}, the login user.', kind, user);
}

/** Why no one can log in after a setting; undefined if the login still works. */
function lossOf(context: RuleContext, { directive, value }: Written): Message | undefined {
  const word = value.toLowerCase();
  const [first] = users(context);
  switch (directive) {
    case 'permitrootlogin':
      return (word === 'no' || word === 'forced-commands-only') && users(context).includes('root')
        ? msg(
            'This locks out root, the login user. Set prohibit-password, or log in as another user with become: sudo.',
          )
        : undefined;
    case 'passwordauthentication': {
      const hasStep = context.cluster.steps.some(({ id }) => id === 'ssh-keys');
      return word === 'no' && !hasStep && !allHaveKeys(context)
        ? msg(
            'Without passwords, a login needs a key, and the file names none for some nodes. Add identity, or the step `ssh-keys`.',
          )
        : undefined;
    }
    case 'pubkeyauthentication':
      return word === 'no' && context.cluster.nodes.some(({ ssh }) => ssh.identity !== undefined)
        ? msg('The file sets an identity, but sshd would not accept keys. Set yes.')
        : undefined;
    case 'allowusers':
      return userLoss(context, 'AllowUsers', value);
    case 'denyusers':
      return userLoss(context, 'DenyUsers', value);
    case 'port':
      return portLoss(context, word);
    default:
      return word === '0' && first !== undefined
        ? msg('With 0 sessions, no command can run over SSH. The default is 10.')
        : undefined;
  }
}

export const customLockoutRules: readonly Rule[] = [
  {
    code: 'custom-locks-out',
    severity: 'warning',
    about: msg(
      'The step changes sshd_config itself, so nothing confirms a second login or rolls the change back. Use the settings under sshd.',
    ),
    sources: ['OSSH'],
    check: (context, report) => {
      for (const script of customScripts(context)) {
        if (script.kind !== 'run') continue;
        for (const written of writtenIn(script)) {
          const message = lossOf(context, written);
          if (message) report(written.span, message);
        }
      }
    },
  },
];
