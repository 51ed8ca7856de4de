import { readFileSync } from 'node:fs';
import { baseFolder } from './base.ts';
import { clearLab } from './clear.ts';
import { type DisruptionKind, disruptions } from './disruptions.ts';
import { distributionFolder } from './distribution.ts';
import type { MirrorKind } from './distributions/repofile.ts';
import { type LabFiles, labFiles, makeIdentity, writeFiles } from './files.ts';
import { type MirrorMode, writeMode } from './mirror-mode.ts';
import { listens, makeCertificates, startMirror } from './mirror-process.ts';
import { checkNetwork, makeNetwork } from './network.ts';
import {
  inside,
  type LabNode,
  leaderOf,
  makeNode,
  type NodeTemplate,
  nodeNamed,
  startNode,
  waitForSsh,
} from './node.ts';
import { lives, nameProcess } from './process.ts';
import { allowNodes, provision } from './provision.ts';
import { LabError, type Ran, type RunOptions, run, together, until } from './run.ts';
import { claimState, type LabState, labFolder, readState, writeState } from './state.ts';
import { systemLayer } from './system-layer.ts';
import { type SystemName, systems } from './systems.ts';

// Nodes have normal file modes, whatever this process's umask is: with a private / their daemons would not start.
process.umask(0o022);

export interface LabOptions {
  /** Number of nodes, openstack1 to openstackN; 4 by default. */
  readonly nodes?: number;
  readonly system?: SystemName;
  /** Systems of single nodes, if different from `system`; only with packages from a folder. */
  readonly systems?: Readonly<Record<string, SystemName>>;
  readonly mirror?: MirrorKind;
  /** Keep the lab up when this process exits; otherwise it is taken down, even after SIGINT. */
  readonly keep?: boolean;
  readonly report?: (line: string) => void;
}

/** Options for a command over SSH; the user is root by default. */
export interface SshOptions extends RunOptions {
  readonly user?: string;
}

/** A running lab. */
export interface Lab extends LabFiles {
  readonly system: SystemName;
  readonly mirror: MirrorKind;
  readonly dir: string;
  readonly nodes: readonly LabNode[];
  /** The node of this name; throws if there is none. */
  node(name: string): LabNode;
  /** Runs a command on a node through the real OpenSSH client, with strict host key checking. */
  ssh(name: string, command: string, options?: SshOptions): Promise<Ran>;
  /** Runs a program in a node without SSH. */
  inside(name: string, argv: readonly string[], input?: string): Promise<Ran>;
  /** Starts or ends a disruption; returns a detail, if there is one. */
  disrupt(name: string, kind: DisruptionKind, value?: string): Promise<string | undefined>;
  /** Changes how the mirror behaves; throws if packages are installed from a folder. */
  setMirror(mode: MirrorMode): Promise<void>;
  /** Removes the lab and everything that it created. */
  down(): Promise<void>;
}

/** The layers of all labs of a system, built if they are not in the cache (which needs the network). */
export async function prepareLab({ system = 'el7', mirror = 'file', report = () => undefined }: LabOptions) {
  await provision(report);
  const base = await baseFolder(report);
  const distribution = await distributionFolder({ system, mirror, base }, report);
  return { system, base, distribution, layer: await systemLayer({ system, base, distribution }, report) };
}

/** What the nodes of one system are made of. */
type Prepared = Awaited<ReturnType<typeof prepareLab>>;

/** The layers of every system of a lab. */
async function prepareAll(options: LabOptions): Promise<(node: string) => Prepared> {
  const { system = 'el7', systems: others = {}, mirror = 'file' } = options;
  const usual = await prepareLab(options);
  const made = new Map<SystemName, Prepared>([[system, usual]]);
  for (const other of new Set(Object.values(others))) {
    if (mirror !== 'file') throw new LabError('nodes of several systems take packages from a folder');
    if (!made.has(other)) made.set(other, await prepareLab({ ...options, system: other }));
  }
  return (node) => made.get(others[node] ?? system) ?? usual;
}

/** Boots a lab. Throws a `LabError` with the reason if no lab can run here or one is already up. */
export async function upLab(options: LabOptions = {}): Promise<Lab> {
  const {
    nodes: count = 4,
    system = 'el7',
    mirror = 'file',
    keep = false,
    report = () => undefined,
  } = options;
  const names = Array.from({ length: count }, (_, index) => `openstack${index + 1}`);
  const owner = nameProcess(process.pid);
  const preparedFor = await prepareAll({ ...options, report });
  const { distribution } = preparedFor('');
  const folders = names.map((name) => [name, preparedFor(name).distribution.mirror] as const);
  const bound = mirror === 'file' ? Object.fromEntries(folders) : {};
  const lasting = { system, systems: options.systems ?? {}, mirror, nodes: names, bound };
  let state: LabState = { ...lasting, ...(owner ? { owner } : {}) };
  const note = (more: Partial<LabState>) => {
    state = { ...state, ...more };
    writeState(state);
  };
  claim(state);
  const release = clearAtExit();
  try {
    checkNetwork();
    allowNodes();
    note({ network: true });
    makeNetwork();
    const mirrorNames = mirror === 'archive' ? ['vault.centos.org'] : [];
    const certificates = mirror === 'archive' ? await makeCertificates(mirrorNames) : undefined;
    if (mirror !== 'file') {
      await startMirror(distribution.mirror, certificates, (server) => note({ server }));
    }
    const authorizedKey = await makeIdentity();
    const templateOf = ({ system: its, layer, base }: Prepared): NodeTemplate => ({
      system: systems[its],
      layers: [layer, base],
      authorizedKey,
      mirrorNames,
      ...(certificates ? { authority: readFileSync(certificates.authority, 'utf8') } : {}),
    });
    const nodes = names.map(nodeNamed);
    await together(nodes.map((node) => makeNode(node, templateOf(preparedFor(node.name)))));
    writeFiles(nodes, systems[system], mirror);
    for (const node of nodes) startNode(node, bound[node.name]);
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

/** The running lab, whichever process started it. */
export function currentLab(): Lab | undefined {
  const state = readState();
  return state && labOf(state, () => undefined);
}

/** Whether a lab is in use: its owner is alive, or, without an owner, one of its nodes is running. */
export function inUse(state: LabState): boolean {
  if (state.owner) return lives(state.owner);
  return state.nodes.some((name) => leaderOf(nodeNamed(name)) !== undefined);
}

function claim(state: LabState): void {
  if (claimState(state)) return;
  const other = readState();
  if (other && inUse(other)) {
    const whose = other.owner ? `it belongs to process ${other.owner.pid}` : 'take it down first';
    throw new LabError(`a lab is up already (${other.nodes.length} nodes, ${other.system}): ${whose}`);
  }
  if (other) clearLab(other);
  if (!claimState(state)) throw new LabError('another lab is just coming up');
}

/** Removes the lab when this process exits; returns a function that disables this. */
function clearAtExit(): () => void {
  const pid = process.pid;
  const clear = () => {
    const state = readState();
    if (state?.owner?.pid === pid) clearLab(state);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    // A test runner exits anyway, which removes the lab; otherwise this handler must exit.
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
    system: state.system,
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
    disrupt: (name, kind, value) => disruptions[kind].apply(node(name), value),
    setMirror: (mode) => setMirror(state, mode),
    down: async () => {
      release();
      const now = readState();
      if (now) clearLab(now);
    },
  };
}
