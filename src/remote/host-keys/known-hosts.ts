import { createHash, createHmac } from 'node:crypto';
import { trimEndOf } from '../../base/trim.ts';
import { wildcard } from '../../base/wildcard.ts';

/** A line of a known_hosts file; format: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface HostRecord {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  /** The first field: names and patterns separated by commas, or one hashed name. */
  readonly hosts: string;
  /** The key; absent if it can't be read. */
  readonly key?: HostKey;
  /** Fingerprints of the host's former keys, which this line replaces: Stackprep's extension, in the comment. */
  readonly replaces: readonly string[];
}

export interface HostKey {
  readonly type: string;
  /** The public key blob in base64. */
  readonly base64: string;
}

/** What the records of a host say about a key; `record` is the deciding line. */
export type HostKeyVerdict =
  | { readonly verdict: 'known'; readonly record: HostRecord }
  | { readonly verdict: 'unknown'; readonly record?: HostRecord }
  | { readonly verdict: 'changed'; readonly record: HostRecord & { readonly key: HostKey } }
  | { readonly verdict: 'revoked'; readonly record: HostRecord };

/** Parses the relevant lines of a known_hosts file, without comments and keys of SSH protocol 1. */
export function parseKnownHosts(text: string, file: string): HostRecord[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const record = parseRecord(line, file, index + 1);
    return record ? [record] : [];
  });
}

/** More words of a line are not read. */
const maxWords = 1_000;

function parseRecord(text: string, file: string, line: number): HostRecord | undefined {
  const words = text.trim().split(/[ \t]+/, maxWords);
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

/** Parses a public key blob (RFC 4253, 6.6); undefined if it is malformed. */
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

/** The name of a host in known_hosts: lower case, `[host]:port` unless the port is 22. */
export function hostName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** A field with a longer pattern matches nothing; match.c, match_pattern_list. */
const maxPatternLength = 1_023;

/** Whether the first field of a line matches the host; a negated pattern (`!`) excludes it. */
export function matchesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHashed(hosts, name);
  const all = hosts.toLowerCase();
  const hasWildcards = /[*?]/.test(all);
  let isListed = false;
  for (let start = 0; start <= all.length; ) {
    const comma = all.indexOf(',', start);
    const end = comma === -1 ? all.length : comma;
    if (end - start >= maxPatternLength) return false;
    const isDenied = all[start] === '!';
    const first = isDenied ? start + 1 : start;
    // A pattern is not copied unless that is needed: a line may have hundreds of thousands.
    const isSame = end - first === name.length && all.startsWith(name, first);
    if ((isDenied || !isListed) && (isSame || (hasWildcards && isOne(all.slice(first, end), name)))) {
      if (isDenied) return false;
      isListed = true;
    }
    start = end + 1;
  }
  return isListed;
}

/** Whether a pattern matches; most are names. */
function isOne(pattern: string, name: string): boolean {
  return pattern.includes('*') || pattern.includes('?') ? wildcard(pattern)(name) : pattern === name;
}

function matchesHashed(hosts: string, name: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** The comment of a new line: the fingerprint, and those of the keys that it replaces. */
export function commentOf(key: HostKey, replaced: readonly HostKey[]): string {
  const words = replaced.length > 0 ? ['replaces', ...new Set(replaced.map(fingerprint))] : [];
  return [fingerprint(key), ...words].join(' ');
}

/** The records without keys that a later line replaces; a key that is added again later counts again. */
function withoutReplaced(records: readonly HostRecord[]): readonly HostRecord[] {
  const replaced = new Set<string>();
  for (const { key, replaces } of records) {
    if (key) replaced.delete(fingerprint(key));
    for (const old of replaces) replaced.add(old);
  }
  return records.filter(({ marker, key }) => marker !== 'none' || !key || !replaced.has(fingerprint(key)));
}

/** The types of the known keys, in order. */
export function knownTypes(records: readonly HostRecord[]): string[] {
  const types = withoutReplaced(records).flatMap(({ marker, key }) =>
    marker === 'none' && key ? [key.type] : [],
  );
  return [...new Set(types)];
}

/**
 * Looks up a presented key in the records of its host. A key of another type also counts as changed if the known type could
 * have been offered (`offered`): the host may be hiding it.
 */
export function findHostKey(
  records: readonly HostRecord[],
  presented: HostKey,
  offered: ReadonlySet<string>,
): HostKeyVerdict {
  const same = (record: HostRecord) => record.key?.base64 === presented.base64;
  // A revocation that can't be read may be for this key.
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
