import { createPrivateKey, createPublicKey, diffieHellman, randomBytes } from 'node:crypto';

/** One element of DER; ITU-T X.690. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const length = body.length < 128 ? size.subarray(3) : size.subarray(size.findIndex((byte) => byte > 0));
  const head = body.length < 128 ? [tag] : [tag, 0x80 | length.length];
  return Buffer.concat([Buffer.from(head), length, body]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const integer = (value: Buffer) => der(2, ...((value[0] ?? 0) & 0x80 ? [Buffer.alloc(1)] : []), value);
/** dhKeyAgreement; PKCS #3. */
const algorithm = der(6, Buffer.from('2a864886f70d010301', 'hex'));

/** One side of a Diffie-Hellman key exchange. */
export interface GroupKeys {
  readonly publicKey: Buffer;
  computeSecret(theirs: Buffer): Buffer;
}

/** The length of the secret exponent in bytes: twice the strength of the strongest cipher, as in OpenSSH. */
const secretLength = 64;

/**
 * Keys in a group that the server chose (RFC 4419). Like OpenSSH's client (kexgexc.c), without a test whether its modulus is prime, which
 * a server that proves its host key would gain nothing from: `createDiffieHellman` takes seconds, for 8192 bits a minute, for it.
 */
export function makeGroupKeys(prime: Buffer, generator: Buffer): GroupKeys {
  const group = sequence(algorithm, sequence(integer(prime), integer(generator)));
  const secret = randomBytes(secretLength);
  secret[0] = ((secret[0] ?? 0) & 0x7f) | 0x40;
  const key = sequence(integer(Buffer.alloc(1)), group, der(4, integer(secret)));
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    publicKey: publicValue(spki, group),
    computeSecret: (theirs) => {
      const bits = der(3, Buffer.alloc(1), integer(theirs));
      const publicKey = createPublicKey({ key: sequence(group, bits), format: 'der', type: 'spki' });
      return diffieHellman({ privateKey, publicKey });
    },
  };
}

/** The last integer of a public key in DER. */
function publicValue(spki: Buffer, group: Buffer): Buffer {
  const after = spki.indexOf(group) + group.length;
  // BIT STRING, its length, no unused bits, INTEGER, its length.
  const skip = (at: number) => at + 2 + ((spki[at + 1] ?? 0) & 0x80 ? (spki[at + 1] ?? 0) & 0x7f : 0);
  return spki.subarray(skip(skip(after) + 1));
}
