import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { field } from '../base/wire.ts';
import { type Converted, opensshText } from './openssh-format.ts';

/** Whether the key is in PKCS#8 format, which ssh2 can't read. */
export function isPkcs8(text: string): boolean {
  return /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text);
}

/** Converts a PKCS#8 key (RSA, EC or Ed25519) to an unencrypted format that ssh2 can read; in memory only. */
export function convertPkcs8(text: string, passphrase?: string): Converted {
  const isEncrypted = text.includes('BEGIN ENCRYPTED');
  if (isEncrypted && passphrase === undefined)
    return { ok: false, why: 'needs-passphrase', cause: 'encrypted PKCS#8 key' };
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, ...(isEncrypted && { passphrase }) });
  } catch (error) {
    const cause = (error as Error).message;
    return { ok: false, why: isEncrypted ? 'wrong-passphrase' : 'unsupported', cause };
  }
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { ok: true, text: key.export({ type: 'pkcs1', format: 'pem' }).toString() };
    case 'ec':
      return { ok: true, text: key.export({ type: 'sec1', format: 'pem' }).toString() };
    case 'ed25519':
      return { ok: true, text: ed25519Text(key) };
    default:
      return { ok: false, why: 'unsupported', cause: `key type ${key.asymmetricKeyType}` };
  }
}

/** Ed25519 has no traditional PEM format; this one: OpenSSH, PROTOCOL.key. */
function ed25519Text(key: KeyObject): string {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  const type = field('ssh-ed25519');
  const check = randomBytes(4);
  const secret = [check, check, type, field(point), field(Buffer.concat([seed, point])), field('')];
  const length = secret.reduce((sum, part) => sum + part.length, 0);
  const padding = Buffer.from(Array.from({ length: (8 - (length % 8)) % 8 }, (_, index) => index + 1));
  return opensshText(Buffer.concat([type, field(point)]), Buffer.concat([...secret, padding]));
}
