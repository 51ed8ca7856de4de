import {
  type AuthContext,
  type Connection,
  type ParsedKey,
  type PublicKeyAuthContext,
  Server,
  type ServerChannel,
  utils,
} from 'ssh2';

export type { AuthContext, Connection, PublicKeyAuthContext, ServerChannel };
// The only import of the library's server; works around its defects.
export { Server };

/** A new Ed25519 key pair: the private key in OpenSSH's format, the public key as `ssh-ed25519 <base64>`. */
export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/** Length of an Ed25519 public key blob: two lengths, the type's 11 characters and 32 bytes (RFC 8709). */
const blobLength = 4 + 11 + 4 + 32;

export function createKeyPair(): KeyPair {
  while (true) {
    const pair = utils.generateKeyPairSync('ed25519');
    // The library drops leading zero bytes of a public key, so that one pair in 256 is malformed.
    if (publicBlob(pair).length === blobLength) return pair;
  }
}

/** The public key in wire format (RFC 4253, 6.6). */
export function publicBlob(pair: KeyPair): Buffer {
  return Buffer.from(pair.public.split(' ')[1] ?? '', 'base64');
}

/** The key that verifies signatures of the private key. */
export function verifier(pair: KeyPair): ParsedKey {
  const parsed = utils.parseKey(pair.public);
  if (parsed instanceof Error) throw parsed;
  return parsed;
}
