import { type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Fix, Severity } from '../base/problem.ts';
import { packstackVersions } from '../data/packstack.ts';
import { isLater } from '../data/releases.ts';
import { answerValues } from '../packstack/hosts.ts';
import { type GivenAnswers, isKeyOf, judgedNeeds, judgedValue } from '../packstack/judge.ts';
import { findAnswerKey, hasKey } from '../packstack/keys.ts';
import type { Need } from '../packstack/need.ts';
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
import { isPlaceholder } from '../packstack/values.ts';
import { replacement } from '../schema/fixes.ts';
import { perContext, type RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** The answers that the file sets by key. */
function given({ file }: RuleContext): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(file.packstack ?? {});
}

/** The effect of the old names among the answers; a secret is compared by its name. */
const resolved = perContext((context): Resolved<NamedAnswer> => {
  return resolveOldNames(
    given(context).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  );
});

/** The old names among the answers, by the key as written. */
const oldAnswers = perContext(
  (context): ReadonlyMap<string, OldAnswer<NamedAnswer>> =>
    new Map(resolved(context).old.map((each) => [each.answer.key, each])),
);

const currentNames = perContext(
  (context): ReadonlySet<string> => new Set(given(context).map(([key]) => currentName(key))),
);

/** The Packstack version of the file's release. */
function versionOf({ release }: RuleContext): string | undefined {
  return release && own(packstackVersions, release.name);
}

/** The answers as Packstack would get them: those of the file over those that Stackprep derives, and the defaults. */
const judged = perContext((context): GivenAnswers => {
  const version = versionOf(context);
  const texts = new Map(
    [...resolved(context).inForce].map(([name, { key }]) => {
      const value = own(context.file.packstack, key);
      return [name, typeof value === 'string' ? value : undefined] as const;
    }),
  );
  const { release } = context;
  return {
    given: texts,
    values: answerValues(context.cluster),
    isKnown: (name) => isKeyOf(name, version),
    isBeforeOcata: release !== undefined && !isLater(release.name, 'newton'),
    ...(version === undefined ? {} : { version }),
  };
});

/** The key of an answer as written, by its current name. */
const writtenKeys = perContext(
  (context): ReadonlyMap<string, string> =>
    new Map([...resolved(context).inForce].map(([name, { key }]) => [name, key])),
);

/** Where an answer is written; undefined if the file does not have it. */
function placeOf(context: RuleContext, name: string) {
  const key = writtenKeys(context).get(name);
  return key === undefined ? undefined : context.at('packstack', key);
}

/** The fix that puts a value in place of an answer of the file. */
function remedyFix(context: RuleContext, remedy: Need['remedy']): Fix | undefined {
  const span = remedy && placeOf(context, remedy.key)?.value;
  return span && remedy ? replacement(context.reading.source, span, remedy.value) : undefined;
}

/** Reports what the answers of the file ask of each other, at the answer that asks. */
function reportNeeds(wanted: Severity): Rule['check'] {
  return (context, report) => {
    if (!context.isPackstack) return;
    for (const { key, severity, message, remedy } of judgedNeeds(judged(context))) {
      const at = severity === wanted ? placeOf(context, key) : undefined;
      if (at) report(at.value ?? at.key, message, remedyFix(context, remedy));
    }
  };
}

/** Reports a key that no Packstack in the table has. */
function unknownKey(context: RuleContext, key: string, report: (message: Message, fix?: Fix) => void): void {
  const [, last] = formerKeyOf(key) ?? [];
  const near = misspelledKey(key);
  if (last !== undefined)
    report(msg('The last Packstack with {0} is that of {1}. Later versions ignore it.', key, last));
  else if (near === undefined) report(msg('Packstack has no key {0} and ignores it.', key));
  else {
    const span = context.at('packstack', key)?.key;
    const isThere = currentNames(context).has(near);
    report(
      msg('Packstack has no key {0} and ignores it. Did you mean {1}?', key, near),
      span && !isThere ? replacement(context.reading.source, span, near) : undefined,
    );
  }
}

export const packstackAnswerRules: readonly Rule[] = [
  {
    code: 'packstack-key-unknown',
    severity: 'warning',
    about: msg('Packstack ignores unknown keys, so the answer has no effect.'),
    sources: ['PS', 'EXP'],
    hasFix: true,
    check: (context, report) => {
      const version = versionOf(context);
      for (const [key] of given(context)) {
        const known = findAnswerKey(currentName(key));
        const span = context.at('packstack', key)?.key;
        if (!span || (known && (version === undefined || hasKey(known, version)))) continue;
        if (known)
          report(
            span,
            msg(
              'Packstack {0} does not have {1}. It exists from {2} to {3}.',
              version ?? '',
              known.name,
              known.first,
              known.last,
            ),
          );
        else unknownKey(context, key, (message, fix) => report(span, message, fix));
      }
    },
  },
  {
    code: 'packstack-key-deprecated',
    severity: 'information',
    about: msg(
      'Packstack uses the value of an old name if the new one has no answer, and prints “Deprecated parameter has been used”.',
    ),
    sources: ['PS'],
    hasFix: true,
    check: (context, report) => {
      const { old } = resolved(context);
      for (const each of old) {
        const span = context.at('packstack', each.answer.key)?.key;
        if (!span || each.fate === 'contradicts') continue;
        const fix = canRename(each) ? replacement(context.reading.source, span, each.now) : undefined;
        report(span, oldNameText(each), fix);
      }
    },
  },
  {
    code: 'packstack-key-contradicts',
    severity: 'error',
    about: msg('Packstack stops if two old names of one key have different values.'),
    sources: ['PS'],
    check: (context, report) => {
      for (const each of resolved(context).old)
        if (each.fate === 'contradicts')
          report(context.at('packstack', each.answer.key)?.value, oldNameText(each));
    },
  },
  {
    code: 'packstack-key-duplicate',
    severity: 'error',
    about: msg('Packstack compares keys case-insensitively, so both spellings are the same key.'),
    sources: ['PS', 'EXP'],
    check: (context, report) => {
      const seen = new Map<string, string>();
      for (const [key] of given(context)) {
        const before = seen.get(key.toUpperCase());
        seen.set(key.toUpperCase(), before ?? key);
        if (before !== undefined)
          report(
            context.at('packstack', key)?.key,
            msg('{0} and {1} are the same key for Packstack. Remove one of them.', before, key),
          );
      }
    },
  },
  {
    code: 'packstack-value-invalid',
    severity: 'error',
    about: msg('Packstack validates every answer before it starts, and stops at the first invalid one.'),
    sources: ['PS', 'EXP'],
    hasFix: true,
    check: (context, report) => {
      for (const [name, value] of given(context)) {
        const key = findAnswerKey(currentName(name));
        const span = context.at('packstack', name)?.value;
        if (!key || !span || typeof value !== 'string') continue;
        // Packstack ignores the value of an old name that has no effect.
        if ((oldAnswers(context).get(name)?.fate ?? 'counts') !== 'counts') continue;
        const wrong = judgedValue(key, value, judged(context));
        if (!wrong) continue;
        const fix =
          wrong.meant === undefined ? undefined : replacement(context.reading.source, span, wrong.meant);
        report(span, wrong.message, fix);
      }
    },
  },
  {
    code: 'packstack-stops',
    severity: 'error',
    about: msg('Packstack stops with these answers: one requires another one, or another value of it.'),
    sources: ['PS', 'EXP'],
    hasFix: true,
    check: reportNeeds('error'),
  },
  {
    code: 'packstack-requirement',
    severity: 'warning',
    about: msg('Packstack accepts the answers, but what they describe does not work or is left out.'),
    sources: ['PS', 'EXP'],
    hasFix: true,
    check: reportNeeds('warning'),
  },
  {
    code: 'packstack-secret-plain',
    severity: 'error',
    about: msg(
      'A password in a file ends up in the Git history and in every copy. Refer to a secret instead.',
    ),
    check: (context, report) => {
      for (const [name, value] of given(context)) {
        if (
          !findAnswerKey(currentName(name))?.isSecret ||
          typeof value !== 'string' ||
          value === '' ||
          isPlaceholder(value)
        )
          continue;
        report(
          context.at('packstack', name)?.value,
          msg('{0} is a secret. Write {1} to keep its value out of the file.', name, '{ secret: NAME }'),
        );
      }
    },
  },
  {
    code: 'packstack-answers-unused',
    severity: 'information',
    about: msg('The answers are for Packstack, but this file does not install with it.'),
    check: (context, report) => {
      if (context.isPackstack || given(context).length === 0) return;
      report(context.at('packstack')?.key, msg('These answers require openstack.installer: packstack.'));
    },
  },
];
