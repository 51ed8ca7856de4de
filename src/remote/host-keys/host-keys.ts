import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  commentOf,
  type HostKey,
  type HostRecord,
  hostName,
  matchesHost,
  parseKnownHosts,
} from './known-hosts.ts';
import { appendTrusted } from './trust-store.ts';

/** A host as named in known_hosts files. */
export interface KnownHostName {
  readonly host: string;
  readonly port: number;
}

/** The trusted host keys. */
export interface HostKeys {
  /** The records for a host in all files; `files` replace OpenSSH's default ones. */
  find(host: string, port: number, files?: readonly string[]): Promise<FoundRecords>;
  /** Saves the key for the host, replacing the given ones; rejects with the system error if the file can't be written. */
  trust(host: KnownHostName, key: HostKey, replaced?: readonly HostKey[]): Promise<void>;
}

/** If an existing file can't be read, nothing may be trusted. */
export type FoundRecords =
  | { readonly ok: true; readonly records: readonly HostRecord[] }
  | { readonly ok: false; readonly file: string; readonly cause: string };

export interface HostKeyFiles {
  /** OpenSSH's files, never written: see `defaultHostKeyFiles`. */
  readonly files: readonly string[];
  /** Additional files that are always read. */
  readonly more?: readonly string[];
  /** Stackprep's known_hosts file; created when the first key is saved. */
  readonly store: string;
}

/** OpenSSH's default known_hosts files; ssh_config(5), UserKnownHostsFile and GlobalKnownHostsFile. */
export function defaultHostKeyFiles(home: string, platform: NodeJS.Platform): string[] {
  const own = ['known_hosts', 'known_hosts2'].map((name) => join(home, '.ssh', name));
  const shared = platform === 'win32' ? 'C:\\ProgramData\\ssh' : '/etc/ssh';
  return [...own, ...['ssh_known_hosts', 'ssh_known_hosts2'].map((name) => join(shared, name))];
}

/** Reads known host keys from files, again for every connection. */
export function createHostKeys({ files, more = [], store }: HostKeyFiles): HostKeys {
  return {
    find: (host, port, instead = files) => findRecords([...instead, ...more, store], hostName(host, port)),
    trust: ({ host, port }, key, replaced = []) =>
      appendTrusted(store, `${hostName(host, port)} ${key.type} ${key.base64} ${commentOf(key, replaced)}`),
  };
}

async function findRecords(files: readonly string[], name: string): Promise<FoundRecords> {
  const records: HostRecord[] = [];
  for (const file of files) {
    try {
      const text = await readFile(file, 'utf8');
      for (const record of parseKnownHosts(text, file))
        if (matchesHost(record.hosts, name)) records.push(record);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return { ok: false, file, cause: message };
    }
  }
  return { ok: true, records };
}
