import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { upLab } from '../lab/lab.ts';
import { whyNot } from '../lab/provision.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, type Sshd, startSshd } from '../support/sshd.ts';

/** The address of a node's SSH server. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Nodes that the engine and its peers reach with the same key. */
export interface BenchNodes {
  readonly identity: string;
  readonly knownHosts: string;
  readonly places: readonly Place[];
  /** The file that every step of the benchmark checks for; it exists. */
  readonly present: string;
  clusterText(count: number, steps: readonly object[]): string;
  stop(): Promise<void>;
}

/** Nodes of the lab, with its cluster file. */
export interface LabNodes extends BenchNodes {
  readonly labText: string;
}

/** Real sshd processes on loopback, each with its own host key and base folder (`base0` and so on in the home). */
export interface LoopbackNodes extends BenchNodes {
  readonly home: Home;
}

function clusterText(
  { identity, places }: Pick<BenchNodes, 'identity' | 'places'>,
  count: number,
  steps: readonly object[],
): string {
  const rows = places
    .slice(0, count)
    .map(({ host, port }, index) => `  n${index + 1}: { address: ${host}, port: ${port} }\n`);
  const items = steps.map((step) => `  - ${JSON.stringify(step)}\n`);
  return `cluster: bench\nssh: { user: root, identity: ${identity} }\nnodes:\n${rows.join('')}steps:\n${items.join('')}`;
}

/** Four real nodes of the lab, or the reason why this system cannot run them. */
export async function labNodes(): Promise<LabNodes | string> {
  const reason = whyNot();
  if (reason !== undefined) return reason;
  const lab = await upLab({ nodes: 4, system: 'el9', report: (line) => console.log(line) });
  const { identity, knownHosts } = lab;
  const places = lab.nodes.map(({ address }) => ({ host: address, port: 22 }));
  return {
    ...{ identity, knownHosts, places, present: '/etc/hostname' },
    labText: readFileSync(lab.clusterFile, 'utf8'),
    clusterText: (count, steps) => clusterText({ identity, places }, count, steps),
    stop: () => lab.down(),
  };
}

export async function startNodes(count: number): Promise<LoopbackNodes> {
  const home = await makeHome();
  const identity = await keygen(home, 'id');
  await authorize(home, identity);
  const present = await home.write('present', '');
  const sshds: Sshd[] = [];
  for (let index = 0; index < count; index += 1) {
    const base = home.file(`base${index}`);
    mkdirSync(base, { mode: 0o700 });
    // Only the first SetEnv line takes effect.
    const settings = [`SetEnv STACKPREP_BASE=${base} SHLVL=5`, 'MaxStartups 200'];
    sshds.push(await startSshd({ home, name: `sshd${index}`, settings }));
  }
  const knownHosts = home.file('known_hosts');
  const places = sshds.map(({ port }) => ({ host: '127.0.0.1', port }));
  writeFileSync(knownHosts, sshds.map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`).join(''));
  return {
    ...{ home, identity, knownHosts, places, present },
    clusterText: (nodes, steps) => clusterText({ identity, places }, nodes, steps),
    stop: async () => {
      for (const sshd of sshds) await sshd.stop();
      await home.remove();
    },
  };
}

/** The arguments of OpenSSH for one of the nodes: no connection sharing, no prompts. */
export function sshArgs(nodes: BenchNodes, { host, port }: Place): readonly string[] {
  const options = [
    '-F',
    '/dev/null',
    '-o',
    'BatchMode=yes',
    '-o',
    'ControlPath=none',
    '-o',
    'IdentitiesOnly=yes',
  ];
  const files = [
    '-i',
    nodes.identity,
    '-o',
    `UserKnownHostsFile=${nodes.knownHosts}`,
    '-o',
    'StrictHostKeyChecking=yes',
  ];
  return [...options, ...files, '-p', String(port), `root@${host}`];
}
