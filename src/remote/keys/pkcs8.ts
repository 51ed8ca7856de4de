import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { onAbort } from '../base/abort.ts';
import { field } from '../base/wire.ts';
import { type Converted, opensshText } from './openssh-format.ts';

/** Whether the key is in PKCS#8 format, which ssh2 can't read. */
export function isPkcs8(text: string): boolean {
  return /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text);
}

const encrypted = 'BEGIN ENCRYPTED PRIVATE KEY-----';
/** Seconds of work; tools use 2,048 to some 100,000. */
const maxRounds = 10_000_000;
const maxDepth = 8;

/** The largest number in DER (ITU-T X.690), down to some depth. */
function largestNumber(der: Buffer, depth = 0): number {
  let largest = 0;
  for (let at = 0; at + 2 <= der.length; ) {
    const [tag, first] = [der.readUInt8(at), der.readUInt8(at + 1)];
    const size = first & 0x80 ? first & 0x7f : 0;
    if (size > 4 || at + 2 + size > der.length) break;
    const length = size === 0 ? first : der.readUIntBE(at + 2, size);
    const body = der.subarray(at + 2 + size, at + 2 + size + length);
    if (tag === 0x02) largest = Math.max(largest, Number(`0x0${body.toString('hex')}`));
    if (tag === 0x30 && depth < maxDepth) largest = Math.max(largest, largestNumber(body, depth + 1));
    at += 2 + size + length;
  }
  return largest;
}

/** Whether the derivation of its key (PBKDF2, PKCS#12, scrypt) has more rounds than the limit. */
function hasTooManyRounds(text: string): boolean {
  const from = text.indexOf(encrypted) + encrypted.length;
  const der = Buffer.from(text.slice(from, text.indexOf('-----END', from)), 'base64');
  return largestNumber(der) > maxRounds;
}

export function isEncryptedPkcs8(text: string): boolean {
  return text.includes(encrypted);
}

/** Receives the key and the passphrase, and posts the key without one. */
const decryption = `
const { parentPort, workerData } = require('node:worker_threads');
const { createPrivateKey } = require('node:crypto');
try {
  const text = createPrivateKey(workerData).export({ type: 'pkcs8', format: 'pem' });
  parentPort.postMessage({ ok: true, text });
} catch (error) {
  parentPort.postMessage({ ok: false, why: 'wrong-passphrase', cause: error.message });
}`;

/** The same key unencrypted; its derivation runs in a separate thread, since it can't be interrupted. */
export function decryptPkcs8(text: string, passphrase: string, signal?: AbortSignal): Promise<Converted> {
  if (hasTooManyRounds(text)) return Promise.resolve(tooManyRounds);
  return new Promise((resolve, reject) => {
    const workerData = { key: text, passphrase };
    const worker = new Worker(decryption, { eval: true, workerData, execArgv: [], env: {} });
    const release = signal
      ? onAbort(signal, () => {
          void worker.terminate();
          reject(signal.reason);
        })
      : () => undefined;
    worker.once('message', (answer: Converted) => {
      release();
      resolve(answer);
    });
    worker.once('error', (error) => {
      release();
      reject(error);
    });
  });
}

const tooManyRounds: Converted = {
  ok: false,
  why: 'unsupported',
  cause: `its passphrase takes more than ${maxRounds} rounds of key derivation`,
};

/** Converts a PKCS#8 key (RSA, EC or Ed25519) to an unencrypted format that ssh2 can read; in memory only. */
export function convertPkcs8(text: string): Converted {
  if (isEncryptedPkcs8(text))
    return hasTooManyRounds(text)
      ? tooManyRounds
      : { ok: false, why: 'needs-passphrase', cause: 'encrypted PKCS#8 key' };
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch (error) {
    return { ok: false, why: 'unsupported', cause: (error as Error).message };
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
