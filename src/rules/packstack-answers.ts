import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix } from '../base/problem.ts';
import { packstackVersions } from '../data/packstack.ts';
import { findAnswerKey, hasKey } from '../packstack/keys.ts';
import {
  canRename,
  currentName,
  formerKeyOf,
  misspelledKey,
  type NamedAnswer,
  type OldAnswer,
  oldNameText,
  type Resolved,
  resolveOldNames,
} from '../packstack/old-names.ts';
import { isPlaceholder, valueFault } from '../packstack/values.ts';
import { replacement } from '../schema/fixes.ts';
import { type Look, perLook } from './context.ts';
import type { Rule } from './rule.ts';

/** The answers that the file gives by their own names. */
function given({ file }: Look): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(file.packstack ?? {});
}

/** What becomes of the old names among the answers; a secret is compared by its name. */
const resolved = perLook((look): Resolved<NamedAnswer> => {
  return resolveOldNames(
    given(look).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  );
});

/** The old names among the answers, by the key as it is written. */
const oldAnswers = perLook(
  (look): ReadonlyMap<string, OldAnswer<NamedAnswer>> =>
    new Map(resolved(look).old.map((each) => [each.answer.key, each])),
);

const currentNames = perLook(
  (look): ReadonlySet<string> => new Set(given(look).map(([key]) => currentName(key))),
);

/** The Packstack that belongs to the release of the file. */
function versionOf({ release }: Look): string | undefined {
  return release && own(packstackVersions, release.name);
}

/** Reports a key that no Packstack of the table has. */
function unknownKey(look: Look, key: string, report: (message: Message, fix?: Fix) => void): void {
  const [, last] = formerKeyOf(key) ?? [];
  const near = misspelledKey(key);
  if (last !== undefined)
    report(msg('The last Packstack with {0} is that of {1}; a later one ignores it.', key, last));
  else if (near === undefined) report(msg('Packstack has no key {0} and ignores it.', key));
  else {
    const span = look.at('packstack', key)?.key;
    const isThere = currentNames(look).has(near);
    report(
      msg('Packstack has no key {0} and ignores it; did you mean {1}?', key, near),
      span && !isThere ? replacement(look.reading.source, span, near) : undefined,
    );
  }
}

export const packstackAnswerRules: readonly Rule[] = [
  {
    code: 'packstack-key-unknown',
    severity: 'warning',
    about: msg('Packstack ignores answers to keys that it does not have; the setting has no effect.'),
    sources: ['PS', 'EXP'],
    hasFix: true,
    check: (look, report) => {
      const version = versionOf(look);
      for (const [key] of given(look)) {
        const known = findAnswerKey(currentName(key));
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
        else unknownKey(look, key, (message, fix) => report(span, message, fix));
      }
    },
  },
  {
    code: 'packstack-key-deprecated',
    severity: 'information',
    about: msg(
      'Packstack takes the value of an old name where the new one has no answer, and says “Deprecated parameter has been used”.',
    ),
    sources: ['PS'],
    hasFix: true,
    check: (look, report) => {
      const { old } = resolved(look);
      for (const each of old) {
        const span = look.at('packstack', each.answer.key)?.key;
        if (!span || each.fate === 'contradicts') continue;
        const fix = canRename(each) ? replacement(look.reading.source, span, each.now) : undefined;
        report(span, oldNameText(each), fix);
      }
    },
  },
  {
    code: 'packstack-key-contradicts',
    severity: 'error',
    about: msg('Packstack stops where two old names of one key have different values.'),
    sources: ['PS'],
    check: (look, report) => {
      for (const each of resolved(look).old)
        if (each.fate === 'contradicts')
          report(look.at('packstack', each.answer.key)?.value, oldNameText(each));
    },
  },
  {
    code: 'packstack-key-duplicate',
    severity: 'error',
    about: msg('Packstack compares keys without regard to case, so two spellings are the same key.'),
    sources: ['PS', 'EXP'],
    check: (look, report) => {
      const seen = new Map<string, string>();
      for (const [key] of given(look)) {
        const before = seen.get(key.toUpperCase());
        seen.set(key.toUpperCase(), before ?? key);
        if (before !== undefined)
          report(
            look.at('packstack', key)?.key,
            msg('{0} and {1} are the same key for Packstack; keep one of them.', before, key),
          );
      }
    },
  },
  {
    code: 'packstack-value-wrong',
    severity: 'error',
    about: msg('Packstack validates every answer before it starts and stops at the first invalid one.'),
    sources: ['PS', 'EXP'],
    hasFix: true,
    check: (look, report) => {
      for (const [name, value] of given(look)) {
        const key = findAnswerKey(currentName(name));
        const span = look.at('packstack', name)?.value;
        if (!key || !span || typeof value !== 'string') continue;
        // Packstack never reads the value of an old name that does not count.
        if ((oldAnswers(look).get(name)?.fate ?? 'counts') !== 'counts') continue;
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
          !findAnswerKey(currentName(name))?.isSecret ||
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
