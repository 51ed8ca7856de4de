import { msg } from '../base/l10n.ts';
import { packstackVersions } from '../data/packstack.ts';
import { answerKeys, findAnswerKey, hasKey } from '../packstack/keys.ts';
import { isPlaceholder, valueFault } from '../packstack/values.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import type { Look } from './context.ts';
import type { Rule } from './rule.ts';

const names = answerKeys.map(({ name }) => name);

/** The answers that the file gives by their own names. */
function given({ file }: Look): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(file.packstack ?? {});
}

/** The Packstack that belongs to the release of the file. */
function versionOf({ release }: Look): string | undefined {
  return release && packstackVersions[release.name];
}

export const packstackAnswerRules: readonly Rule[] = [
  {
    code: 'packstack-key-unknown',
    severity: 'warning',
    about: msg(
      'Packstack drops answers that it does not know without a word; the setting would have no effect.',
    ),
    sources: ['PS', 'EXP'],
    mends: true,
    check: (look, report) => {
      const version = versionOf(look);
      for (const [key] of given(look)) {
        const known = findAnswerKey(key);
        const span = look.at('packstack', key)?.key;
        if (!span || (known && (version === undefined || hasKey(known, version)))) continue;
        if (known)
          report(
            span,
            msg(
              'Packstack {0} has no {1}; it is there from {2} to {3}.',
              version ?? '',
              known.name,
              known.first,
              known.last,
            ),
          );
        else {
          const near = suggest(key, names);
          if (near)
            report(
              span,
              msg('Packstack knows no {0}; did you mean {1}?', key, near),
              near in (look.file.packstack ?? {}) ? undefined : replacement(look.reading.source, span, near),
            );
          else report(span, msg('Packstack knows no {0}.', key));
        }
      }
    },
  },
  {
    code: 'packstack-value-wrong',
    severity: 'error',
    about: msg(
      'Packstack looks at every answer before it begins and stops at the first that it cannot take.',
    ),
    sources: ['PS', 'EXP'],
    mends: true,
    check: (look, report) => {
      for (const [name, value] of given(look)) {
        const key = findAnswerKey(name);
        const span = look.at('packstack', name)?.value;
        if (!key || !span || typeof value !== 'string') continue;
        const fault = valueFault(key, value, versionOf(look));
        if (!fault) continue;
        const fix =
          fault.meant === undefined ? undefined : replacement(look.reading.source, span, fault.meant);
        report(span, fault.message, fix);
      }
    },
  },
  {
    code: 'packstack-secret-plain',
    severity: 'error',
    about: msg(
      'A password in a file ends in the history of the repository and in every copy; name a secret in its place.',
    ),
    check: (look, report) => {
      for (const [name, value] of given(look)) {
        if (
          !findAnswerKey(name)?.isSecret ||
          typeof value !== 'string' ||
          value === '' ||
          isPlaceholder(value)
        )
          continue;
        report(
          look.at('packstack', name)?.value,
          msg('{0} is a secret: write {1}, and its value stays out of the file.', name, '{ secret: NAME }'),
        );
      }
    },
  },
  {
    code: 'packstack-answers-idle',
    severity: 'information',
    about: msg('The answers are for Packstack, and this file installs without it.'),
    check: (look, report) => {
      if (look.isPackstack || given(look).length === 0) return;
      report(
        look.at('packstack')?.key,
        msg('These answers are used only with openstack.installer: packstack.'),
      );
    },
  },
];
