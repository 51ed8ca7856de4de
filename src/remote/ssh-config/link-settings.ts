import { type Algorithms, algorithmList, defaultAlgorithms } from '../base/algorithms.ts';
import type { RekeyLimit, Target } from '../base/target.ts';
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
  | 'rekey'
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

const sizes = new Map([
  ['', 1],
  ['k', 2 ** 10],
  ['m', 2 ** 20],
  ['g', 2 ** 30],
]);

/** RekeyLimit: bytes, and a time; `default` and `none`, or zeros as ssh prints them, are no limits. */
export function rekeyOf(value: string | undefined): RekeyLimit | undefined {
  const [size = '', time] = value?.trim().split(/\s+/) ?? [];
  const [, digits = '', unit = ''] = /^(\d{1,15})([kmg]?)$/i.exec(size) ?? [];
  const bytes = Number(digits) * (sizes.get(unit.toLowerCase()) ?? 0);
  const milliseconds = timeOf(time);
  if (bytes === 0 && milliseconds === undefined) return undefined;
  return { ...(bytes > 0 && { bytes }), ...(milliseconds !== undefined && { milliseconds }) };
}

/** Whether a name or address is of this computer, as ssh means it: its loopback interface. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/** What is set, has an effect in ssh, and is not followed here. */
const ofLoopback = 'nohostauthenticationforlocalhost';

function notFollowedOf(values: ConfigValues, isSet: (keyword: string) => boolean, host: string) {
  const found: { readonly keyword: string; readonly when: 'login' | 'connect' | 'host key' }[] = [];
  for (const [keyword, when] of keywords) {
    if (when === 'followed' || when === 'no effect' || !isSet(keyword)) continue;
    if (keyword === ofLoopback && !isLoopback(host)) continue;
    const value = values.get(keyword)?.[0];
    if (value !== undefined && !/^(no|none|false|)$/i.test(value))
      found.push({ keyword: nameOf(keyword), when });
  }
  return found;
}

/** The spelling of the manual for the keywords that are named. */
const spelling =
  'GSSAPIAuthentication HostbasedAuthentication PKCS11Provider SecurityKeyProvider BindInterface RefuseConnection CASignatureAlgorithms NoHostAuthenticationForLocalhost VerifyHostKeyDNS'.split(
    /\s+/,
  );

function nameOf(keyword: string): string {
  return spelling.find((name) => name.toLowerCase() === keyword) ?? keyword;
}

export interface LinkContext {
  /** True for the keywords in the files: ssh -G prints the defaults, too. */
  isSet(keyword: string): boolean;
  /** The files that a keyword names. */
  files(keyword: string): readonly string[] | undefined;
  /** The name or address of the host. */
  readonly host: string;
}

/** Reads the settings of the connection. */
export function linkSettingsOf(values: ConfigValues, { isSet, files, host }: LinkContext): LinkSettings {
  const one = (keyword: string) => (isSet(keyword) ? values.get(keyword)?.[0] : undefined);
  const strict = one('stricthostkeychecking') ?? '';
  const command = one('knownhostscommand');
  const family = one('addressfamily')?.toLowerCase();
  const bind = one('bindaddress');
  const algorithms = algorithmsOf(values, isSet);
  const limits = limitsOf(values, isSet);
  const certificates = isSet('certificatefile') ? files('certificatefile') : undefined;
  const notFollowed = notFollowedOf(values, isSet, host);
  const rekey = rekeyOf(one('rekeylimit'));
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
    ...(rekey && { rekey }),
    ...(notFollowed.length > 0 && { notFollowed }),
  };
}
