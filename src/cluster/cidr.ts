import { remembered } from '../base/remembered.ts';
import { isIpv4, isIpv6 } from './address.ts';

/** An address as a number. */
export interface AddressValue {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** An address range; `first` and `last` are inclusive. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
  /** Whether host bits are set (192.168.0.5/24). */
  readonly hasHostBits: boolean;
}

const widths = { 4: 32, 6: 128 } as const;

function ipv4Value(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function ipv6Value(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const groups = (half: string): string[] =>
    half === ''
      ? []
      : half.split(':').flatMap((group) => {
          if (!group.includes('.')) return [group];
          const value = ipv4Value(group);
          return [Math.floor(value / 65_536).toString(16), (value % 65_536).toString(16)];
        });
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** Parses an IPv4 or IPv6 address; undefined if invalid. */
export const addressValue: (text: string) => AddressValue | undefined = remembered((text) => {
  if (isIpv4(text)) return { family: 4, value: BigInt(ipv4Value(text)) };
  return isIpv6(text) ? { family: 6, value: ipv6Value(text) } : undefined;
});

/** Parses a CIDR range such as 192.168.113.0/24; undefined if invalid. */
export function parseCidr(text: string): AddressRange | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = addressValue(match?.[1] ?? '');
  const prefix = Number(match?.[2]);
  if (!address || prefix > widths[address.family]) return undefined;
  const size = 1n << BigInt(widths[address.family] - prefix);
  const first = address.value - (address.value % size);
  return {
    family: address.family,
    prefix,
    first,
    last: first + size - 1n,
    hasHostBits: first !== address.value,
  };
}

/** Whether two texts are the same address: IPv6 has several spellings for one. */
export function isSameAddress(a: string, b: string): boolean {
  const [one, other] = [addressValue(a), addressValue(b)];
  return one !== undefined && one.family === other?.family && one.value === other.value;
}

/** Whether a range contains an address; false if the families differ. */
export function contains(range: AddressRange, { family, value }: AddressValue): boolean {
  return family === range.family && value >= range.first && value <= range.last;
}

/** Whether an address is the network or broadcast address of an IPv4 range. */
export function isReserved(range: AddressRange, address: AddressValue): boolean {
  if (range.family !== 4 || range.prefix > 30 || !contains(range, address)) return false;
  return address.value === range.first || address.value === range.last;
}

/** Formats an IPv4 address. */
export function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** Formats an address; IPv6 as RFC 5952 does, the longest run of zeros as `::`. */
export function addressText({ family, value }: AddressValue): string {
  if (family === 4) return ipv4Text(value);
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 65_535n);
  let [best, length] = [0, 0];
  for (let start = 0; start < 8; start += 1) {
    let end = start;
    while (end < 8 && groups[end] === 0n) end += 1;
    if (end - start > length) [best, length] = [start, end - start];
  }
  const text = (part: readonly bigint[]): string => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, best))}::${text(groups.slice(best + length))}`;
}

/** Formats an IPv4 range with its host bits cleared; IPv6 ranges are not corrected. */
export function networkText(range: AddressRange): string | undefined {
  return range.family === 4 ? `${ipv4Text(range.first)}/${range.prefix}` : undefined;
}
