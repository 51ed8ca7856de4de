import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../src/base/failure.ts';
import type { Connected, Output, Transport } from '../../src/remote/base/transport.ts';
import { type ConnectOptions, connectNode } from '../../src/remote/connect.ts';
import { createHostKeys } from '../../src/remote/host-keys/host-keys.ts';
import type { Command } from '../../src/shell/command.ts';
import { clearAway } from './clear-away.ts';
import { person } from './person.ts';

/** A home directory for a test, without keys, agent or known hosts. */
export interface Home {
  readonly path: string;
  file(name: string): string;
  write(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export async function makeHome(): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), 'stackprep-remote-'));
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    write: async (name, text) => {
      await writeFile(file(name), text, { mode: 0o600 });
      return file(name);
    },
    remove: () => clearAway(path),
  };
}

export interface To {
  readonly home: Home;
  readonly port: number;
  readonly host?: string;
  readonly user?: string;
  readonly identity?: string;
  readonly jump?: string;
}

/** Connects to loopback; the known hosts are in `known_hosts` (read only) and `trusted` (Stackprep's store) in the home directory. */
export function connectTo(to: To, options: Partial<ConnectOptions> = {}): Promise<Connected> {
  const { home, host = '127.0.0.1', port, user = 'root', identity, jump } = to;
  const ssh = {
    host,
    port,
    user,
    become: 'none' as const,
    ...(identity && { identity }),
    ...(jump && { jump }),
  };
  return connectNode({
    node: { name: 'openstack1', ssh },
    prompts: person(),
    hostKeys: createHostKeys({ files: [home.file('known_hosts')], store: home.file('trusted') }),
    home: home.path,
    env: {},
    signal: new AbortController().signal,
    ...options,
  });
}

/** The transport; fails the test with the text of the failure if there is none. */
export function transportOf(connected: Connected): Transport {
  if (connected.ok) return connected.transport;
  throw new Error(`Not connected: ${JSON.stringify(connected.failure)}`);
}

export function failureOf(connected: Connected): Failure {
  if (connected.ok) throw new Error('Connected unexpectedly');
  return connected.failure;
}

export interface Ran {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly last: Exclude<Output, { type: 'data' }>;
}

/** Runs a command to its end. */
export async function run(
  transport: Transport,
  command: Command,
  signal: AbortSignal = new AbortController().signal,
): Promise<Ran> {
  const bytes: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const ends: Ran['last'][] = [];
  for await (const output of transport.exec(command, signal)) {
    if (output.type === 'data') bytes[output.stream].push(output.bytes);
    else ends.push(output);
  }
  const [last, ...more] = ends;
  if (!last || more.length > 0) throw new Error(`${ends.length} ends instead of one`);
  return { stdout: Buffer.concat(bytes.stdout), stderr: Buffer.concat(bytes.stderr), last };
}
