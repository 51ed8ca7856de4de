import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from '../support/provision.ts';
import type { BenchNodes } from './engine-nodes.ts';
import { run, timed } from './engine-tools.ts';
import { type Figure, median } from './report.ts';

const rounds = 3;
const nodeCount = 4;
const cli = join(import.meta.dirname, '../../dist/cli.js');

const steps = (present: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `check-${index + 1}`,
    check: `test -e ${present}`,
    run: 'true',
  }));

/** A program that is measured, to its end. */
interface Contender {
  readonly name: string;
  readonly start: () => Promise<unknown>;
}

/** The median times of the programs, milliseconds: in turns, so that other work on this computer slows all of them. */
async function race(contenders: readonly Contender[]): Promise<ReadonlyMap<string, number>> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const { name, start } of contenders) times.get(name)?.push(await timed(start));
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

/** The files of ansible-playbook in a folder: the same checks, one task each. */
class Playbook {
  readonly #folder: string;
  readonly #nodes: BenchNodes;

  constructor(nodes: BenchNodes, folder: string) {
    this.#nodes = nodes;
    this.#folder = folder;
    const hosts = nodes.places.map(({ host, port }, index) => {
      const where = `ansible_host=${host} ansible_port=${port} ansible_user=root`;
      return `n${index + 1} ${where} ansible_ssh_private_key_file=${nodes.identity}\n`;
    });
    writeFileSync(join(folder, 'hosts'), hosts.join(''));
    const tasks = steps(nodes.present, 20).map(
      ({ check }) => `    - ansible.builtin.command: ${check}\n      changed_when: false\n`,
    );
    writeFileSync(
      join(folder, 'play.yml'),
      `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.join('')}`,
    );
  }

  /** The playbook with more settings, as a program. */
  with(name: string, settings: string): Contender {
    const { knownHosts, places } = this.#nodes;
    const config = join(this.#folder, `${name}.cfg`);
    const ssh = `-F /dev/null -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${knownHosts}`;
    writeFileSync(
      config,
      `[defaults]\nforks = ${Math.max(5, places.length)}\ninterpreter_python = /usr/bin/python3\n${settings}[ssh_connection]\npipelining = True\nssh_args = ${ssh}\ncontrol_path_dir = ${join(this.#folder, 'cp')}\n`,
    );
    const args = ['-i', join(this.#folder, 'hosts'), join(this.#folder, 'play.yml')];
    return {
      name,
      start: () =>
        run('ansible-playbook', args, '', { ...process.env, ANSIBLE_CONFIG: config, LC_ALL: 'C.UTF-8' }),
    };
  }
}

/** This program with the cluster file, as a program; it has its own home folder. */
function stackprep(folder: string, knownHosts: string, args: readonly string[]): Contender {
  const env = { ...process.env, HOME: folder, LANG: 'C' };
  const all = [cli, ...args, '--known-hosts', knownHosts, '--state-dir', join(folder, 'state')];
  return { name: 'stackprep', start: () => run(process.execPath, all, '', env) };
}

/** Mitogen's strategy, where Debian's package of it can be installed. */
async function mitogen(playbook: Playbook): Promise<readonly Contender[]> {
  const provided = await aptInstall(['ansible-mitogen']);
  if (!provided.ok) {
    console.log(`no comparison with Mitogen: ${provided.reason}`);
    return [];
  }
  const plugins = '/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy';
  return [playbook.with('mitogen', `strategy_plugins = ${plugins}\nstrategy = mitogen_linear\n`)];
}

/** A check of 20 steps that are done, next to the same checks by Ansible: whole processes. */
async function checkFigures(nodes: BenchNodes, folder: string): Promise<readonly Figure[]> {
  const file = join(folder, 'check.cluster.yaml');
  writeFileSync(file, nodes.clusterText(nodeCount, steps(nodes.present, 20)));
  const playbook = new Playbook(nodes, folder);
  const ours = stackprep(folder, nodes.knownHosts, ['check', file]);
  const times = await race([ours, playbook.with('pipelining', ''), ...(await mitogen(playbook))]);
  const own = times.get('stackprep') ?? Number.NaN;
  const against = (name: string, title: string, factor: number): readonly Figure[] => {
    const value = times.get(name);
    if (value === undefined) return [];
    const peer = { name: `${title}, 4 nodes`, value };
    return [
      {
        name: `engine.process.${name}`,
        unit: 'ms',
        ours: own,
        peer,
        goal: `<=1/${factor}`,
        met: own * factor <= value,
      },
    ];
  };
  return [
    ...against('pipelining', 'ansible-playbook, pipelining', 25),
    ...against('mitogen', 'ansible-playbook, Mitogen', 15),
  ];
}

/** A run of 16 steps that are done, next to the playbook that is exported from the same file: whole processes. */
async function exportFigure(nodes: BenchNodes, folder: string): Promise<Figure> {
  const file = join(folder, 'run.cluster.yaml');
  writeFileSync(file, nodes.clusterText(nodeCount, steps(nodes.present, 16)));
  const out = join(folder, 'playbook');
  await run(process.execPath, [cli, 'export', 'ansible', file, '--out', out], '');
  const known = `-F /dev/null -o UserKnownHostsFile=${nodes.knownHosts}`;
  const env = { ...process.env, ANSIBLE_CONFIG: join(out, 'ansible.cfg'), LC_ALL: 'C.UTF-8' };
  const exported = {
    name: 'exported',
    start: async () => {
      const output = await run(
        'ansible-playbook',
        [join(out, 'site.yml'), '--ssh-common-args', known],
        '',
        env,
      );
      const unchanged = output.match(/changed=0 +unreachable=0 +failed=0/g)?.length;
      if (unchanged !== nodeCount) throw new Error(output.slice(-1000));
    },
  };
  const times = await race([stackprep(folder, nodes.knownHosts, ['run', file, '--yes']), exported]);
  const [ours = Number.NaN, value = Number.NaN] = [times.get('stackprep'), times.get('exported')];
  const peer = { name: 'the exported playbook, 4 nodes', value };
  return { name: 'engine.run.exported', unit: 'ms', ours, peer, goal: '<=1x', met: ours <= value };
}

/** The built command line compared with Ansible. */
export async function ansibleFigures(nodes: BenchNodes, folder: string): Promise<readonly Figure[]> {
  const provided = await aptInstall(['ansible-core']);
  if (!provided.ok) {
    console.log(`no comparison with ansible: ${provided.reason}`);
    return [];
  }
  mkdirSync(folder, { recursive: true });
  return [...(await checkFigures(nodes, folder)), await exportFigure(nodes, folder)];
}
