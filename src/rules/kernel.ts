import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { bridgeFilter, findModule, findParameter, serviceUsers } from '../data/kernel.ts';
import { replacement } from '../schema/fixes.ts';
import { pathKey } from '../schema/reading.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';

/** Components separated by dots; a slash represents a dot in a component, as in the name of a VLAN interface. */
const parameterName = /^[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_:@-]+(?:\/[A-Za-z0-9_:@-]+)*)+$/;
/** One line of printable ASCII. */
const parameterValue = /^[ -~\t]{1,1000}$/;

const words: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['true', 'yes', 'on', 'enabled'].map((word) => [word, '1'])),
  ...Object.fromEntries(['false', 'no', 'off', 'disabled'].map((word) => [word, '0'])),
};

function parametersOf({ file, at }: RuleContext) {
  return Object.entries(file.kernel?.sysctl ?? {}).map(([name, value]) => ({
    name,
    value,
    place: at('kernel', 'sysctl', name),
  }));
}

function limitsOf({ file, at, reading }: RuleContext) {
  const kept = reading.kept.get(pathKey('kernel', 'limits')) ?? [];
  return (file.kernel?.limits ?? []).map((limit, index) => ({
    ...limit,
    spanOf: (key: string) => at('kernel', 'limits', kept[index] ?? index, key)?.value,
  }));
}

export const kernelRules: readonly Rule[] = [
  {
    code: 'kernel-parameter-name',
    severity: 'error',
    about: msg('The name becomes a path under /proc/sys and a line of a file.'),
    sources: ['SYSTEMD'],
    hasFix: true,
    check: (context, report) => {
      for (const { name, place } of parametersOf(context)) {
        if (parameterName.test(name)) continue;
        const dotted = name.includes('.') ? name : name.replaceAll('/', '.');
        const fix =
          place && parameterName.test(dotted)
            ? replacement(context.reading.source, place.key, dotted)
            : undefined;
        report(
          place?.key,
          msg('`{0}` is not a valid name of a kernel parameter. Example: net.ipv4.ip_forward.', name),
          fix,
        );
      }
    },
  },
  {
    code: 'kernel-parameter-value',
    severity: 'error',
    about: msg('The kernel rejects the value, and the step fails.'),
    sources: ['SYSTEMD'],
    hasFix: true,
    check: (context, report) => {
      for (const { name, value, place } of parametersOf(context)) {
        const number = own(words, value.toLowerCase());
        const isText = parameterValue.test(value) && value.trim() !== '';
        const isNumber = findParameter(name) === undefined || /^-?\d{1,19}$/.test(value);
        if (number === undefined && isText && isNumber) continue;
        const fix =
          place && number !== undefined
            ? replacement(context.reading.source, place.value, number)
            : undefined;
        report(place?.value, msg('`{0}` is not a valid value for `{1}`.', value, name), fix);
      }
    },
  },
  {
    code: 'kernel-bridge-module',
    severity: 'warning',
    about: msg(
      'The net.bridge parameters exist only while the module br_netfilter is loaded. Without it, the step cannot set them.',
    ),
    sources: ['NIG'],
    check: (context, report) => {
      const modules = context.file.kernel?.modules ?? [];
      if (modules.some((name) => findModule(name)?.name === bridgeFilter)) return;
      const first = parametersOf(context).find(({ name }) => name.startsWith('net.bridge.'));
      if (!first || !context.isWhole('kernel', 'modules')) return;
      report(
        first.place?.key,
        msg('`{0}` requires the module {1}. Add it to kernel.modules.', first.name, bridgeFilter),
      );
    },
  },
  {
    code: 'kernel-packstack',
    severity: 'warning',
    about: msg(
      'Packstack sets its own value for these parameters in /etc/sysctl.conf, so the step is needed again after every run.',
    ),
    sources: ['PS'],
    check: (context, report) => {
      if (!context.isPackstack) return;
      for (const { name, value, place } of parametersOf(context)) {
        const known = findParameter(name);
        if (!known || !name.startsWith('net.bridge.') || value === known.value) continue;
        report(place?.value, msg('Packstack sets `{0}` to {1}, not to `{2}`.', name, known.value, value));
      }
    },
  },
  {
    code: 'kernel-limit-value',
    severity: 'error',
    about: msg('pam_limits ignores a line whose value it cannot use.'),
    sources: ['PAM'],
    check: (context, report) => {
      for (const { item, value, spanOf } of limitsOf(context)) {
        const number = Number(value);
        const isPriority = item === 'nice' || item === 'priority';
        const fits = isPriority ? number >= -20 && number <= 19 : Number.isNaN(number) || number >= -1;
        if (fits) continue;
        report(
          spanOf('value'),
          isPriority
            ? msg('`{0}` must be a number from -20 to 19.', item)
            : msg('`{0}` must be 0 or more, or unlimited.', item),
        );
      }
    },
  },
  {
    code: 'kernel-limit-service',
    severity: 'information',
    about: msg(
      'pam_limits applies at login. For services, systemd sets the limits of the unit (LimitNOFILE).',
    ),
    sources: ['PAM', 'SYSTEMD'],
    check: (context, report) => {
      for (const { domain, spanOf } of limitsOf(context)) {
        if (!serviceUsers.has(domain)) continue;
        report(
          spanOf('domain'),
          msg(
            'This has no effect on the service that runs as {0}, because systemd sets the limits of services.',
            domain,
          ),
        );
      }
    },
  },
];
