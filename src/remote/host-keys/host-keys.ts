import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  commentOf,
  type HostKey,
  type HostRecord,
  hostName,
  meansHost,
  parseKnownHosts,
} from './known-hosts.ts';
import { appendTrusted } from './trust-store.ts';

/** A host as known_hosts files name it. */
export interface KnownHostName {
  readonly host: string;
  readonly port: number;
}

/** The host keys that somebody has vouched for. */
export interface HostKeys {
  /** The records that mean the host, of all files; `files` stand in for OpenSSH's default ones. */
  find(host: string, port: number, files?: readonly string[]): Promise<FoundRecords>;
  /**
   * Records the key as the host's, in the place of others where those are named; rejects with the system's error when the store
   * cannot be written.
   */
  trust(host: KnownHostName, key: HostKey, replaced?: readonly HostKey[]): Promise<void>;
}

/** A file that exists and cannot be read leaves the question open, so nothing may be trusted. */
export type FoundRecords =
  | { readonly ok: true; readonly records: readonly HostRecord[] }
  | { readonly ok: false; readonly file: string; readonly cause: string };

export interface HostKeyFiles {
  /** The files of OpenSSH, read only: see `defaultHostKeyFiles`. */
  readonly files: readonly string[];
  /** Files to ask in any case, whatever the ssh config names. */
  readonly more?: readonly string[];
  /** Stackprep's own known_hosts file; made when the first key is saved. */
  readonly store: string;
}

/** Where OpenSSH keeps known host keys; source: ssh_config(5), UserKnownHostsFile and GlobalKnownHostsFile. */
export function defaultHostKeyFiles(home: string, platform: NodeJS.Platform): string[] {
  const own = ['known_hosts', 'known_hosts2'].map((name) => join(home, '.ssh', name));
  const shared = platform === 'win32' ? 'C:\\ProgramData\\ssh' : '/etc/ssh';
  return [...own, ...['ssh_known_hosts', 'ssh_known_hosts2'].map((name) => join(shared, name))];
}

/** Known host keys from files, read anew for every connection. */
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
        if (meansHost(record.hosts, name)) records.push(record);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return { ok: false, file, cause: message };
    }
  }
  return { ok: true, records };
}
