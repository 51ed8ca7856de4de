import { readFileSync } from 'node:fs';
import { baseFolder } from './base.ts';
import { clearLab } from './clear.ts';
import { type LabFiles, labFiles, makeIdentity, writeFiles } from './files.ts';
import { lookLayer } from './look-layer.ts';
import { type LookName, looks } from './looks.ts';
import { type MirrorMode, writeMode } from './mirror-mode.ts';
import { listens, makeCertificates, startMirror } from './mirror-process.ts';
import { checkNetwork, makeNetwork } from './network.ts';
import {
  type Ground,
  inside,
  type LabNode,
  leaderOf,
  makeNode,
  nodeNamed,
  startNode,
  waitForSsh,
} from './node.ts';
import { lives, nameProcess } from './process.ts';
import { provision } from './provision.ts';
import { LabError, type Ran, type RunOptions, run, together, until } from './run.ts';
import { claimState, type LabState, labFolder, readState, writeState } from './state.ts';
import { type TroubleKind, troubles } from './trouble.ts';
import type { MirrorKind } from './world/repofile.ts';
import { worldFolder } from './world.ts';

// Nodes have the usual modes on their disks, whatever this machine's umask is: a closed / lets no daemon of theirs start.
process.umask(0o022);

export interface LabOptions {
  /** How many nodes, openstack1 to openstackN; 4 by default. */
  readonly nodes?: number;
  readonly look?: LookName;
  readonly mirror?: MirrorKind;
  /** Leave the lab up when this process ends; otherwise it goes with it, also at SIGINT. */
  readonly keep?: boolean;
  readonly tell?: (line: string) => void;
}

/** How to run a command over SSH; the user is root by default. */
export interface SshOptions extends RunOptions {
  readonly user?: string;
}

/** A lab that runs. */
export interface Lab extends LabFiles {
  readonly look: LookName;
  readonly mirror: MirrorKind;
  readonly dir: string;
  readonly nodes: readonly LabNode[];
  /** The node of this name; throws for another. */
  node(name: string): LabNode;
  /** Runs a command on a node through the real OpenSSH client, with strict host keys. */
  ssh(name: string, command: string, options?: SshOptions): Promise<Ran>;
  /** Runs a program in a node without SSH. */
  inside(name: string, argv: readonly string[], input?: string): Promise<Ran>;
  /** Brings trouble about, or ends it; gives what is worth knowing, if anything. */
  trouble(name: string, kind: TroubleKind, value?: string): Promise<string | undefined>;
  /** Changes how the mirror behaves; throws where packages come from a folder. */
  setMirror(mode: MirrorMode): Promise<void>;
  /** Removes the lab and everything it made. */
  down(): Promise<void>;
}

/** What all labs of a look stand on, built where the cache lacks it (which needs the network). */
export async function prepareLab({ look = 'el7', mirror = 'file', tell = () => undefined }: LabOptions) {
  await provision(tell);
  const base = await baseFolder(tell);
  const world = await worldFolder({ look, mirror, base }, tell);
  return { base, world, layer: await lookLayer({ look, base, world }, tell) };
}

/** Boots a lab. Throws a `LabError` with the reason where this machine cannot have one or has one already. */
export async function upLab(options: LabOptions = {}): Promise<Lab> {
  const { nodes: count = 4, look = 'el7', mirror = 'file', keep = false, tell = () => undefined } = options;
  const { base, world, layer } = await prepareLab({ look, mirror, tell });
  const names = Array.from({ length: count }, (_, index) => `openstack${index + 1}`);
  const owner = nameProcess(process.pid);
  const bound = mirror === 'file' ? world.mirror : undefined;
  const lasting = { look, mirror, nodes: names, ...(bound === undefined ? {} : { bound }) };
  let state: LabState = { ...lasting, ...(owner ? { owner } : {}) };
  const note = (more: Partial<LabState>) => {
    state = { ...state, ...more };
    writeState(state);
  };
  claim(state);
  const release = clearAtExit();
  try {
    checkNetwork();
    note({ network: true });
    makeNetwork();
    const mirrorNames = mirror === 'archive' ? ['vault.centos.org'] : [];
    const certificates = mirror === 'archive' ? await makeCertificates(mirrorNames) : undefined;
    if (mirror !== 'file') {
      await startMirror(world.mirror, certificates, (server) => note({ server }));
    }
    const ground: Ground = {
      look: looks[look],
      layers: [layer, base],
      authorizedKey: await makeIdentity(),
      mirrorNames,
      ...(certificates ? { authority: readFileSync(certificates.authority, 'utf8') } : {}),
    };
    const nodes = names.map(nodeNamed);
    await together(nodes.map((node) => makeNode(node, ground)));
    writeFiles(nodes, looks[look], mirror);
    for (const node of nodes) startNode(node, bound);
    await together(nodes.map((node) => waitForSsh(node)));
  } catch (cause) {
    release();
    clearLab(state);
    throw cause;
  }
  if (keep) {
    release();
    const { owner: _, ...kept } = state;
    writeState(kept);
  }
  return labOf(state, release);
}

/** The lab that runs, made by whatever process; undefined where there is none. */
export function currentLab(): Lab | undefined {
  const state = readState();
  return state && labOf(state, () => undefined);
}

/** Whether a lab is in use: its owner lives, or without an owner one of its nodes runs. */
export function inUse(state: LabState): boolean {
  if (state.owner) return lives(state.owner);
  return state.nodes.some((name) => leaderOf(nodeNamed(name)) !== undefined);
}

function claim(state: LabState): void {
  if (claimState(state)) return;
  const other = readState();
  if (other && inUse(other)) {
    const whose = other.owner ? `it belongs to process ${other.owner.pid}` : 'take it down first';
    throw new LabError(`a lab is up already (${other.nodes.length} nodes, ${other.look}): ${whose}`);
  }
  if (other) clearLab(other);
  if (!claimState(state)) throw new LabError('another lab is just coming up');
}

/** Removes the lab when this process ends; gives the way to forget it. */
function clearAtExit(): () => void {
  const pid = process.pid;
  const clear = () => {
    const state = readState();
    if (state?.owner?.pid === pid) clearLab(state);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    // A test runner ends by itself, and with it the lab; without one nobody else does.
    if (process.listenerCount(signal) === 1)
      process.exit(128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : 1));
  };
  process.on('exit', clear);
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    process.off('exit', clear);
    for (const signal of signals) process.off(signal, onSignal);
  };
}

async function setMirror(state: LabState, mode: MirrorMode): Promise<void> {
  if (state.mirror === 'file')
    throw new LabError('packages come from a folder: there is no mirror to change');
  writeMode(mode);
  const wanted = mode.mode !== 'away';
  if (!(await until(5000, async () => (await listens(80)) === wanted))) {
    throw new LabError(`the mirror did not become ${mode.mode}`);
  }
}

function labOf(state: LabState, release: () => void): Lab {
  const nodes = state.nodes.map(nodeNamed);
  const files = labFiles();
  const node = (name: string) => {
    const found = nodes.find((one) => one.name === name);
    if (!found) throw new LabError(`the lab has no node ${name}, only ${state.nodes.join(', ')}`);
    return found;
  };
  return {
    ...files,
    look: state.look,
    mirror: state.mirror,
    dir: labFolder,
    nodes,
    node,
    ssh: (name, command, options = {}) => {
      const user = options.user ?? 'root';
      const strict = ['-F', files.sshConfig, '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-l', user];
      return run(['ssh', ...strict, node(name).name, command], options);
    },
    inside: (name, argv, input) => inside(node(name), argv, input),
    trouble: (name, kind, value) => troubles[kind].cause(node(name), value),
    setMirror: (mode) => setMirror(state, mode),
    down: async () => {
      release();
      const now = readState();
      if (now) clearLab(now);
    },
  };
}
