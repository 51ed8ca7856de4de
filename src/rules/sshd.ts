import { type Message, msg } from '../base/l10n.ts';
import type { Fix, Span } from '../base/problem.ts';
import { findDirective, type SshdValue } from '../data/sshd.ts';
import { replacement } from '../schema/fixes.ts';
import { type Look, perLook } from './context.ts';
import type { Rule } from './rule.ts';

/** One line of the file's `sshd`. */
export interface Setting {
  /** As the file writes it. */
  readonly key: string;
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** Whether an earlier key names the same directive, so that this one has no effect. */
  readonly isLater: boolean;
}

/** The file's `sshd` in its order. */
export const settings = perLook(({ file, at }): readonly Setting[] => {
  const seen = new Set<string>();
  return Object.entries(file.sshd ?? {}).flatMap(([key, value]) => {
    const place = at('sshd', key);
    const isLater = seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    return place ? [{ key, value, keySpan: place.key, valueSpan: place.value, isLater }] : [];
  });
});

/** The setting of a directive that counts: the first one. */
export function settingOf(look: Look, directive: string): Setting | undefined {
  return settings(look).find(({ key }) => key.toLowerCase() === directive.toLowerCase());
}

/** The value of a directive in small letters; undefined where the file does not set it. */
export function wordOf(look: Look, directive: string): string | undefined {
  return settingOf(look, directive)?.value.trim().toLowerCase();
}

/** Whether a value is one that the directive takes. */
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
  readonly applies?: (look: Look) => boolean;
}

/** A rule that one value of a directive is better than another. */
export function advise({ directives, unwanted, wanted, says, applies, ...texts }: Advice): Rule {
  return {
    ...texts,
    hasFix: true,
    check: (look, report) => {
      if (!look.file.sshd || applies?.(look) === false) return;
      for (const directive of directives) {
        const setting = settingOf(look, directive);
        if (setting?.value.trim().toLowerCase() !== unwanted) continue;
        const fix: Fix = replacement(look.reading.source, setting.valueSpan, wanted);
        report(setting.valueSpan, says(findDirective(setting.key)?.name ?? setting.key), fix);
      }
    },
  };
}

/** Whether every node's login names a key file. */
export function allHaveKeys({ cluster }: Look): boolean {
  return cluster.nodes.every((node) => node.ssh.identity !== undefined);
}

export const adviceRules: readonly Rule[] = [
  advise({
    code: 'sshd-empty-passwords',
    severity: 'warning',
    about: msg('An account without a password can be entered by anyone who reaches the port.'),
    sources: ['OSSH'],
    directives: ['PermitEmptyPasswords'],
    unwanted: 'yes',
    wanted: 'no',
    says: (directive) => msg('{0} lets anyone in where an account has no password; set no.', directive),
  }),
  advise({
    code: 'sshd-root-by-password',
    severity: 'information',
    about: msg(
      'Everyone who reaches port 22 may guess the password of root; with a key for each login it need not be open.',
    ),
    sources: ['OSSH', 'ELSSH'],
    directives: ['PermitRootLogin'],
    unwanted: 'yes',
    wanted: 'prohibit-password',
    says: (directive) =>
      msg('{0} yes lets root in by password; prohibit-password keeps the keys working.', directive),
    applies: (look) => allHaveKeys(look) && wordOf(look, 'PasswordAuthentication') !== 'no',
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
      msg('{0} no lets others write who may log in; set yes and correct the permissions.', directive),
  }),
  advise({
    code: 'sshd-slow-login',
    severity: 'information',
    about: msg(
      'Each login waits for a name server or for Kerberos; where there is none it waits for its time to run out.',
    ),
    sources: ['OSSH', 'ELSSH'],
    directives: ['UseDNS', 'GSSAPIAuthentication'],
    unwanted: 'yes',
    wanted: 'no',
    says: (directive) => msg('{0} makes logins slow where its server does not answer; set no.', directive),
  }),
  advise({
    code: 'sshd-without-pam',
    severity: 'warning',
    about: msg(
      'Enterprise Linux says of this value in its own sshd_config that it is not supported and may cause several problems.',
    ),
    sources: ['ELSSH'],
    directives: ['UsePAM'],
    unwanted: 'no',
    wanted: 'yes',
    says: (directive) => msg('{0} no is not supported on Enterprise Linux; set yes.', directive),
  }),
];
