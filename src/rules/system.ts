import { msg } from '../base/l10n.ts';
import { fixBy } from '../base/problem.ts';
import { removeItem } from '../cluster/edits.ts';
import { replacement } from '../schema/fixes.ts';
import { suggest } from '../schema/suggest.ts';
import { isSurely } from './context.ts';
import { stepIndex } from './order.ts';
import type { Rule } from './rule.ts';

/** The zone that the runtime's own tables know by a name, in its spelling there; undefined where there is none. */
/** No zone has a longer name; what is longer would only keep the library busy. */
const longestZone = 100;

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
      'From disabled there is no way back but a relabel of the whole disk at the next boot; permissive gives the same peace.',
    ),
    sources: ['RW'],
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      const span = at('system', 'selinux')?.value;
      if (file.system?.selinux !== 'disabled' || !span) return;
      report(
        span,
        msg('permissive denies nothing either, and needs no relabel to come back.'),
        replacement(reading.source, span, 'permissive'),
      );
    },
  },
  {
    code: 'selinux-enforcing-rabbitmq',
    severity: 'information',
    about: msg(
      'RDO knows of problems between its SELinux policy and RabbitMQ on CentOS Stream 9 and sets permissive.',
    ),
    sources: ['RW'],
    check: (look, report) => {
      const { file, cluster, isPackstack, at } = look;
      if (file.system?.selinux !== 'enforcing' || !isSurely(look, 9)) return;
      if (!cluster.services.rabbitmq && !isPackstack) return;
      report(
        at('system', 'selinux')?.value,
        msg('RDO knows of problems with RabbitMQ under enforcing on EL9; its guide sets permissive.'),
      );
    },
  },
  {
    code: 'network-manager-without-scripts',
    severity: 'warning',
    about: msg(
      'EL9 has no network service of its own: without NetworkManager a node has no network after its next boot, so the step refuses.',
    ),
    sources: ['RW', 'RI'],
    hasFix: true,
    check: (look, report) => {
      const span = look.at('system', 'network-manager')?.value;
      if (look.file.system?.['network-manager'] !== 'disabled' || !span || !isSurely(look, 9, 10)) return;
      // Without the step it is for the person to see to it.
      const isOwn = look.cluster.steps.some(({ custom }) => /network-scripts/.test(custom?.run ?? ''));
      if (isOwn && !look.cluster.steps.some(({ id }) => id === 'network-manager')) return;
      report(
        span,
        msg('EL9 has nothing else to bring its network up; keep NetworkManager.'),
        replacement(look.reading.source, span, 'enabled'),
      );
    },
  },
  {
    code: 'network-service-absent',
    severity: 'warning',
    about: msg('The network service ended with EL8; on EL9 the step refuses.'),
    sources: ['RW', 'RI'],
    hasFix: true,
    check: (look, report) => {
      const step = look.file.steps && look.cluster.steps.findIndex(({ id }) => id === 'network-service');
      if (step === undefined || step < 0 || !isSurely(look, 9, 10)) return;
      const index = stepIndex(look, 'network-service');
      const edits = index === undefined ? undefined : removeItem(look.reading, ['steps'], index);
      report(
        look.cluster.steps[step]?.span,
        msg('EL9 has no network service; leave this step out.'),
        fixBy(msg('Remove {0}', 'network-service'), edits),
      );
    },
  },
  {
    code: 'timezone-unknown',
    severity: 'warning',
    about: msg('timedatectl takes only the names of the time zone database, in their own spelling.'),
    sources: ['COMMON'],
    hasFix: true,
    check: ({ file, reading, at }, report) => {
      const zone = file.system?.timezone;
      const span = at('system', 'timezone')?.value;
      if (zone === undefined || !span) return;
      const found = zoneNamed(zone);
      // An old name of a zone is found under its new one and is as good; an offset like +09:00 is no zone.
      const isOffset = /^[+-]\d/.test(zone);
      if (found !== undefined && !isOffset && (found === zone || found.toLowerCase() !== zone.toLowerCase()))
        return;
      const near = isOffset ? undefined : (found ?? suggest(zone, Intl.supportedValuesOf('timeZone')));
      const message = near
        ? msg('There is no time zone {0}; did you mean {1}?', zone, near)
        : msg('There is no time zone {0}; write one such as Asia/Seoul.', zone);
      report(span, message, near === undefined ? undefined : replacement(reading.source, span, near));
    },
  },
  {
    code: 'locale-charset',
    severity: 'warning',
    about: msg(
      'Packstack and the OpenStack clients expect UTF-8; in another character set they stop at the first other letter.',
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
      report(span, msg('{0} is not UTF-8; use one such as {1}.', locale, fix ? utf8 : 'en_US.UTF-8'), fix);
    },
  },
];
