import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { fixBy } from '../base/problem.ts';
import { removeEntry } from '../cluster/edits.ts';
import {
  findDirective,
  isBefore,
  type SshdVersion,
  sshdDirectives,
  sshdOf,
  sshdVersions,
  weakAlgorithms,
} from '../data/sshd.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { Look } from './context.ts';
import type { Rule } from './rule.ts';
import { isLegal, settings, wordOf } from './sshd.ts';

/** The versions of OpenSSH that the nodes can have; all of them where nothing is known. */
function versions({ generations }: Look): readonly SshdVersion[] {
  return generations.length === 0 ? sshdVersions : [...new Set(generations.flatMap((el) => sshdOf[el]))];
}

const directiveNames = sshdDirectives.map(({ name }) => name);

/** What is written by people who think of another program’s words. */
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
    about: msg(
      'sshd does not start with a directive that it does not know; sshd -t says "Bad configuration option".',
    ),
    sources: ['OSSH', 'ELSSH'],
    hasFix: true,
    check: (look, report) => {
      const all = settings(look);
      const present = new Set(all.map(({ key }) => key.toLowerCase()));
      for (const { key, keySpan } of all) {
        if (findDirective(key)) continue;
        const near = suggest(key, directiveNames);
        const message = near
          ? msg('sshd has no directive {0}; did you mean {1}?', key, near)
          : msg('sshd of OpenSSH 7.4 to 9.9 has no directive {0}; see sshd_config(5).', key);
        const isFree = near !== undefined && !present.has(near.toLowerCase());
        report(keySpan, message, isFree ? replacement(look.reading.source, keySpan, near) : undefined);
      }
    },
  },
  {
    code: 'sshd-directive-too-new',
    severity: 'warning',
    about: msg('The sshd of these nodes is older than the directive and refuses to start with it.'),
    sources: ['OSSH'],
    check: (look, report) => {
      const own = look.generations.length === 0 ? [] : versions(look);
      for (const { key, keySpan } of settings(look)) {
        const since = findDirective(key)?.since;
        const newest = own.at(-1);
        if (since === undefined || newest === undefined || !own.every((version) => isBefore(version, since)))
          continue;
        report(keySpan, msg('{0} is not known to OpenSSH {1} of these nodes; leave it out.', key, newest));
      }
    },
  },
  {
    code: 'sshd-directive-ignored',
    severity: 'information',
    about: msg('sshd reads the directive, says "Deprecated option" and does nothing about it.'),
    sources: ['OSSH'],
    hasFix: true,
    check: (look, report) => {
      for (const { key, keySpan } of settings(look)) {
        const since = findDirective(key)?.ignoredSince;
        if (since === undefined || versions(look).some((version) => isBefore(version, since))) continue;
        const fix = fixBy(msg('Remove {0}', key), removeEntry(look.reading, ['sshd'], key));
        report(keySpan, msg('{0} has no effect any more; leave it out.', key), fix);
      }
    },
  },
  {
    code: 'sshd-directive-twice',
    severity: 'warning',
    about: msg('sshd takes directives in any case and keeps the first value; the later one has no effect.'),
    sources: ['OSSH', 'EXP'],
    hasFix: true,
    check: (look, report) => {
      for (const { key, keySpan, isLater } of settings(look)) {
        if (!isLater) continue;
        const fix = fixBy(msg('Remove {0}', key), removeEntry(look.reading, ['sshd'], key));
        report(
          keySpan,
          msg('{0} is set above already, and the first value counts; keep one of them.', key),
          fix,
        );
      }
    },
  },
  {
    code: 'sshd-value',
    severity: 'error',
    about: msg(
      'sshd does not start with a value that the directive does not take; sshd -t says "unsupported option".',
    ),
    sources: ['OSSH', 'EXP'],
    hasFix: true,
    check: (look, report) => {
      for (const { key, value, valueSpan } of settings(look)) {
        const directive = findDirective(key);
        if (!directive || directive.ignoredSince || isLegal(directive.value, value)) continue;
        const kind = directive.value;
        if (kind.kind !== 'words') {
          const example = kind.kind === 'pattern' ? kind.example : '…';
          report(valueSpan, msg('{0} does not take {1}; write it like {2}.', directive.name, value, example));
          continue;
        }
        const wanted = own(meant, value.trim().toLowerCase());
        const near =
          wanted !== undefined && kind.words.includes(wanted) ? wanted : suggest(value, kind.words);
        const message = msg(
          '{0} does not take {1}; use one of: {2}.',
          directive.name,
          value,
          kind.words.join(', '),
        );
        report(
          valueSpan,
          message,
          near === undefined ? undefined : replacement(look.reading.source, valueSpan, near),
        );
      }
    },
  },
  {
    code: 'sshd-match',
    severity: 'error',
    about: msg(
      'Everything after a Match line applies to its matches only; in a list of settings it would swallow the rest.',
    ),
    sources: ['OSSH'],
    check: (look, report) => {
      for (const { key, keySpan } of settings(look)) {
        if (key.toLowerCase() !== 'match') continue;
        report(
          keySpan,
          msg(
            'Match blocks have no place here; write them into a file of /etc/ssh/sshd_config.d, or at the end of sshd_config.',
          ),
        );
      }
    },
  },
  {
    code: 'sshd-weak-algorithm',
    severity: 'warning',
    about: msg(
      'The algorithm is broken or off by default; a newer sshd that has dropped it refuses its name and does not start.',
    ),
    sources: ['OSSH'],
    check: (look, report) => {
      for (const { key, value, valueSpan } of settings(look)) {
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
        report(valueSpan, msg('{0} is too weak; leave it out of {1}.', weak.trim(), key));
      }
    },
  },
  {
    code: 'sshd-max-auth-tries',
    severity: 'warning',
    about: msg(
      'Each key of an agent counts as a try; with one or two the right key is often not reached: "Too many authentication failures".',
    ),
    sources: ['OSSH'],
    check: (look, report) => {
      const setting = settings(look).find(({ key }) => key.toLowerCase() === 'maxauthtries');
      if (!setting || !/^[12]$/.test(setting.value.trim())) return;
      report(
        setting.valueSpan,
        msg(
          'With {0} tries an agent with several keys fails; set 3 or more.',
          wordOf(look, 'MaxAuthTries') ?? '',
        ),
      );
    },
  },
];
