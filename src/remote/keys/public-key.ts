import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeKeyPair } from '../base/ssh2.ts';
import { readKeyFile } from './key-file.ts';

export type PublicKeyRead =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly missing: boolean };

/** The public key of a key file as a line of authorized_keys, without prompting. */
export async function readPublicKey(path: string): Promise<PublicKeyRead> {
  const read = await readKeyFile(path);
  if (!read.ok) return { ok: false, missing: read.missing };
  const key = read.file.publicKey;
  if (!key) return { ok: false, missing: false };
  return { ok: true, line: `${key.type} ${key.getPublicSSH().toString('base64')} ${key.comment}`.trim() };
}

/** Creates an Ed25519 key pair without a passphrase; never overwrites a file. Returns the public key line. */
export async function makeKey(path: string, comment: string): Promise<string> {
  const pair = makeKeyPair(comment);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, pair.private, { mode: 0o600, flag: 'wx' });
  await writeFile(`${path}.pub`, `${pair.public.trim()}\n`, { mode: 0o644, flag: 'wx' });
  return pair.public.trim();
}
