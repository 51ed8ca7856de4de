import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolOptions } from '../base/child-env.ts';
import { localText } from '../base/local-text.ts';
import { type HostKey, hostKeyOf } from './known-hosts.ts';

/** The result of looking up a key in RevokedHostKeys; if a file can't be read, nothing may be trusted. */
export type Revocation =
  | { readonly type: 'clear' }
  | { readonly type: 'revoked'; readonly file: string }
  | { readonly type: 'unreadable'; readonly file: string; readonly cause: string };

export interface RevocationRequest {
  /** The first name, or if there is no such file, the others: ssh prints several names on one line without quotes. */
  readonly files: readonly string[];
  readonly key: HostKey;
  /** To find `ssh-keygen`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** PROTOCOL.krl, section 1: the magic bytes of a key revocation list. */
const krlMagic = Buffer.from('SSHKRL\n\0', 'latin1');
const maxFileBytes = 64 * 1024 * 1024;
const keygenTimeoutMs = 20_000;

/** Looks up a host key in RevokedHostKeys like OpenSSH (sshconnect.c, check_host_key_hash; authfile.c). */
export async function findRevocation({ files, ...request }: RevocationRequest): Promise<Revocation> {
  const [whole = '', ...several] = files;
  const isWhole = several.length === 0 || (await exists(whole));
  for (const file of isWhole ? [whole] : several) {
    const found = await inFile(file, request);
    if (found.type !== 'clear') return found;
  }
  return { type: 'clear' };
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

async function inFile(file: string, request: Omit<RevocationRequest, 'files'>): Promise<Revocation> {
  try {
    const { size } = await stat(file);
    if (size > maxFileBytes) return { type: 'unreadable', file, cause: `larger than ${maxFileBytes} bytes` };
    const bytes = await readFile(file);
    if (bytes.subarray(0, krlMagic.length).equals(krlMagic)) return await inKrl(file, request);
    return inList(bytes.toString('latin1'), { file, key: request.key });
  } catch (error) {
    return { type: 'unreadable', file, cause: (error as NodeJS.ErrnoException).message };
  }
}

/** A list of public keys, one per line; an invalid line invalidates the whole list, as in ssh. */
function inList(text: string, { file, key }: { readonly file: string; readonly key: HostKey }): Revocation {
  let bad: number | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.trim().split(/[ \t]+/);
    const first = words[0] ?? '';
    if (first === '' || first.startsWith('#')) continue;
    const [type = '', base64 = ''] = first === '@revoked' ? words.slice(2) : words;
    const listed = readListed(type, base64);
    if (listed?.base64 === key.base64) return { type: 'revoked', file };
    // ssh supports this marker in known_hosts files only.
    if (!listed || first === '@revoked') bad ??= index + 1;
  }
  if (bad === undefined) return { type: 'clear' };
  return { type: 'unreadable', file, cause: `line ${bad} is not a public key` };
}

/** The number of public key fields after the type; PROTOCOL.certkeys of OpenSSH. */
const publicFields: ReadonlyMap<string, number> = new Map([
  ['ssh-ed25519', 1],
  ['ssh-rsa', 2],
  ['ecdsa-sha2-nistp256', 2],
  ['ecdsa-sha2-nistp384', 2],
  ['ecdsa-sha2-nistp521', 2],
]);

/** The key of a line; for a certificate, the certified key. */
function readListed(type: string, base64: string): HostKey | undefined {
  const blob = Buffer.from(base64, 'base64');
  const key = hostKeyOf(blob);
  if (key?.type !== type) return undefined;
  const plain = /^(.+)-cert-v01@openssh\.com$/.exec(type)?.[1];
  if (plain === undefined) return key;
  // For other certificate types it is enough that they differ from every host key.
  const count = publicFields.get(plain);
  if (count === undefined) return key;
  const fields = readFields(blob, 2 + count);
  return fields && hostKeyOf(Buffer.concat([field(Buffer.from(plain)), ...fields.slice(2).map(field)]));
}

function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The first strings of a blob (RFC 4251, section 5); undefined if it is too short. */
function readFields(blob: Buffer, count: number): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (fields.length < count) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** A key revocation list, read by ssh-keygen; ssh-keygen(1), option -Q. */
async function inKrl(file: string, request: Omit<RevocationRequest, 'files'>): Promise<Revocation> {
  const { key, env, signal } = request;
  const folder = await mkdtemp(join(tmpdir(), 'stackprep-key-'));
  try {
    const path = join(folder, 'key.pub');
    await writeFile(path, `${key.type} ${key.base64}\n`, { mode: 0o600 });
    return await new Promise((resolve) => {
      const limits = { signal, timeout: keygenTimeoutMs, encoding: 'buffer' as const };
      const options = { ...toolOptions(env), ...limits };
      execFile('ssh-keygen', ['-Q', '-f', file, path], options, (error, stdout, stderr) => {
        if (!error) return resolve({ type: 'clear' });
        if (/: REVOKED\s*$/.test(localText(stdout))) return resolve({ type: 'revoked', file });
        resolve({ type: 'unreadable', file, cause: localText(stderr).trim() || error.message });
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
