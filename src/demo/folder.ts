import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Translate } from '../base/l10n.ts';
import { type DemoOptions, demoFile } from '../protocol/demo.ts';
import { clusterFile } from './cluster-file.ts';
import type { NodeName } from './scenarios.ts';
import type { KeyPair } from './ssh2.ts';

export interface FolderContent {
  readonly system: DemoOptions['system'];
  readonly identity: KeyPair;
  readonly translate?: Translate;
  /** By node: its address and its host key. */
  readonly nodes: ReadonlyMap<NodeName, { readonly port: number; readonly knownKey: KeyPair }>;
}

export interface WrittenFolder {
  readonly clusterFile: string;
  readonly knownHosts: string;
}

/** Atomically writes a file with mode 0600, replacing an existing one. */
async function writePrivate(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
  await rename(fresh, path);
}

/** Writes the cluster file, the key and the known_hosts of the demo to its folder. */
export async function writeFolder(folder: string, content: FolderContent): Promise<WrittenFolder> {
  const identity = join(folder, 'id_ed25519');
  const written = { clusterFile: join(folder, demoFile), knownHosts: join(folder, 'known_hosts') };
  const nodes = [...content.nodes];
  const known = nodes.map(([, { port, knownKey }]) => `[127.0.0.1]:${port} ${knownKey.public}\n`);
  const ports = new Map(nodes.map(([name, { port }]) => [name, port]));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writePrivate(identity, content.identity.private);
  await writePrivate(`${identity}.pub`, `${content.identity.public}\n`);
  await writePrivate(written.knownHosts, known.join(''));
  const { system, translate } = content;
  const text = clusterFile({ system, identity, ports, ...(translate && { translate }) });
  await writePrivate(written.clusterFile, text);
  return written;
}
