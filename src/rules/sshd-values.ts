import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { fixBy } from '../base/problem.ts';
import { removeEntry } from '../cluster/edits.ts';
import {
  findDirective,
  isBefore,
  type SshdDirective,
  type SshdVersion,
  sshdDirectives,
  sshdOf,
  sshdVersions,
  weakAlgorithms,
} from '../data/sshd.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { isLegal, settings, wordOf } from './sshd.ts';

/** The possible OpenSSH versions of the nodes; all versions if unknown. */
function versions({ generations }: RuleContext): readonly SshdVersion[] {
  return generations.length === 0 ? sshdVersions : [...new Set(generations.flatMap((el) => sshdOf[el]))];
}

/** Whether every sshd of the nodes ignores a directive, with whatever value. */
function isIgnored(context: RuleContext, { ignoredSince }: SshdDirective): boolean {
  return ignoredSince !== undefined && !versions(context).some((version) => isBefore(version, ignoredSince));
}

function removal({ reading, located }: RuleContext, key: string): ReturnType<typeof removeEntry> {
  return removeEntry(reading, located(['sshd', key]).slice(0, -1), key);
}

const directiveNames = sshdDirectives.map(({ name }) => name);

/** Synonyms from other programs. */
const meant: Readonly<Record<string, string>> = {
  true: 'yes',
  on: 'yes',
  '1': 'yes',
  enabled: 'yes',
  false: 'no',
  off: 'no',
  '0': 'no',
  disabled: 'no',
};

export const sshdValueRules: readonly Rule[] = [
  {
    code: 'sshd-directive-unknown',
    severity: 'warning',
    about: msg('sshd does not start with an unknown directive: "Bad configuration option".'),
    sources: ['OSSH', 'ELSSH'],
    hasFix: true,
    check: (context, report) => {
      const all = settings(context);
      const present = new Set(all.map(({ key }) => key.toLowerCase()));
      for (const { key, keySpan } of all) {
        if (findDirective(key)) continue;
        const near = suggest(key, directiveNames);
        const message = near
          ? msg('sshd has no directive {0}. Did you mean {1}?', key, near)
          : msg('sshd of OpenSSH 7.4 to 9.9 has no directive {0}. See sshd_config(5).', key);
        const isFree = near !== undefined && !present.has(near.toLowerCase());
        report(keySpan, message, isFree ? replacement(context.reading.source, keySpan, near) : undefined);
      }
    },
  },
  {
    code: 'sshd-directive-too-new',
    severity: 'warning',
    about: msg('sshd on these nodes is older than the directive, and does not start with it.'),
    sources: ['OSSH'],
    check: (context, report) => {
      const own = context.generations.length === 0 ? [] : versions(context);
      for (const { key, keySpan } of settings(context)) {
        const since = findDirective(key)?.since;
        const newest = own.at(-1);
        if (since === undefined || newest === undefined || !own.every((version) => isBefore(version, since)))
          continue;
        report(keySpan, msg('OpenSSH {1} on these nodes does not support {0}. Remove it.', key, newest));
      }
    },
  },
  {
    code: 'sshd-directive-ignored',
    severity: 'information',
    about: msg('sshd prints "Deprecated option" and ignores the directive.'),
    sources: ['OSSH'],
    hasFix: true,
    check: (context, report) => {
      for (const { key, keySpan } of settings(context)) {
        const directive = findDirective(key);
        if (!directive || !isIgnored(context, directive)) continue;
        const fix = fixBy(msg('Remove {0}', key), removal(context, key));
        report(keySpan, msg('{0} no longer has any effect. Remove it.', key), fix);
      }
    },
  },
  {
    code: 'sshd-directive-duplicate',
    severity: 'warning',
    about: msg(
      'sshd reads directives case-insensitively and uses the first value. A later one has no effect.',
    ),
    sources: ['OSSH', 'EXP'],
    hasFix: true,
    check: (context, report) => {
      for (const { key, keySpan, isLater } of settings(context)) {
        if (!isLater) continue;
        const fix = fixBy(msg('Remove {0}', key), removal(context, key));
        report(
          keySpan,
          msg('{0} is already set above, and sshd uses the first value. Remove one of them.', key),
          fix,
        );
      }
    },
  },
  {
    code: 'sshd-value',
    severity: 'error',
    about: msg('sshd does not start with an invalid value: "unsupported option".'),
    sources: ['OSSH', 'EXP'],
    hasFix: true,
    check: (context, report) => {
      for (const { key, value, valueSpan } of settings(context)) {
        const directive = findDirective(key);
        if (!directive) continue;
        const since = own(directive.wordsSince, value.trim().toLowerCase());
        const newest = versions(context).at(-1);
        if (since !== undefined && newest !== undefined && isBefore(newest, since)) {
          report(
            valueSpan,
            msg('OpenSSH {0} on these nodes does not support {1} for {2}.', newest, value, directive.name),
          );
          continue;
        }
        if (isIgnored(context, directive) || isLegal(directive.value, value)) continue;
        const kind = directive.value;
        if (kind.kind !== 'words') {
          const example = kind.kind === 'pattern' ? kind.example : '…';
          report(valueSpan, msg('Invalid value for {0}: {1}. Example: {2}.', directive.name, value, example));
          continue;
        }
        const wanted = own(meant, value.trim().toLowerCase());
        const near =
          wanted !== undefined && kind.words.includes(wanted) ? wanted : suggest(value, kind.words);
        const message = msg(
          'Invalid value for {0}: {1}. Use one of: {2}.',
          directive.name,
          value,
          kind.words.join(', '),
        );
        report(
          valueSpan,
          message,
          near === undefined ? undefined : replacement(context.reading.source, valueSpan, near),
        );
      }
    },
  },
  {
    code: 'sshd-match',
    severity: 'error',
    about: msg(
      'Everything after a Match line applies only to its matches, including the settings that follow it.',
    ),
    sources: ['OSSH'],
    check: (context, report) => {
      for (const { key, keySpan } of settings(context)) {
        if (key.toLowerCase() !== 'match') continue;
        report(
          keySpan,
          msg(
            'Match blocks are not supported here. Put them in a file in /etc/ssh/sshd_config.d, or at the end of sshd_config.',
          ),
        );
      }
    },
  },
  {
    code: 'sshd-weak-algorithm',
    severity: 'warning',
    about: msg('The algorithm is broken or disabled by default. A newer sshd without it does not start.'),
    sources: ['OSSH'],
    check: (context, report) => {
      for (const { key, value, valueSpan } of settings(context)) {
        if (
          !/^(?:ciphers|macs|kexalgorithms|hostkeyalgorithms|pubkeyaccepted(?:keytypes|algorithms))$/i.test(
            key,
          )
        )
          continue;
        if (value.startsWith('-')) continue;
        const weak = value
          .replace(/^[+^]/, '')
          .split(',')
          .find((name) => weakAlgorithms.includes(name.trim().toLowerCase()));
        if (weak === undefined) continue;
        report(valueSpan, msg('{0} is too weak. Remove it from {1}.', weak.trim(), key));
      }
    },
  },
  {
    code: 'sshd-max-auth-tries',
    severity: 'warning',
    about: msg(
      'Each key of an agent counts as a try. With one or two tries, sshd often ends the login before the right key: "Too many authentication failures".',
    ),
    sources: ['OSSH'],
    check: (context, report) => {
      const setting = settings(context).find(({ key }) => key.toLowerCase() === 'maxauthtries');
      if (!setting || !/^[12]$/.test(setting.value.trim())) return;
      report(
        setting.valueSpan,
        msg(
          'With {0} tries, an agent with several keys fails. Set 3 or more.',
          wordOf(context, 'MaxAuthTries') ?? '',
        ),
      );
    },
  },
];
