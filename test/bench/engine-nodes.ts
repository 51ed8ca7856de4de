import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, type Sshd, startSshd } from '../support/sshd.ts';

/** Real sshd's on loopback, each with a host key and a base folder of its own. */
export interface BenchNodes {
  readonly home: Home;
  readonly identity: string;
  readonly knownHosts: string;
  readonly ports: readonly number[];
  /** The shell that every step of the benchmark checks by; it is there. */
  readonly present: string;
  clusterText(count: number, steps: readonly object[]): string;
  stop(): Promise<void>;
}

export async function startNodes(count: number): Promise<BenchNodes> {
  const home = await makeHome();
  const identity = await keygen(home, 'id');
  await authorize(home, identity);
  const present = await home.write('present', '');
  const sshds: Sshd[] = [];
  for (let index = 0; index < count; index += 1) {
    const base = home.file(`base${index}`);
    mkdirSync(base, { mode: 0o700 });
    // One SetEnv line alone counts.
    const settings = [`SetEnv STACKPREP_BASE=${base} SHLVL=5`, 'MaxStartups 200'];
    sshds.push(await startSshd({ home, name: `sshd${index}`, settings }));
  }
  const knownHosts = home.file('known_hosts');
  const ports = sshds.map(({ port }) => port);
  writeFileSync(knownHosts, sshds.map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`).join(''));
  return {
    home,
    identity,
    knownHosts,
    ports,
    present,
    clusterText: (nodes, steps) =>
      [
        'cluster: bench',
        `ssh: { user: root, identity: ${identity} }`,
        'nodes:',
        ...ports
          .slice(0, nodes)
          .map((port, index) => `  n${index + 1}: { address: 127.0.0.1, port: ${port} }`),
        'steps:',
        ...steps.map((step) => `  - ${JSON.stringify(step)}`),
        '',
      ].join('\n'),
    stop: async () => {
      for (const sshd of sshds) await sshd.stop();
      await home.remove();
    },
  };
}

/** The arguments of OpenSSH for one of the nodes, cold, asking nothing. */
export function sshArgs(nodes: BenchNodes, port: number): readonly string[] {
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
  return [...options, ...files, '-p', String(port), 'root@127.0.0.1'];
}

/** The files of ansible-playbook for so many of the nodes: the same checks, one task each. */
export function writePlaybook(
  nodes: BenchNodes,
  count: number,
  checks: readonly string[],
): readonly string[] {
  const folder = nodes.home.file('ansible');
  mkdirSync(folder, { recursive: true });
  const hosts = nodes.ports.slice(0, count).map((port, index) => {
    const where = `ansible_host=127.0.0.1 ansible_port=${port} ansible_user=root`;
    return `n${index + 1} ${where} ansible_ssh_private_key_file=${nodes.identity}\n`;
  });
  writeFileSync(join(folder, 'hosts'), hosts.join(''));
  const tasks = checks.map((check) => `    - ansible.builtin.command: ${check}\n      changed_when: false\n`);
  writeFileSync(join(folder, 'play.yml'), `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.join('')}`);
  const ssh = `-F /dev/null -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${nodes.knownHosts}`;
  writeFileSync(
    join(folder, 'ansible.cfg'),
    `[defaults]\nforks = ${Math.max(5, count)}\ninterpreter_python = /usr/bin/python3\n[ssh_connection]\npipelining = True\nssh_args = ${ssh}\ncontrol_path_dir = ${folder}/cp\n`,
  );
  return ['-i', join(folder, 'hosts'), join(folder, 'play.yml')];
}

/** Where the files of `writePlaybook` are. */
export function ansibleConfig(nodes: BenchNodes): string {
  return nodes.home.file('ansible/ansible.cfg');
}
