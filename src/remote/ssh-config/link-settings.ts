import { type Algorithms, algorithmList, defaultAlgorithms } from '../base/algorithms.ts';
import type { Target } from '../base/target.ts';
import { keywords } from './keywords.ts';
import type { ConfigValues } from './values.ts';

/** What a configuration says about the connection itself; absent if it does not say it. */
export type LinkSettings = Pick<
  Target,
  | 'acceptNew'
  | 'knownHostsCommand'
  | 'algorithms'
  | 'family'
  | 'bindAddress'
  | 'limits'
  | 'certificates'
  | 'notFollowed'
>;

/** Keywords by the kind of algorithm. */
const algorithmKeywords = {
  hostKey: 'hostkeyalgorithms',
  kex: 'kexalgorithms',
  cipher: 'ciphers',
  mac: 'macs',
} as const;

/** Seconds. */
const units = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
  ['w', 604_800],
]);

/** A time of ssh_config(5) in milliseconds: seconds, or numbers with units; undefined if it is none or zero. */
export function timeOf(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d[\dsmhdw]{0,30}$/i.test(value)) return undefined;
  let seconds = 0;
  for (const [, count = '', unit = ''] of value.matchAll(/(\d+)([smhdw]?)/gi))
    seconds += Number(count) * (units.get(unit.toLowerCase()) ?? 0);
  return seconds > 0 && seconds <= 86_400 ? seconds * 1_000 : undefined;
}

function algorithmsOf(values: ConfigValues, isSet: (keyword: string) => boolean): Algorithms {
  const lists: Partial<Record<keyof Algorithms, readonly string[]>> = {};
  for (const [kind, keyword] of Object.entries(algorithmKeywords) as [keyof Algorithms, string][]) {
    const value = values.get(keyword)?.[0];
    if (value !== undefined && isSet(keyword)) lists[kind] = algorithmList(value, defaultAlgorithms[kind]);
  }
  return lists;
}

function limitsOf(values: ConfigValues, isSet: (keyword: string) => boolean): NonNullable<Target['limits']> {
  const one = (keyword: string) => (isSet(keyword) ? values.get(keyword)?.[0] : undefined);
  const connectMs = timeOf(one('connecttimeout'));
  const keepaliveMs = timeOf(one('serveraliveinterval'));
  const count = Number(one('serveralivecountmax'));
  return {
    // ConnectTimeout covers the connection, the identification and the key exchange.
    ...(connectMs !== undefined && { dialMs: connectMs, exchangeMs: connectMs }),
    ...(keepaliveMs !== undefined && { keepaliveMs }),
    ...(Number.isInteger(count) && count > 0 && count <= 1_000 && { keepaliveCount: count }),
  };
}

/** What is set, has an effect in ssh, and is not followed here. */
function notFollowedOf(values: ConfigValues, isSet: (keyword: string) => boolean) {
  const found: { readonly keyword: string; readonly when: 'login' | 'connect' | 'host key' }[] = [];
  for (const [keyword, when] of keywords) {
    if (when === 'followed' || when === 'no effect' || !isSet(keyword)) continue;
    const value = values.get(keyword)?.[0];
    if (value !== undefined && !/^(no|none|false|)$/i.test(value))
      found.push({ keyword: nameOf(keyword), when });
  }
  return found;
}

/** The spelling of the manual for the keywords that are named. */
const spelling =
  'GSSAPIAuthentication HostbasedAuthentication PKCS11Provider SecurityKeyProvider BindInterface RefuseConnection CASignatureAlgorithms VerifyHostKeyDNS'.split(
    /\s+/,
  );

function nameOf(keyword: string): string {
  return spelling.find((name) => name.toLowerCase() === keyword) ?? keyword;
}

/** Reads the settings of the connection; `isSet` is true for the keywords in the files: ssh -G prints the defaults, too. */
export function linkSettingsOf(
  values: ConfigValues,
  isSet: (keyword: string) => boolean,
  files: (keyword: string) => readonly string[] | undefined,
): LinkSettings {
  const one = (keyword: string) => (isSet(keyword) ? values.get(keyword)?.[0] : undefined);
  const strict = one('stricthostkeychecking') ?? '';
  const command = one('knownhostscommand');
  const family = one('addressfamily')?.toLowerCase();
  const bind = one('bindaddress');
  const algorithms = algorithmsOf(values, isSet);
  const limits = limitsOf(values, isSet);
  const certificates = isSet('certificatefile') ? files('certificatefile') : undefined;
  const notFollowed = notFollowedOf(values, isSet);
  return {
    // A changed key is refused all the same, unlike with ssh's `no`.
    ...(/^(accept-new|no|off|false)$/i.test(strict) && { acceptNew: true }),
    ...(command !== undefined && !/^none$/i.test(command) && { knownHostsCommand: command }),
    ...(Object.keys(algorithms).length > 0 && { algorithms }),
    ...(family === 'inet' && { family: 4 as const }),
    ...(family === 'inet6' && { family: 6 as const }),
    ...(bind !== undefined && { bindAddress: bind }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(certificates && certificates.length > 0 && { certificates }),
    ...(notFollowed.length > 0 && { notFollowed }),
  };
}
