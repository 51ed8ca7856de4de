import { type AddressRange, addressText, addressValue, isReserved } from './cidr.ts';
import { type Expanded, expandRange, rangeLimit } from './range.ts';

const form =
  /^([0-9A-Fa-f:.]{2,45})[ \t]{0,8}(?:-[ \t]{0,8}([0-9A-Fa-f:.]{2,45})|\+[ \t]{0,8}\[(\d{1,9}):(\d{1,9})\])$/;

/** Whether a text is a range that can go over an octet: `10.0.0.1 - 10.0.1.44` or `10.0.0.1 + [0:299]`. */
export function isLongRange(text: string): boolean {
  return form.test(text);
}

/**
 * Expands addresses: `10.0.0.[1:9]`, `10.0.0.1 - 10.0.1.44`, or `10.0.0.1 + [0:299]`. The last two count over octets and leave
 * out the first and the last address of each of the given networks. A text of another form is returned unchanged.
 */
export function expandAddresses(text: string, networks: readonly AddressRange[]): Expanded {
  const [, first, last, from, to] = form.exec(text) ?? [];
  const start = addressValue(first ?? '');
  if (!start) return expandRange(text);
  const end = last === undefined ? undefined : addressValue(last);
  if (last !== undefined && end?.family !== start.family) return { ok: false, reason: 'malformed' };
  if (end && end.value < start.value) return { ok: false, reason: 'backwards' };
  const [skipped, wanted] = end ? [0, rangeLimit + 1] : [Number(from), Number(to) - Number(from) + 1];
  if (wanted < 1) return { ok: false, reason: 'backwards' };
  if (skipped + wanted > 2 * rangeLimit) return { ok: false, reason: 'too-large' };
  const inside = networks.filter((range) => range.family === start.family);
  const values: string[] = [];
  for (let value = start.value, at = 0; values.length < wanted && (!end || value <= end.value); value += 1n) {
    const address = { family: start.family, value };
    if (inside.some((range) => isReserved(range, address))) continue;
    if (at >= skipped) values.push(addressText(address));
    at += 1;
  }
  return values.length > rangeLimit
    ? { ok: false, reason: 'too-large' }
    : { ok: true, values, isRange: true };
}
