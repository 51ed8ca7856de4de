import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BaseAgent, Client, type ClientChannel } from 'ssh2';
import type { Cluster, ClusterNode } from '../../src/cluster/model.ts';
import { type Marker, readLine } from '../../src/plan/markers.ts';
import type { DemoCluster } from '../../src/protocol/demo.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

/** The result of a command on a node; `code` is undefined when the connection was lost first. */
export interface Result {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Connected {
  readonly banner: string;
  readonly hostKey: Buffer;
  exec(command: string, input?: string, onText?: (text: string) => void): Promise<Result>;
  /** The channel of a command, not yet read. */
  open(command: string): Promise<ClientChannel>;
  shell(): Promise<Result>;
  close(): void;
}

function collect(
  channel: ClientChannel,
  broken: Promise<void>,
  onText?: (text: string) => void,
): Promise<Result> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    let code: number | undefined;
    const done = (): void => resolve({ code, stdout, stderr });
    channel.on('data', (part: Buffer) => {
      stdout += part.toString();
      onText?.(stdout);
    });
    channel.stderr.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    channel.on('exit', (status: number) => {
      code = status;
    });
    channel.on('close', done);
    void broken.then(done);
  });
}

export interface Login {
  readonly port: number;
  readonly username?: string;
  readonly privateKey?: string;
  readonly agent?: BaseAgent;
}

/** Logs in to a node with the plain library; rejects with its error. */
export async function login({ port, username = 'root', ...means }: Login): Promise<Connected> {
  const client = new Client();
  let banner = '';
  let hostKey: Buffer = Buffer.alloc(0);
  const broken = new Promise<void>((resolve) => client.on('close', () => resolve()));
  client.on('banner', (text) => {
    banner = text;
  });
  await new Promise<void>((resolve, reject) => {
    client.on('connect', () => client.setNoDelay(true));
    client.on('ready', resolve).on('error', reject);
    const hostVerifier = (key: Buffer): boolean => {
      hostKey = key;
      return true;
    };
    client.connect({ host: '127.0.0.1', port, username, hostVerifier, ...means });
  });
  type Start = (done: (error: Error | undefined, channel: ClientChannel) => void) => void;
  const open = <Value>(start: Start, use: (channel: ClientChannel) => Value) =>
    new Promise<Awaited<Value>>((resolve, reject) =>
      // The channel is used at once: its exit code may arrive in the same packet.
      start((error, channel) => (error ? reject(error) : resolve(use(channel) as Awaited<Value>))),
    );
  return {
    banner,
    hostKey,
    exec: (command, input = '', onText) =>
      open(
        (done) => client.exec(command, done),
        (channel) => {
          channel.end(input);
          return collect(channel, broken, onText);
        },
      ),
    open: (command) =>
      open(
        (done) => client.exec(command, done),
        (channel) => channel,
      ),
    shell: () =>
      open(
        (done) => client.shell(done),
        (channel) => collect(channel, broken),
      ),
    close: () => void client.end(),
  };
}

/** The cluster of the demo's file, which must have no problem. */
export async function readCluster(demo: DemoCluster): Promise<Cluster> {
  const { cluster, problems } = decodeCluster(await readFile(demo.clusterFile, 'utf8'));
  if (!cluster || problems.length > 0)
    throw new Error(`The demo's file has problems: ${JSON.stringify(problems)}`);
  return cluster;
}

export function nodeOf(cluster: Cluster, name: string): ClusterNode {
  const found = cluster.nodes.find((node) => node.name === name);
  if (!found) throw new Error(`no node ${name}`);
  return found;
}

/** The private key that was generated for the demo. */
export function keyOf(demo: DemoCluster): Promise<string> {
  return readFile(join(dirname(demo.clusterFile), 'id_ed25519'), 'utf8');
}

/** The markers in the output of a payload. */
export function markersOf(stdout: string, nonce: string): readonly Marker[] {
  return stdout.split('\n').flatMap((line) => readLine(line, nonce).marker ?? []);
}
