import { isIpv4, isIpv6 } from '../../cluster/address.ts';
import { parseCidr } from '../../cluster/cidr.ts';

/** A host name or an address for chronyd; anything else could add words or lines to the file. */
function isHost(text: string): boolean {
  return (
    (text.length <= 255 && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?$/.test(text)) ||
    isIpv6(text.replace(/%[A-Za-z0-9._-]+$/, ''))
  );
}

/** What chronyd accepts after `allow` without a name lookup: a range, an address or its leading parts, or `all`. */
function isRange(text: string): boolean {
  if (text === 'all' || parseCidr(text) || isIpv4(text) || isIpv6(text)) return true;
  return /^\d{1,3}(?:\.\d{1,3}){0,2}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

/** A host name after `allow`; chronyd resolves it at start, and fails if it can't. */
export function isRangeName(text: string): boolean {
  return isHost(text) && /^[A-Za-z]/.test(text) && text !== 'all';
}

/** The first invalid value, as `KEY VALUE` on one line; undefined if all are valid. */
export function refusedValue(servers: readonly string[], allow: readonly string[]): string | undefined {
  const wrong = [
    ...servers.filter((text) => !isHost(text)).map((text) => ({ key: 'servers', text })),
    ...allow.filter((text) => !isRange(text) && !isRangeName(text)).map((text) => ({ key: 'allow', text })),
  ];
  const [first] = wrong;
  return first && `${first.key} ${first.text.replace(/[\s\p{C}]+/gu, ' ').slice(0, 80)}`;
}
