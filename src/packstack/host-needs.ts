import { msg } from '../base/l10n.ts';
import type { Need, Values } from './need.ts';

const controllerKey = 'CONFIG_CONTROLLER_HOST';
const storageKey = 'CONFIG_STORAGE_HOST';

function hostsIn(value: Values, key: string): readonly string[] {
  return (value(key) ?? '').split(',').flatMap((part) => part.trim().split('/')[0] || []);
}

/** Hosts of services that have a separate key, with the condition for it to be used. */
const serviceHosts: readonly (readonly [key: string, counts: (value: Values) => boolean])[] = [
  ['CONFIG_AMQP_HOST', () => true],
  ['CONFIG_MARIADB_HOST', (value) => value('CONFIG_MARIADB_INSTALL') !== 'n'],
  [
    'CONFIG_REDIS_HOST',
    (value) =>
      value('CONFIG_CEILOMETER_INSTALL') === 'y' &&
      value('CONFIG_CEILOMETER_COORDINATION_BACKEND') === 'redis',
  ],
  ['CONFIG_MONGODB_HOST', (value) => value('CONFIG_CEILOMETER_INSTALL') === 'y'],
];

function isLoopback(host: string): boolean {
  return /^(?:127\.[\d.]+|::1|localhost(?:\..*)?)$/.test(host);
}

/** Loopback addresses work on the host itself only: endpoints and consoles get them (PS shortcuts and templates). */
function loopbackNeed(value: Values): Need | undefined {
  const keys = [controllerKey, 'CONFIG_COMPUTE_HOSTS', 'CONFIG_NETWORK_HOSTS'];
  const key = keys.find((each) => hostsIn(value, each).some(isLoopback));
  const host = key && hostsIn(value, key).find(isLoopback);
  if (key === undefined || host === undefined) return undefined;
  return {
    key,
    severity: 'warning',
    message: msg(
      '{0} is reachable on the host itself only, and so would be the services and consoles of the cloud. Use an address of the network.',
      host,
    ),
  };
}

/** Separate hosts need a permission (PS prescript_000.py; sahara_900.py up to 26.0.0). */
function permittedNeeds(value: Values): readonly Need[] {
  const controller = value(controllerKey);
  if (value('CONFIG_UNSUPPORTED') === 'y') return [];
  const keys = value('CONFIG_SAHARA_INSTALL') === 'y' ? [storageKey, 'CONFIG_SAHARA_HOST'] : [storageKey];
  return keys.flatMap((key): readonly Need[] => {
    const host = value(key);
    if (host === undefined || host === controller) return [];
    const message =
      key === storageKey
        ? msg('A separate storage host requires CONFIG_UNSUPPORTED=y. Otherwise {0} is not used.', host)
        : msg('A separate host for Sahara requires CONFIG_UNSUPPORTED=y. Otherwise {0} is not used.', host);
    return [{ key, severity: 'warning', message }];
  });
}

/** Services on an address that no other answer has: for Packstack, each address is a separate host. */
function separateHosts(value: Values): readonly Need[] {
  const known = new Set(
    [controllerKey, 'CONFIG_COMPUTE_HOSTS', 'CONFIG_NETWORK_HOSTS'].flatMap((key) => hostsIn(value, key)),
  );
  const isPartial = [controllerKey, 'CONFIG_COMPUTE_HOSTS', 'CONFIG_NETWORK_HOSTS'].some(
    (key) => value(key) === undefined,
  );
  if (isPartial) return [];
  const placed = serviceHosts.flatMap(([key, counts]) => {
    const [host] = hostsIn(value, key);
    return host === undefined || known.has(host) || !counts(value) ? [] : [{ key, host }];
  });
  const isFirst = ({ host }: { readonly host: string }, index: number): boolean =>
    placed.findIndex((each) => each.host === host) === index;
  return placed.filter(isFirst).map(({ key, host }) => ({
    key,
    severity: 'information',
    message: msg(
      'To Packstack, {0} is a separate host: it logs in there and installs the service. If it is another address of a host, use the one that the other answers have.',
      host,
    ),
  }));
}

/** Requirements between the hosts of a file. Source: PS modules/common.py, shortcuts.py; the public answer files. */
export function hostNeeds(value: Values): readonly Need[] {
  return [loopbackNeed(value), ...permittedNeeds(value), ...separateHosts(value)].flatMap(
    (need) => need ?? [],
  );
}

/** Keys of hosts that default to the address of the default route, if they count; for the note about missing ones. */
export function countedServiceHosts(value: Values): readonly string[] {
  return serviceHosts.flatMap(([key, counts]) => (counts(value) ? [key] : []));
}
