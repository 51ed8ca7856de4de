/** Whether a text is an IPv4 address in dotted form. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Whether a text is an IPv6 address (RFC 4291, without a zone). */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const hasIpv4 = last?.includes('.') ?? false;
  if (hasIpv4 && !isIpv4(last ?? '')) return false;
  const hex = hasIpv4 ? groups.slice(0, -1) : groups;
  const size = hex.length + (hasIpv4 ? 2 : 0);
  const isWhole = halves.length === 2 ? size < 8 : size === 8;
  return isWhole && hex.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group));
}
