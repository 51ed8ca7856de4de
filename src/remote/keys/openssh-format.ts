import { createDecipheriv, createHash, getCipherInfo } from 'node:crypto';
import bcrypt from 'bcrypt-pbkdf';
import { FieldReader, field } from '../base/wire.ts';

const [begin, end] = ['-----BEGIN OPENSSH PRIVATE KEY-----', '-----END OPENSSH PRIVATE KEY-----'];
const magic = 'openssh-key-v1\0';
const one = Buffer.from([0, 0, 0, 1]);

/** The parts of a key file in OpenSSH's format; OpenSSH, PROTOCOL.key. */
interface OpensshKey {
  readonly cipher: string;
  readonly derivation: string;
  /** Salt and number of rounds. */
  readonly options: Buffer;
  readonly publicKey: Buffer;
  readonly secret: Buffer;
  /** What follows the encrypted part: the tag of an authenticated cipher. */
  readonly tag: Buffer;
}

export function readOpenssh(text: string): OpensshKey | undefined {
  const from = text.indexOf(begin);
  const until = text.indexOf('-----END', from);
  if (from === -1 || until === -1) return undefined;
  const fields = new FieldReader(Buffer.from(text.slice(from + begin.length, until), 'base64'), magic.length);
  const [cipher, derivation, options] = [fields.next(), fields.next(), fields.next()];
  fields.number();
  const [publicKey, secret] = [fields.next(), fields.next()];
  return {
    ...{ cipher: cipher.toString(), derivation: derivation.toString() },
    ...{ options, publicKey, secret, tag: fields.rest() },
  };
}

/** An unencrypted key file; `secret` has its check numbers and its padding. */
export function opensshText(publicKey: Buffer, secret: Buffer): string {
  const [none, parts] = [field('none'), [field(publicKey), field(secret)]];
  const blob = Buffer.concat([Buffer.from(magic), none, none, field(''), one, ...parts]);
  return [begin, ...(blob.toString('base64').match(/.{1,70}/g) ?? []), end, ''].join('\n');
}

export type Converted =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly why: 'needs-passphrase' | 'wrong-passphrase' | 'unsupported';
      readonly cause: string;
    };

const wrong: Converted = { ok: false, why: 'wrong-passphrase', cause: 'Bad passphrase' };

/** The name of a cipher for the crypto library; undefined if it has none for key files. */
function cipherOf(name: string) {
  const aes = /^aes(128|192|256)-(ctr|cbc|gcm)(?:@openssh\.com)?$/.exec(name);
  return getCipherInfo(aes ? `aes-${aes[1]}-${aes[2]}` : name === '3des-cbc' ? 'des-ede3-cbc' : '');
}

/**
 * The same key unencrypted; the text itself if it needs no passphrase. A key may have thousands of rounds, each of some
 * milliseconds: other nodes get their turns between them.
 */
export async function decryptOpenssh(
  text: string,
  passphrase: string,
  signal?: AbortSignal,
): Promise<Converted> {
  const key = readOpenssh(text);
  if (key?.derivation !== 'bcrypt') return { ok: true, text };
  const cipher = cipherOf(key.cipher);
  if (!cipher) return { ok: false, why: 'unsupported', cause: `Unsupported cipher ${key.cipher}` };
  const { ivLength = 0, keyLength } = cipher;
  const options = new FieldReader(key.options);
  const [salt, rounds] = [options.next(), options.number()];
  const bytes = await derive(Buffer.from(passphrase), { salt, rounds, length: keyLength + ivLength, signal });
  const [secretKey, iv] = [bytes.subarray(0, keyLength), bytes.subarray(keyLength)];
  try {
    // The types know of authenticated ciphers by their names only.
    const decipher = createDecipheriv(cipher.name as 'aes-256-gcm', secretKey, iv).setAutoPadding(false);
    if (cipher.mode === 'gcm') decipher.setAuthTag(key.tag);
    const secret = Buffer.concat([decipher.update(key.secret), decipher.final()]);
    // Two equal numbers show that the passphrase was right.
    const isRight = secret.length >= 8 && secret.subarray(0, 4).equals(secret.subarray(4, 8));
    return isRight ? { ok: true, text: opensshText(key.publicKey, secret) } : wrong;
  } catch {
    return wrong;
  }
}

interface Derivation {
  readonly salt: Buffer;
  readonly rounds: number;
  readonly length: number;
  readonly signal?: AbortSignal | undefined;
}

const sha512 = (bytes: Buffer): Buffer => createHash('sha512').update(bytes).digest();

/** bcrypt_pbkdf of OpenBSD, which gives way to other work after every round. */
async function derive(passphrase: Buffer, { salt, rounds, length, signal }: Derivation): Promise<Buffer> {
  const pass = sha512(passphrase);
  const key = Buffer.alloc(length);
  const stride = Math.ceil(length / bcrypt.HASHSIZE);
  for (let count = 1; count <= stride; count++) {
    const [sum, round] = [Buffer.alloc(bcrypt.HASHSIZE), Buffer.alloc(bcrypt.HASHSIZE)];
    const number = Buffer.alloc(4);
    number.writeUInt32BE(count);
    for (let each = 0; each < rounds; each++) {
      signal?.throwIfAborted();
      bcrypt.hash(pass, sha512(each === 0 ? Buffer.concat([salt, number]) : round), round);
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) ^ (round[at] ?? 0);
      await new Promise(setImmediate);
    }
    for (let at = 0; at < sum.length; at++) {
      const to = at * stride + count - 1;
      if (to < length) key[to] = sum[at] ?? 0;
    }
  }
  return key;
}
