import { packstackKeyRows } from '../data/packstack-keys.ts';

/** A key of Packstack's answer file. */
export interface AnswerKey {
  readonly name: string;
  /** The command line option that sets it. */
  readonly option: string;
  /** The first and last version with the key, within 10.0.1 to 26.0.0. */
  readonly first: string;
  readonly last: string;
  /** Defaults by the version that introduced them; a value in angle brackets is computed. */
  readonly defaults: readonly { readonly since: string; readonly value: string }[];
  readonly options: readonly string[];
  readonly isSecret: boolean;
  /** Packstack's checks: `options`, `integer`, `port`, … */
  readonly checks: readonly string[];
}

/** The newest Packstack. */
export const newestPackstack = '26.0.0';

/** Values that only older versions accept, with the last such version. Source: PS. */
export const formerOptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CONFIG_AMQP_BACKEND: { qpid: '7.0.1' },
  CONFIG_NEUTRON_L2_AGENT: { linuxbridge: '25.0.0' },
  CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS: {
    linuxbridge: '25.0.0',
    hyperv: '23.0.0',
    ncs: '23.0.0',
    cisco_nexus: '23.0.0',
  },
  CONFIG_MANILA_NETWORK_TYPE: { 'nova-network': '24.0.0' },
  CONFIG_CINDER_BACKEND: { vmdk: '25.0.0', gluster: '16.1.0' },
  CONFIG_KEYSTONE_TOKEN_FORMAT: { UUID: '12.0.2', PKI: '12.0.2' },
  CONFIG_KEYSTONE_API_VERSION: { 'v2.0': '24.0.0' },
};

/** Values that only newer versions accept, with the first such version. Source: PS, the options of 10.0.1 and 11.0.1. */
export const laterOptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CONFIG_NEUTRON_L2_AGENT: { ovn: '11.0.1' },
  CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS: { ovn: '11.0.1' },
  CONFIG_NEUTRON_ML2_TENANT_NETWORK_TYPES: { geneve: '11.0.1' },
  CONFIG_NEUTRON_ML2_TYPE_DRIVERS: { geneve: '11.0.1' },
};

function defaultsOf(text: string, first: string): AnswerKey['defaults'] {
  const parts = [...text.matchAll(/(?<![\d.])(\d+\.\d+\.\d+):([^;]*)/g)];
  const changes = text.startsWith(`${first}:`) ? parts : [];
  if (changes.length === 0) return [{ since: first, value: text }];
  return changes.map(([, since = first, value = '']) => ({ since, value: value.trim() }));
}

function keyOf(row: string): AnswerKey {
  const [name = '', option = '', first = '', last = '', initial = '', options = '', mask = '', checks = ''] =
    row.split('\t');
  return {
    name,
    option,
    first,
    last,
    defaults: defaultsOf(initial, first),
    options: options === '' ? [] : options.split('|'),
    isSecret: mask === 'mask',
    checks: checks === '' ? [] : checks.split(','),
  };
}

/** All keys in alphabetical order. */
export const answerKeys: readonly AnswerKey[] = packstackKeyRows.trim().split('\n').map(keyOf);

const byName = new Map(answerKeys.map((key) => [key.name, key]));

/** Finds a key by name, ignoring case. */
export function findAnswerKey(name: string): AnswerKey | undefined {
  return byName.get(name.toUpperCase());
}

const ranks = new Map<string, number>();

/** A number that orders versions of up to three parts below a million. */
function rankOf(version: string): number {
  const known = ranks.get(version);
  if (known !== undefined) return known;
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const rank = (major * 1e6 + minor) * 1e6 + patch;
  // Files may claim any version.
  if (ranks.size > 100) ranks.clear();
  ranks.set(version, rank);
  return rank;
}

/** Compares versions; negative if the first is lower. */
export function compareVersions(one: string, other: string): number {
  return one === other ? 0 : rankOf(one) - rankOf(other);
}

/** The last Packstack that runs on Python 2 only; 15.1.0 is for EL7, too, but also for EL8. */
const lastOnPython2 = '14.0.0';

/** Whether a Packstack runs on Python 2 only. */
export function isOnPython2(version: string): boolean {
  return compareVersions(version, lastOnPython2) <= 0;
}

/** The default of a key in a version; undefined if Packstack computes it. */
export function defaultOf(key: AnswerKey, version: string = newestPackstack): string | undefined {
  const value = key.defaults.findLast(({ since }) => compareVersions(since, version) <= 0)?.value;
  return value?.startsWith('<') || value === 'PW_PLACEHOLDER' ? undefined : value;
}

/** Whether a version has the key. */
export function hasKey(key: AnswerKey, version: string): boolean {
  return compareVersions(key.first, version) <= 0 && compareVersions(version, key.last) <= 0;
}
