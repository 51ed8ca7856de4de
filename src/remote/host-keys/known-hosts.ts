import { createHash, createHmac } from 'node:crypto';
import { trimEndOf } from '../../base/trim.ts';
import { wildcard } from '../../base/wildcard.ts';

/** One line of a known_hosts file; format: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface HostRecord {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  /** The first field: names and patterns with commas between them, or one hashed name. */
  readonly hosts: string;
  /** The key; absent when the line's key cannot be read. */
  readonly key?: HostKey;
  /** The fingerprints of keys of this host that count no more since this line was written: our own word, in the comment. */
  readonly replaces: readonly string[];
}

export interface HostKey {
  readonly type: string;
  /** The public key blob in base64. */
  readonly base64: string;
}

/** What the records of one host say about a key; `record` is the line that decides. */
export type HostKeyVerdict =
  | { readonly verdict: 'known'; readonly record: HostRecord }
  | { readonly verdict: 'unknown'; readonly record?: HostRecord }
  | { readonly verdict: 'changed'; readonly record: HostRecord & { readonly key: HostKey } }
  | { readonly verdict: 'revoked'; readonly record: HostRecord };

/** The lines of a known_hosts file that mean something; comments and lines of the first SSH protocol are left out. */
export function parseKnownHosts(text: string, file: string): HostRecord[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const record = parseRecord(line, file, index + 1);
    return record ? [record] : [];
  });
}

function parseRecord(text: string, file: string, line: number): HostRecord | undefined {
  const words = text.trim().split(/[ \t]+/);
  const first = words[0] ?? '';
  if (first === '' || first.startsWith('#')) return undefined;
  if (first.startsWith('@') && first !== '@revoked' && first !== '@cert-authority') return undefined;
  const marker = first === '@revoked' ? 'revoked' : first === '@cert-authority' ? 'cert-authority' : 'none';
  const [hosts, type, base64, ...comment] = marker === 'none' ? words : words.slice(1);
  if (hosts === undefined || (type !== undefined && /^\d+$/.test(type))) return undefined;
  const key = type !== undefined && base64 !== undefined ? readKey(type, base64) : undefined;
  const at = comment.indexOf('replaces');
  const replaces = at === -1 ? [] : comment.slice(at + 1).filter((word) => word.startsWith('SHA256:'));
  return { file, line, marker, hosts, replaces, ...(key && { key }) };
}

function readKey(type: string, base64: string): HostKey | undefined {
  const key = hostKeyOf(Buffer.from(base64, 'base64'));
  return key?.type === type ? key : undefined;
}

/** The key in a public key blob (RFC 4253, 6.6), or undefined when the bytes are none. */
export function hostKeyOf(blob: Buffer): HostKey | undefined {
  if (blob.length < 4) return undefined;
  const length = blob.readUInt32BE(0);
  if (length === 0 || blob.length <= 4 + length) return undefined;
  return { type: blob.toString('latin1', 4, 4 + length), base64: blob.toString('base64') };
}

/** The fingerprint as OpenSSH prints it: `SHA256:…` without padding. */
export function fingerprint(key: HostKey): string {
  const digest = createHash('sha256').update(Buffer.from(key.base64, 'base64')).digest('base64');
  return `SHA256:${trimEndOf(digest, '=')}`;
}

/** The name under which OpenSSH files a host: lower case, `[host]:port` unless the port is 22. */
export function hostName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** Whether a line's first field means the host; a name that an exclamation mark denies is not meant, whatever else fits. */
export function meansHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return meansHashed(hosts, name);
  const patterns = hosts.toLowerCase().split(',');
  const denied = patterns.some((pattern) => pattern.startsWith('!') && wildcard(pattern.slice(1))(name));
  return !denied && patterns.some((pattern) => !pattern.startsWith('!') && wildcard(pattern)(name));
}

function meansHashed(hosts: string, name: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** The comment of a line that is written for a key, with those that it takes the place of. */
export function commentOf(key: HostKey, replaced: readonly HostKey[]): string {
  const words = replaced.length > 0 ? ['replaces', ...new Set(replaced.map(fingerprint))] : [];
  return [fingerprint(key), ...words].join(' ');
}

/** The records without the keys that a later line replaces; a key that comes again after that counts again. */
function withoutReplaced(records: readonly HostRecord[]): readonly HostRecord[] {
  const replaced = new Set<string>();
  for (const { key, replaces } of records) {
    if (key) replaced.delete(fingerprint(key));
    for (const old of replaces) replaced.add(old);
  }
  return records.filter(({ marker, key }) => marker !== 'none' || !key || !replaced.has(fingerprint(key)));
}

/** The types of the keys that the records vouch for, in their order. */
export function knownTypes(records: readonly HostRecord[]): string[] {
  const types = withoutReplaced(records).flatMap(({ marker, key }) =>
    marker === 'none' && key ? [key.type] : [],
  );
  return [...new Set(types)];
}

/**
 * The verdict over a key that a host presents, from the records that mean this host. A key of another type than the known one
 * is a changed key too when the known type could have been offered (`offered`): who hides it may have a reason.
 */
export function lookUpHostKey(
  records: readonly HostRecord[],
  presented: HostKey,
  offered: ReadonlySet<string>,
): HostKeyVerdict {
  const same = (record: HostRecord) => record.key?.base64 === presented.base64;
  // A revocation that cannot be read may be the one of this very key.
  const revoked = records.find(
    (record) => record.marker === 'revoked' && (record.key === undefined || same(record)),
  );
  if (revoked) return { verdict: 'revoked', record: revoked };
  const counting = withoutReplaced(records);
  const known = counting.find((record) => record.marker === 'none' && same(record));
  if (known) return { verdict: 'known', record: known };
  const others = counting.filter((record): record is HostRecord & { key: HostKey } =>
    Boolean(record.marker === 'none' && record.key && offered.has(record.key.type)),
  );
  const changed = others.find(({ key }) => key.type === presented.type) ?? others[0];
  if (changed) return { verdict: 'changed', record: changed };
  const record = records.find(({ marker, key }) => marker === 'cert-authority' || key === undefined);
  return { verdict: 'unknown', ...(record && { record }) };
}
