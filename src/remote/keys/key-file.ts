import { readFile, stat } from 'node:fs/promises';
import { type ParsedKey, parseKey } from '../base/ssh2.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { decryptOpenssh, readOpenssh } from './openssh-format.ts';
import { convertPkcs8, decryptPkcs8, isEncryptedPkcs8, isPkcs8 } from './pkcs8.ts';

/** A key file on this computer. */
export interface KeyFile {
  readonly path: string;
  /** Absent if the file has only a public key: the private key is in the agent. */
  readonly privateText?: string;
  /** Absent if it can't be read without the passphrase. */
  readonly publicKey?: ParsedKey;
  /** Its permissions, if others can read it: like ssh, only the agent signs with it then. */
  readonly openMode?: string;
  /** The certificate of the key, next to it. */
  readonly certificate?: CertificateFile;
}

/** A file with a certificate; without one if it can't be read or is of a type that can't be used. */
export interface CertificateFile {
  readonly path: string;
  readonly certificate?: Certificate;
}

export type KeyFileRead =
  | { readonly ok: true; readonly file: KeyFile }
  | { readonly ok: false; readonly missing: boolean; readonly cause: string };

export type Unlocked =
  | { readonly ok: true; readonly key: ParsedKey }
  | {
      readonly ok: false;
      readonly why: 'needs-passphrase' | 'wrong-passphrase' | 'unsupported';
      readonly cause: string;
    };

/** Reads a key file without prompting. If only the `.pub` file exists, the agent is expected to have the private key. */
export async function readKeyFile(path: string): Promise<KeyFileRead> {
  const read = await readKey(path);
  const certificate = await readCertificateFile(`${path}-cert.pub`);
  return read.ok && certificate ? { ok: true, file: { ...read.file, certificate } } : read;
}

/** Undefined if the file does not exist. */
export async function readCertificateFile(path: string): Promise<CertificateFile | undefined> {
  const read = await readText(path);
  if (!read.ok) return read.missing ? undefined : { path };
  const certificate = parseCertificate(read.text);
  return { path, ...(certificate && { certificate }) };
}

async function readKey(path: string): Promise<KeyFileRead> {
  const text = await readText(path);
  const publicFile = await readText(`${path}.pub`);
  const publicFileKey = publicFile.ok ? publicPart(publicFile.text) : undefined;
  if (!text.ok) return publicFileKey ? { ok: true, file: { path, publicKey: publicFileKey } } : text;
  const own = publicPart(text.text);
  if (own) return { ok: true, file: { path, publicKey: own } };
  const openMode = await modeIfOpen(path);
  if (openMode !== undefined) {
    const publicKey = publicFileKey ?? opensshPublicPart(text.text);
    return { ok: true, file: { path, openMode, ...(publicKey && { publicKey }) } };
  }
  const unlocked = parsePrivate(text.text);
  if (unlocked.ok) return { ok: true, file: { path, privateText: text.text, publicKey: unlocked.key } };
  if (unlocked.why === 'unsupported') return { ok: false, missing: false, cause: unlocked.cause };
  const publicKey = opensshPublicPart(text.text) ?? publicFileKey;
  return { ok: true, file: { path, privateText: text.text, ...(publicKey && { publicKey }) } };
}

/** The permissions of a file of this user that others can read, as OpenSSH checks them (authfile.c). */
async function modeIfOpen(path: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  const { mode, uid } = await stat(path);
  const isOpen = uid === process.getuid?.() && (mode & 0o077) !== 0;
  return isOpen ? (mode & 0o7777).toString(8).padStart(4, '0') : undefined;
}

async function readText(path: string): Promise<{ ok: true; text: string } | (KeyFileRead & { ok: false })> {
  try {
    return { ok: true, text: await readFile(path, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ok: false, missing: code === 'ENOENT' || code === 'ENOTDIR', cause: message };
  }
}

/** Decrypts a private key; the derivation of its key gives way to other work, and is not waited for once the signal aborts. */
export async function unlock(text: string, passphrase?: string, signal?: AbortSignal): Promise<Unlocked> {
  if (passphrase !== undefined && isEncryptedPkcs8(text)) {
    const opened = await decryptPkcs8(text, passphrase, signal);
    return opened.ok ? parsePrivate(opened.text) : opened;
  }
  // An empty passphrase encrypts nothing, and the key derivation rejects it with its own error.
  if (passphrase === undefined || passphrase === '') return parsePrivate(text, passphrase);
  const decrypted = await decryptOpenssh(text, passphrase, signal);
  return decrypted.ok ? parsePrivate(decrypted.text, passphrase) : decrypted;
}

function parsePrivate(text: string, passphrase?: string): Unlocked {
  const converted = isPkcs8(text) ? convertPkcs8(text) : { ok: true as const, text };
  if (!converted.ok) return converted;
  const key = tryParse(converted.text, passphrase === '' ? undefined : passphrase);
  if (!(key instanceof Error)) {
    if (key.isPrivateKey()) return { ok: true, key };
    return { ok: false, why: 'unsupported', cause: 'not a private key' };
  }
  const cause = key.message;
  if (/no passphrase given/i.test(cause))
    return { ok: false, why: passphrase === undefined ? 'needs-passphrase' : 'wrong-passphrase', cause };
  return { ok: false, why: /bad passphrase/i.test(cause) ? 'wrong-passphrase' : 'unsupported', cause };
}

function tryParse(text: string, passphrase?: string): ParsedKey | Error {
  try {
    return parseKey(text, passphrase);
  } catch (error) {
    // The library throws if the crypto build lacks the cipher.
    return error as Error;
  }
}

function publicPart(text: string): ParsedKey | undefined {
  if (!/^(ssh-|ecdsa-|sk-)/.test(text.trimStart())) return undefined;
  const key = tryParse(text);
  return key instanceof Error ? undefined : key;
}

/** The unencrypted public key in an encrypted key file. */
function opensshPublicPart(text: string): ParsedKey | undefined {
  const blob = readOpenssh(text)?.publicKey;
  const key = blob && parseKey(Buffer.from(blob));
  return key instanceof Error ? undefined : key;
}
