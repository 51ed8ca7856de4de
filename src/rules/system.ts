import { msg } from '../base/l10n.ts';
import { fixBy, type Span } from '../base/problem.ts';
import { removeItem } from '../cluster/edits.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import { isSurely, type RuleContext } from './context.ts';
import { stepIndex } from './order.ts';
import type { Report, Rule } from './rule.ts';

/** Maximum length of a zone name; longer texts are not looked up. */
const longestZone = 100;

/** The canonical spelling of a time zone in the runtime's database; undefined if there is none. */
function zoneNamed(name: string): string | undefined {
  if (name.length > longestZone) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A check of a setting of the system wherever the file, a group or a node has it. */
function eachSetting(
  key: 'timezone' | 'locale',
  check: (context: RuleContext, value: string, span: Span, report: Report) => void,
): Rule['check'] {
  return (context, report) => {
    for (const { path, settings } of context.systemPlaces) {
      const [value, span] = [settings[key], context.at(...path, key)?.value];
      if (value !== undefined && span) check(context, value, span, report);
    }
  };
}

export const systemRules: readonly Rule[] = [
  {
    code: 'selinux-disabled',
    severity: 'information',
    about: msg(
      'Enabling SELinux again after disabled relabels the whole disk at the next boot. permissive has the same effect without that.',
    ),
    sources: ['RW'],
    hasFix: true,
    check: ({ reading, systemPlaces, at }, report) => {
      for (const { path, settings } of systemPlaces) {
        const span = at(...path, 'selinux')?.value;
        if (settings.selinux !== 'disabled' || !span) continue;
        report(
          span,
          msg('permissive also denies nothing, and needs no relabel to go back.'),
          replacement(reading.source, span, 'permissive'),
        );
      }
    },
  },
  {
    code: 'selinux-enforcing-rabbitmq',
    severity: 'information',
    about: msg(
      'The RDO documentation reports problems between its SELinux policy and RabbitMQ on CentOS Stream 9, and sets permissive.',
    ),
    sources: ['RW'],
    check: ({ cluster, isPackstack, systemPlaces, at }, report) => {
      if (!cluster.services.rabbitmq && !isPackstack) return;
      for (const place of systemPlaces)
        if (place.settings.selinux === 'enforcing' && isSurely(place, 9))
          report(
            at(...place.path, 'selinux')?.value,
            msg('RabbitMQ has known problems with enforcing on EL9. The RDO guide sets permissive.'),
          );
    },
  },
  {
    code: 'network-manager-without-scripts',
    severity: 'warning',
    about: msg(
      'EL9 has no network service. Without NetworkManager, a node has no network after its next boot, so the step fails.',
    ),
    sources: ['RW', 'RI'],
    hasFix: true,
    check: (context, report) => {
      // Without the step, the user is responsible for it.
      const isOwn = context.cluster.steps.some(({ custom }) => /network-scripts/.test(custom?.run ?? ''));
      if (isOwn && !context.cluster.steps.some(({ id }) => id === 'network-manager')) return;
      for (const place of context.systemPlaces) {
        const span = context.at(...place.path, 'network-manager')?.value;
        if (place.settings['network-manager'] !== 'disabled' || !span || !isSurely(place, 9, 10)) continue;
        report(
          span,
          msg('EL9 has no other network service. Keep NetworkManager enabled.'),
          replacement(context.reading.source, span, 'enabled'),
        );
      }
    },
  },
  {
    code: 'network-service-absent',
    severity: 'warning',
    about: msg('The network service ended with EL8, so the step fails on EL9.'),
    sources: ['RW', 'RI'],
    hasFix: true,
    check: (context, report) => {
      const step =
        context.file.steps && context.cluster.steps.findIndex(({ id }) => id === 'network-service');
      if (step === undefined || step < 0 || !isSurely(context, 9, 10)) return;
      const index = stepIndex(context, 'network-service');
      const edits = index === undefined ? undefined : removeItem(context.reading, ['steps'], index);
      report(
        context.cluster.steps[step]?.span,
        msg('EL9 has no network service. Remove this step.'),
        fixBy(msg('Remove {0}', 'network-service'), edits),
      );
    },
  },
  {
    code: 'timezone-unknown',
    severity: 'warning',
    about: msg('timedatectl accepts only the names of the time zone database, in their exact spelling.'),
    sources: ['COMMON'],
    hasFix: true,
    check: eachSetting('timezone', ({ reading }, zone, span, report) => {
      const found = zoneNamed(zone);
      // A former name of a zone is equivalent to its current one; an offset like +09:00 is not a zone.
      const isOffset = /^[+-]\d/.test(zone);
      if (found !== undefined && !isOffset && (found === zone || found.toLowerCase() !== zone.toLowerCase()))
        return;
      const near = isOffset ? undefined : (found ?? suggest(zone, Intl.supportedValuesOf('timeZone')));
      const message = near
        ? msg('There is no time zone {0}. Did you mean {1}?', zone, near)
        : msg('There is no time zone {0}. Example: Asia/Seoul.', zone);
      report(span, message, near === undefined ? undefined : replacement(reading.source, span, near));
    }),
  },
  {
    code: 'locale-charset',
    severity: 'warning',
    about: msg(
      'Packstack and the OpenStack clients require UTF-8. In another character set, they stop at the first non-ASCII character.',
    ),
    sources: ['RW'],
    hasFix: true,
    check: eachSetting('locale', ({ reading }, locale, span, report) => {
      if (/^(?:C|POSIX)$/.test(locale)) return;
      if (/\.utf-?8(?:@|$)/i.test(locale)) return;
      const language = locale.split(/[.@]/)[0] ?? locale;
      const utf8 = `${language}.UTF-8`;
      const fix = /^[a-z]{2,3}_[A-Z]{2}$/.test(language)
        ? replacement(reading.source, span, utf8)
        : undefined;
      report(span, msg('{0} is not UTF-8. Use one such as {1}.', locale, fix ? utf8 : 'en_US.UTF-8'), fix);
    }),
  },
];
