import { msg } from '../base/l10n.ts';
import { answersOf, packstackVersionOf } from '../packstack/answers.ts';
import { defaultOf, findAnswerKey } from '../packstack/keys.ts';
import { needsOf } from '../packstack/needs.ts';
import { currentName } from '../packstack/old-names.ts';
import { replacement } from '../schema/fixes.ts';
import type { Rule } from './rule.ts';

/** The requirements between answers, as in an answer file, for those of the cluster file; one rule for each severity. */
export const packstackNeedRules: readonly Rule[] = (['error', 'warning'] as const).map(
  (severity): Rule => ({
    code: 'answers-requirement',
    severity,
    about: msg('This answer requires another one.'),
    sources: ['PS'],
    hasFix: true,
    check: ({ cluster, file, reading, at, isPackstack }, report) => {
      if (!isPackstack || !file.packstack) return;
      const written = new Map(
        Object.keys(file.packstack).map((key) => [currentName(key.toUpperCase()), key]),
      );
      const version = packstackVersionOf(cluster);
      const all = new Map(answersOf(cluster).map(({ key, value }) => [key, value]));
      const answerOf = (name: string): string | undefined => {
        const value = all.get(name);
        const key = findAnswerKey(name);
        return typeof value === 'string'
          ? value
          : value === undefined && key
            ? defaultOf(key, version)
            : undefined;
      };
      for (const need of needsOf(answerOf)) {
        const [shown = need.key] = [need.key, need.remedy?.key].filter(
          (key) => key !== undefined && written.has(key),
        );
        const key = written.get(shown);
        const span = key === undefined ? undefined : at('packstack', key)?.value;
        if (!span || need.severity !== severity) continue;
        const there = need.remedy && written.get(need.remedy.key);
        const place = there === undefined ? undefined : at('packstack', there)?.value;
        const fix = need.remedy && place ? replacement(reading.source, place, need.remedy.value) : undefined;
        report(span, need.message, fix);
      }
    },
  }),
);
