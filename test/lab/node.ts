import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { makeGroups, nodeGroups, processesOf } from './cgroup.ts';
import { boundMirror } from './distributions/repofile.ts';
import { guestFolder } from './guest.ts';
import { interfaceFiles } from './interface-files.ts';
import { namespaceSuffix } from './namespace.ts';
import { bridges, hostAddress, hostInterfaces, nodeAddress } from './network.ts';
import { LabError, must, mustSync, type Ran, run, together, until } from './run.ts';
import { labFolder } from './state.ts';
import type { LabSystem } from './systems.ts';

/** A node of the lab. */
export interface LabNode {
  readonly name: string;
  /** Counted from 1. */
  readonly number: number;
  readonly address: string;
  /** The folder of the node's disk on the host: `disk/` (a tmpfs), `root/` (the merged file system), `console.log`. */
  readonly folder: string;
  readonly root: string;
}

/** What all nodes of a lab have in common. */
export interface NodeTemplate {
  readonly system: LabSystem;
  /** Folders of the overlay, uppermost first. */
  readonly layers: readonly string[];
  readonly authorizedKey: string;
  /** Host names that only the lab's mirror answers. */
  readonly mirrorNames: readonly string[];
  /** Certificate of an authority that the nodes trust in addition to the usual ones. */
  readonly authority?: string;
}

/** Maximum size of a node's disk, which is in memory. */
export const diskSize = '4G';

export function nodeNamed(name: string): LabNode {
  const number = Number(/^openstack(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  if (!Number.isInteger(number)) throw new LabError(`no node is called ${name}`);
  const folder = join(labFolder, 'nodes', name);
  return { name, number, address: nodeAddress(number), folder, root: join(folder, 'root') };
}

export function machineName(name: string): string {
  return `splab${namespaceSuffix}-${name}`;
}

/** Mounts a new disk for a node and writes its own files. */
export async function makeNode(node: LabNode, template: NodeTemplate): Promise<void> {
  const disk = join(node.folder, 'disk');
  mkdirSync(disk, { recursive: true });
  mkdirSync(node.root);
  mustSync(['mount', '-t', 'tmpfs', '-o', `size=${diskSize},mode=755`, 'stackprep-lab', disk]);
  for (const name of ['upper', 'work']) mkdirSync(join(disk, name));
  const places = `lowerdir=${template.layers.join(':')},upperdir=${disk}/upper,workdir=${disk}/work`;
  mustSync(['mount', '-t', 'overlay', '-o', places, 'stackprep-lab', node.root]);
  const names = 'localhost localhost.localdomain localhost';
  const extra = template.mirrorNames.map((name) => `${hostAddress} ${name}\n`).join('');
  put(node, '/etc/hostname', `${node.name}\n`);
  put(
    node,
    '/etc/hosts',
    `127.0.0.1   ${names}4 localhost4.localdomain4\n::1         ${names}6 localhost6.localdomain6\n${extra}`,
  );
  put(node, '/etc/resolv.conf', '');
  put(node, '/etc/machine-id', `${randomBytes(16).toString('hex')}\n`);
  for (const [path, text] of Object.entries(interfaceFiles(node.address, template.system)))
    put(node, path, text, 0o600);
  mkdirSync(join(node.root, 'root/.ssh'), { recursive: true });
  chmodSync(join(node.root, 'root/.ssh'), 0o700);
  put(node, '/root/.ssh/authorized_keys', template.authorizedKey, 0o600);
  if (template.authority)
    appendFileSync(join(node.root, 'etc/ssl/certs/ca-certificates.crt'), template.authority);
  await makeHostKeys(node);
}

function put(node: LabNode, path: string, text: string, mode = 0o644): void {
  writeFileSync(join(node.root, path), text);
  chmodSync(join(node.root, path), mode);
}

/** Creates host keys of the three types that an EL system has. */
export async function makeHostKeys(node: LabNode): Promise<void> {
  const kinds = [['rsa', '-b', '2048'], ['ecdsa'], ['ed25519']];
  const folder = join(node.root, 'etc/ssh');
  await together(
    kinds.map(async ([kind = '', ...more]) => {
      const fresh = join(node.folder, `fresh_${kind}`);
      await must(['ssh-keygen', '-q', '-t', kind, ...more, '-N', '', '-C', node.name, '-f', fresh], {
        input: 'y\n',
      });
      const place = join(folder, `ssh_host_${kind}_key`);
      copyFileSync(fresh, place);
      copyFileSync(`${fresh}.pub`, `${place}.pub`);
      chmodSync(place, 0o600);
    }),
  );
}

/** The public host keys of a node, each as `type base64`. */
export function hostKeys(node: LabNode): readonly string[] {
  return ['ed25519', 'ecdsa', 'rsa'].map((kind) => {
    const text = readFileSync(join(node.root, `etc/ssh/ssh_host_${kind}_key.pub`), 'utf8');
    return text.trim().split(' ').slice(0, 2).join(' ');
  });
}

/** Boots a node. Its process outlives this one. */
export function startNode(node: LabNode, bound: string | undefined): void {
  makeGroups(node.name);
  const [outer0, outer1] = hostInterfaces(node.number);
  const groups = nodeGroups(node.name).join(' ');
  const binds = bound === undefined ? [] : [`--bind-ro=${bound}:${boundMirror}`];
  const names = [node.root, node.name, machineName(node.name), groups];
  const plugs = [outer0, bridges[0], outer1, bridges[1]];
  const log = openSync(join(node.folder, 'console.log'), 'a');
  const supervisor = spawn('sh', [join(guestFolder, 'supervisor.sh'), ...names, ...plugs, ...binds], {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: '/',
  });
  closeSync(log);
  supervisor.unref();
}

/** The host PID of the node's first process; undefined while the node is off. */
export function leaderOf(node: LabNode): number | undefined {
  const [group] = nodeGroups(node.name);
  if (group === undefined) return undefined;
  return processesOf(group).find((pid) => {
    const status = runStatus(pid);
    return status !== undefined && /^NSpid:\t\d+\t1$/m.test(status);
  });
}

function runStatus(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch (cause) {
    // Ended since the group was read.
    if (['ENOENT', 'ESRCH'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw cause;
  }
}

/** Runs a program inside a node without SSH, independent of its network. */
export async function inside(node: LabNode, argv: readonly string[], input = ''): Promise<Ran> {
  const leader = leaderOf(node);
  if (leader === undefined) throw new LabError(`${node.name} is off`);
  const enter = [
    'nsenter',
    '--target',
    String(leader),
    '--mount',
    '--uts',
    '--ipc',
    '--net',
    '--pid',
    '--root',
    '--wd',
  ];
  return run([...enter, ...argv], { input, env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
}

/** Waits until the SSH server of the node answers; throws with the end of the console log otherwise. */
export async function waitForSsh(node: LabNode, milliseconds = 120_000): Promise<void> {
  if (await until(milliseconds, () => sshAnswers(node.address))) return;
  const console_ = readFileSync(join(node.folder, 'console.log'), 'utf8').split('\n').slice(-15).join('\n');
  throw new LabError(
    `${node.name} does not answer on ${node.address}:22 after ${milliseconds} ms\n${console_}`,
  );
}

/** Whether an SSH server sends its identification. */
export function sshAnswers(address: string, milliseconds = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 22 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(milliseconds, () => done(false));
    socket.once('data', (bytes) => done(bytes.toString('latin1').startsWith('SSH-2.0-')));
    socket.once('error', () => done(false));
    socket.once('end', () => done(false));
  });
}
