import { type Message, msg } from '../base/l10n.ts';

/** Public key types that sshd of Enterprise Linux 7 to 10 accepts; ssh-dss has been disabled since OpenSSH 7.0. */
const types: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]);

/** Whether a text is intended as a public key rather than the path of a key file. */
export function isPublicKey(text: string): boolean {
  return /^(?:ssh-|ecdsa-|sk-)/.test(text);
}

/** The private key path for a public key path: `~/.ssh/id_rsa` for `~/.ssh/id_rsa.pub`. */
export function keyFile(text: string): string {
  return text.replace(/\.pub$/, '');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64; undefined if it is invalid or longer than any key. */
function decoded(blob: string): readonly number[] | undefined {
  if (!/^[A-Za-z0-9+/]{4,20000}={0,2}$/.test(blob) || blob.length % 4 !== 0) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of blob.replaceAll('=', '')) {
    bits = ((bits << 6) | alphabet.indexOf(letter)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return bytes;
}

/** The length-prefixed (4 bytes) fields of a key; undefined if a length is out of bounds. Source: RFC 4253, 6.6. */
function fieldsOf(bytes: readonly number[]): readonly (readonly number[])[] | undefined {
  const fields: (readonly number[])[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    const end = at + 4 + length;
    if (at + 4 > bytes.length || end > bytes.length) return undefined;
    fields.push(bytes.slice(at + 4, end));
    at = end;
  }
  return fields;
}

/** Why a text is not a valid `TYPE BASE64 COMMENT` line of authorized_keys; undefined if it is. */
export function publicKeyProblem(text: string): Message | undefined {
  const [type = '', blob = ''] = text.split(' ');
  if (!types.has(type)) return msg('sshd does not accept keys of the type {0}', type);
  const bytes = decoded(blob);
  const fields = bytes === undefined ? undefined : fieldsOf(bytes);
  if (!fields || fields.length < 2) return msg('its base64 part is incomplete; copy the whole line');
  const named = (fields[0] ?? []).map((byte) => String.fromCharCode(byte)).join('');
  return named === type ? undefined : msg('its base64 part is a key of another type');
}
