import { wildcard } from '../../base/wildcard.ts';
import { HOST_KEY_ALGORITHMS, keyType, type Offer, supported } from './ssh2.ts';

/** Lists of algorithms in the order of preference. */
export interface Algorithms {
  readonly hostKey?: readonly string[];
  readonly kex?: readonly string[];
  readonly cipher?: readonly string[];
  readonly mac?: readonly string[];
}

/** What is offered without a configuration. */
export const defaultAlgorithms: Readonly<Required<Algorithms>> = {
  hostKey: HOST_KEY_ALGORITHMS,
  kex: supported.defaults.kex,
  cipher: supported.defaults.cipher,
  mac: supported.defaults.mac,
};

/** The keyword of ssh_config(5) for each kind. */
export const algorithmKeyword = {
  hostKey: 'HostKeyAlgorithms',
  kex: 'KexAlgorithms',
  cipher: 'Ciphers',
  mac: 'MACs',
} as const satisfies Record<keyof Algorithms, string>;

/** A list of ssh_config(5): `+` appends to the defaults, `-` takes away (with wildcards), `^` puts first. */
export function algorithmList(setting: string, defaults: readonly string[]): string[] {
  const sign = /^[-+^]/.exec(setting)?.[0];
  const names = setting
    .slice(sign ? 1 : 0)
    .split(',')
    .filter((name) => name !== '');
  switch (sign) {
    case '+':
      return [...new Set([...defaults, ...names])];
    case '^':
      return [...new Set([...names, ...defaults])];
    case '-': {
      const patterns = names.map((name) => wildcard(name));
      return defaults.filter((each) => !patterns.some((matches) => matches(each)));
    }
    default:
      return [...new Set(names)];
  }
}

/** Those of a list that can be used here. */
export function usable(kind: keyof Algorithms, names: readonly string[]): string[] {
  return names.filter((name) => supported[kind].includes(name));
}

/** The key types of host keys that are offered to a host with these settings. */
export function offeredKeyTypes(algorithms: Algorithms = {}): ReadonlySet<string> {
  return new Set(usable('hostKey', algorithms.hostKey ?? defaultAlgorithms.hostKey).map(keyType));
}

/** What to offer to a host: host keys of known types first. An empty list of `missing` kinds if everything can be offered. */
export function offerTo(
  algorithms: Algorithms = {},
  knownTypes: readonly string[] = [],
): { readonly offer: Offer; readonly missing: readonly (keyof Algorithms)[] } {
  const list = (kind: keyof Algorithms) => usable(kind, algorithms[kind] ?? defaultAlgorithms[kind]);
  const hostKey = list('hostKey');
  const known = hostKey.filter((algorithm) => knownTypes.includes(keyType(algorithm)));
  const offer = {
    serverHostKey: [...new Set([...known, ...hostKey])],
    kex: list('kex'),
    cipher: list('cipher'),
    hmac: list('mac'),
  };
  const kinds = Object.keys(algorithmKeyword) as (keyof Algorithms)[];
  return { offer, missing: kinds.filter((kind) => list(kind).length === 0) };
}
