/** The length of an RSA key in bits, from its public key blob (RFC 4253, 6.6: type, exponent, modulus); undefined for another key. */
export function rsaBits(blob: Buffer): number | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length && fields.length < 3; ) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  const [type, , modulus] = fields;
  if (type?.toString('latin1') !== 'ssh-rsa' || !modulus) return undefined;
  return bitLength(modulus);
}

/** The length of a number in bits, without leading zeros. */
export function bitLength(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}
