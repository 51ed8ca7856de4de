import { type Message, msg } from '../base/l10n.ts';
import type { Fix, Span } from '../base/problem.ts';
import { findDirective, type SshdValue } from '../data/sshd.ts';
import { replacement } from '../schema/fixes.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** An entry of the file's `sshd`. */
export interface Setting {
  /** As written in the file. */
  readonly key: string;
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** Whether an earlier key sets the same directive, so that this one has no effect. */
  readonly isLater: boolean;
}

/** The entries of the file's `sshd` in order. */
export const settings = perContext(({ file, at }): readonly Setting[] => {
  const seen = new Set<string>();
  return Object.entries(file.sshd ?? {}).flatMap(([key, value]) => {
    const place = at('sshd', key);
    const isLater = seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    return place ? [{ key, value, keySpan: place.key, valueSpan: place.value, isLater }] : [];
  });
});

/** The effective setting of a directive: the first one. */
export function settingOf(context: RuleContext, directive: string): Setting | undefined {
  return settings(context).find(({ key }) => key.toLowerCase() === directive.toLowerCase());
}

/** The value of a directive in lower case; undefined if the file does not set it. */
export function wordOf(context: RuleContext, directive: string): string | undefined {
  return settingOf(context, directive)?.value.trim().toLowerCase();
}

/** Whether the value is valid for the directive. */
export function isLegal(kind: SshdValue, value: string): boolean {
  if (kind.kind === 'free') return value.trim() !== '';
  if (kind.kind === 'pattern') return kind.expression.test(value.trim());
  return kind.words.some((word) => word.toLowerCase() === value.trim().toLowerCase());
}

interface Advice {
  readonly code: Rule['code'];
  readonly severity: Rule['severity'];
  readonly about: Message;
  readonly sources?: NonNullable<Rule['sources']>;
  readonly directives: readonly string[];
  readonly unwanted: string;
  readonly wanted: string;
  readonly says: (directive: string) => Message;
  readonly applies?: (context: RuleContext) => boolean;
}

/** A rule that prefers one value of a directive to another. */
export function advise({ directives, unwanted, wanted, says, applies, ...texts }: Advice): Rule {
  return {
    ...texts,
    hasFix: true,
    check: (context, report) => {
      if (!context.file.sshd || applies?.(context) === false) return;
      for (const directive of directives) {
        const setting = settingOf(context, directive);
        if (setting?.value.trim().toLowerCase() !== unwanted) continue;
        const fix: Fix = replacement(context.reading.source, setting.valueSpan, wanted);
        report(setting.valueSpan, says(findDirective(setting.key)?.name ?? setting.key), fix);
      }
    },
  };
}

/** Whether the login of every node has a key file. */
export function allHaveKeys({ cluster }: RuleContext): boolean {
  return cluster.nodes.every((node) => node.ssh.identity !== undefined);
}

export const adviceRules: readonly Rule[] = [
  advise({
    code: 'sshd-empty-passwords',
    severity: 'warning',
    about: msg('Anyone who can reach the port can log in to an account without a password.'),
    sources: ['OSSH'],
    directives: ['PermitEmptyPasswords'],
    unwanted: 'yes',
    wanted: 'no',
    says: (directive) => msg('{0} lets anyone log in to an account without a password. Set no.', directive),
  }),
  advise({
    code: 'sshd-root-by-password',
    severity: 'information',
    about: msg(
      'Anyone who can reach port 22 can guess the password of root. With keys, it need not be enabled.',
    ),
    sources: ['OSSH', 'ELSSH'],
    directives: ['PermitRootLogin'],
    unwanted: 'yes',
    wanted: 'prohibit-password',
    says: (directive) =>
      msg('{0} yes allows root to log in with a password. prohibit-password still allows keys.', directive),
    applies: (context) => allHaveKeys(context) && wordOf(context, 'PasswordAuthentication') !== 'no',
  }),
  advise({
    code: 'sshd-strict-modes',
    severity: 'warning',
    about: msg('sshd would trust an authorized_keys file that other users can write to.'),
    sources: ['OSSH'],
    directives: ['StrictModes'],
    unwanted: 'no',
    wanted: 'yes',
    says: (directive) =>
      msg('{0} no allows other users to change who can log in. Set yes and fix the permissions.', directive),
  }),
  advise({
    code: 'sshd-slow-login',
    severity: 'information',
    about: msg('Each login waits for a name server or Kerberos. Without one, it waits until the timeout.'),
    sources: ['OSSH', 'ELSSH'],
    directives: ['UseDNS', 'GSSAPIAuthentication'],
    unwanted: 'yes',
    wanted: 'no',
    says: (directive) => msg('{0} slows down logins if its server does not respond. Set no.', directive),
  }),
  advise({
    code: 'sshd-without-pam',
    severity: 'warning',
    about: msg(
      'According to sshd_config of Enterprise Linux, this value is not supported and may cause several problems.',
    ),
    sources: ['ELSSH'],
    directives: ['UsePAM'],
    unwanted: 'no',
    wanted: 'yes',
    says: (directive) => msg('{0} no is not supported on Enterprise Linux. Set yes.', directive),
  }),
];
