import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { removeItem } from '../cluster/edits.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import { isSurely } from './context.ts';
import { stepIndex } from './order.ts';
import type { Rule } from './rule.ts';

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

export const systemRules: readonly Rule[] = [
  {
    code: 'selinux-disabled',
    severity: 'information',
    about: msg(
      'Enabling SELinux again after disabled relabels the whole disk at the next boot. permissive has the same effect without that.',
    ),
    sources: ['RW'],
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      const span = at('system', 'selinux')?.value;
      if (file.system?.selinux !== 'disabled' || !span) return;
      report(
        span,
        msg('permissive also denies nothing, and needs no relabel to go back.'),
        replacement(reading.source, span, 'permissive'),
      );
    },
  },
  {
    code: 'selinux-enforcing-rabbitmq',
    severity: 'information',
    about: msg(
      'The RDO documentation reports problems between its SELinux policy and RabbitMQ on CentOS Stream 9, and sets permissive.',
    ),
    sources: ['RW'],
    check: (context, report) => {
      const { file, cluster, isPackstack, at } = context;
      if (file.system?.selinux !== 'enforcing' || !isSurely(context, 9)) return;
      if (!cluster.services.rabbitmq && !isPackstack) return;
      report(
        at('system', 'selinux')?.value,
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
      const span = context.at('system', 'network-manager')?.value;
      if (context.file.system?.['network-manager'] !== 'disabled' || !span || !isSurely(context, 9, 10))
        return;
      // Without the step, the user is responsible for it.
      const isOwn = context.cluster.steps.some(({ custom }) => /network-scripts/.test(custom?.run ?? ''));
      if (isOwn && !context.cluster.steps.some(({ id }) => id === 'network-manager')) return;
      report(
        span,
        msg('EL9 has no other network service. Keep NetworkManager enabled.'),
        replacement(context.reading.source, span, 'enabled'),
      );
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
    check: ({ file, reading, at }, report) => {
      const zone = file.system?.timezone;
      const span = at('system', 'timezone')?.value;
      if (zone === undefined || !span) return;
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
    },
  },
  {
    code: 'locale-charset',
    severity: 'warning',
    about: msg(
      'Packstack and the OpenStack clients require UTF-8. In another character set, they stop at the first non-ASCII character.',
    ),
    sources: ['RW'],
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      const locale = file.system?.locale;
      const span = at('system', 'locale')?.value;
      if (locale === undefined || !span || /^(?:C|POSIX)$/.test(locale)) return;
      if (/\.utf-?8(?:@|$)/i.test(locale)) return;
      const language = locale.split(/[.@]/)[0] ?? locale;
      const utf8 = `${language}.UTF-8`;
      const fix = /^[a-z]{2,3}_[A-Z]{2}$/.test(language)
        ? replacement(reading.source, span, utf8)
        : undefined;
      report(span, msg('{0} is not UTF-8. Use one such as {1}.', locale, fix ? utf8 : 'en_US.UTF-8'), fix);
    },
  },
];
