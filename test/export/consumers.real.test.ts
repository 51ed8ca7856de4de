import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { own } from '../../src/base/own.ts';
import { namesOf } from '../../src/cluster/aliases.ts';
import { hostLines } from '../../src/cluster/host-lines.ts';
import type { Cluster, ClusterNode } from '../../src/cluster/model.ts';
import { readJump } from '../../src/cluster/ssh-names.ts';
import { ansibleExport } from '../../src/export/ansible/export.ts';
import { inventory } from '../../src/export/inventory.ts';
import { sshConfig } from '../../src/export/ssh-config.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { hasProgram } from '../support/programs.ts';

/** Logins, names and roles with what the readers of the exported files treat specially. */
const odd = `cluster: odd
ssh: { user: deploy }
nodes:
  Ctl-1.example.com: { address: 10.9.0.1, roles: [controller, all, localhost, ungrouped, "gpu nodes!", 1st, compute-2] }
  compute-2: { address: 10.9.0.2, roles: [compute], port: 2222, user: 'CORP\\anna', become: sudo }
  v6: { address: "2001:db8:9::3", roles: [compute], jump: "me@[2001:db8::1]:2222, gate" }
  link-local: { address: 10.9.0.4, host: "fe80::4%eth0", user: anna@example.com, identity: "~/my keys/100% #1" }
  by-name: { host: node5.example.com, user: "a=b#c", jump: gate }
  elsewhere: { address: 10.9.0.6, user: 'space man', identity: 'C:\\keys\\id' }
  7up: { address: 10.9.0.7, roles: [controller], jump: "anna=x@gate.example.com" }
  on: { address: 10.9.0.8 }
vip: { address: 10.9.0.100, name: vip.example.com }
steps: [hosts-file]
`;

/** The sound cluster files of real installations and of test users, and the one above. */
function soundClusters(): readonly (readonly [string, Cluster])[] {
  const found = ['test/cases/real', 'test/cases/clusters'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.cluster.yaml'))
      .flatMap((name) => {
        const { cluster, problems } = decodeCluster(readFileSync(join(folder, name), 'utf8'));
        return cluster && !problems.some(({ severity }) => severity === 'error')
          ? [[name, cluster] as const]
          : [];
      }),
  );
  return [...found, ['odd', clusterOf(odd)]];
}

/** The Python that has Ansible: the one of its programs. */
function interpreter(): string {
  const path = execFileSync('sh', ['-c', 'readlink -f "$(command -v ansible-inventory)"'], {
    encoding: 'utf8',
  });
  const [first = ''] = readFileSync(path.trim(), 'utf8').split('\n', 1);
  return first.replace(/^#! */, '');
}

/** Prints hosts and groups of inventories as Ansible reads them, each with the arguments that Ansible gives to ssh. */
const reader = `
import json, sys
from ansible.parsing.dataloader import DataLoader
from ansible.inventory.manager import InventoryManager
from ansible.vars.manager import VariableManager
answer = {}
for path in sys.argv[1:]:
    loader = DataLoader()
    read = InventoryManager(loader=loader, sources=[path])
    variables = VariableManager(loader=loader, inventory=read)
    answer[path] = {
        "hosts": {host.name: {key: str(value) for key, value in variables.get_vars(host=host).items() if key.startswith("ansible_")} for host in read.get_hosts()},
        "groups": {name: [host.name for host in group.get_hosts()] for name, group in read.groups.items()},
    }
print(json.dumps(answer))
`;

interface Read {
  readonly hosts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** What `ssh -G` says of a node, by keyword. */
type SshAnswer = Readonly<Record<string, string>>;

function sshAnswer(output: string): SshAnswer {
  return Object.fromEntries(
    output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]),
  );
}

/** What ssh must have understood; it writes a percent sign in the path of a key twice until it connects. */
function expected({ ssh }: ClusterNode): SshAnswer {
  const { host, port, user, identity, jump, open = [] } = ssh;
  const way = jump === undefined ? undefined : readJump(jump);
  return {
    hostname: host,
    ...(!open.includes('port') && { port: String(port) }),
    ...(!open.includes('user') && { user }),
    ...(identity !== undefined && { identityfile: identity.replaceAll('%', '%%') }),
    ...(way?.ok && { proxyjump: way.hosts.map(({ word }) => word).join(',') }),
  };
}

const subset = (answer: SshAnswer, wanted: SshAnswer): SshAnswer =>
  Object.fromEntries(Object.keys(wanted).map((key) => [key, answer[key] ?? '']));

describe('The exported files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-consumers-'));
  after(() => clearAwaySync(folder));
  const clusters = soundClusters();

  describe('Ansible, with the inventory', () => {
    const paths = new Map(clusters.map(([name], index) => [name, join(folder, `${index}.yml`)]));
    let answers: Readonly<Record<string, Read>> = {};

    before(function () {
      if (!hasProgram('ansible-inventory')) this.skip();
      for (const [name, cluster] of clusters) {
        const made = inventory(cluster, undefined, `${name} {{ x }}`);
        assert.ok(made.ok, name);
        writeFileSync(paths.get(name) ?? '', made.text);
      }
      answers = JSON.parse(
        execFileSync(interpreter(), ['-c', reader, ...paths.values()], { encoding: 'utf8' }),
      );
    });

    it('finds every node with its login, and the nodes of every role', () => {
      for (const [name, { nodes }] of clusters) {
        const { hosts, groups } = answers[paths.get(name) ?? ''] ?? assert.fail(name);
        assert.deepEqual(Object.keys(hosts).sort(), nodes.map((node) => node.name).sort(), name);
        for (const { name: node, ssh, roles } of nodes) {
          assert.equal(hosts[node]?.ansible_host, ssh.host, node);
          assert.equal(hosts[node]?.ansible_user, ssh.open?.includes('user') ? undefined : ssh.user, node);
          assert.equal(hosts[node]?.ansible_become, ssh.become === 'sudo' ? 'True' : undefined, node);
          for (const role of roles) {
            const word = role.replace(/\W/g, '_');
            const group =
              [`role_${word}`, word].find((each) => own(groups, each)) ?? assert.fail(`${name}: ${role}`);
            const members = nodes.filter((each) => each.roles.includes(role)).map((each) => each.name);
            assert.deepEqual([...(groups[group] ?? [])].sort(), members.sort(), `${name}: ${role}`);
          }
        }
      }
    });

    it('keeps its own groups as they are, whatever the roles are called', () => {
      const { hosts, groups } = answers[paths.get('odd') ?? ''] ?? assert.fail();
      assert.deepEqual([...(groups.all ?? [])].sort(), Object.keys(hosts).sort());
      assert.deepEqual(groups.role_all, ['Ctl-1.example.com']);
      assert.deepEqual(groups.role_ungrouped, ['Ctl-1.example.com']);
      assert.deepEqual(groups.role_localhost, ['Ctl-1.example.com']);
      assert.deepEqual(groups.compute_2, ['Ctl-1.example.com']);
      assert.deepEqual(groups.role_1st, ['Ctl-1.example.com']);
      assert.deepEqual([...(groups.ungrouped ?? [])].sort(), ['by-name', 'elsewhere', 'link-local', 'on']);
    });

    it('takes a secret from a vault rather than from the environment, whatever its file is called', function () {
      this.timeout(600_000);
      const file = 'services: { rabbitmq: { on: a, password: { secret: Rabbit-1 } } }\nsteps: [rabbitmq]\n';
      const made = ansibleExport(clusterOf(`cluster: x\nnodes: { a: { address: 10.0.0.1 } }\n${file}`), 'x');
      assert.ok(made.ok);
      const out = join(folder, 'vaults');
      for (const [path, text] of made.files) {
        mkdirSync(dirname(join(out, path)), { recursive: true });
        writeFileSync(join(out, path), text);
      }
      writeFileSync(join(folder, 'word'), 'of the vault');
      const env = { ...process.env, LC_ALL: 'C.UTF-8', ANSIBLE_VAULT_PASSWORD_FILE: join(folder, 'word') };
      const ansible = (program: string, args: readonly string[], more = {}): string =>
        execFileSync(program, args, { cwd: out, encoding: 'utf8', env: { ...env, ...more } });
      const show = ['all', '-o', '-m', 'debug', '-a', 'var=stackprep_secret_rabbit_1'];
      const environment = { STACKPREP_SECRET_RABBIT_1: `{{ 7 * 7 }}'"` };
      assert.match(
        ansible('ansible', show, environment),
        /"stackprep_secret_rabbit_1": "\{\{ 7 \* 7 \}\}'\\""/,
      );
      for (const name of ['secrets', 'vault']) {
        const vault = `inventory/group_vars/all/${name}.yml`;
        writeFileSync(join(out, vault), `stackprep_secret_rabbit_1: !unsafe "{{ ${name} }} $HOME"\n`);
        ansible('ansible-vault', ['encrypt', vault]);
        assert.match(readFileSync(join(out, vault), 'utf8'), /^\$ANSIBLE_VAULT;/);
        assert.match(
          ansible('ansible', show, environment),
          new RegExp(`"stackprep_secret_rabbit_1": "\\{\\{ ${name} \\}\\} \\$HOME"`),
        );
        rmSync(join(out, vault));
      }
    });

    it('gives ssh the same login as the cluster file', function () {
      this.timeout(600_000);
      // Ansible's own connection runs it in place of ssh; the real ssh then says what it understood.
      const program = join(folder, 'ssh-says');
      writeFileSync(program, '#!/bin/sh\nexec ssh -G -F /dev/null "$@"\n');
      chmodSync(program, 0o755);
      const options = ['-e', `ansible_ssh_executable=${program}`, '-e', 'ansible_become=false', '-o'];
      const { stdout, stderr } = spawnSync(
        'ansible',
        ['all', '-i', paths.get('odd') ?? '', '-m', 'raw', '-a', 'true', ...options],
        {
          encoding: 'utf8',
          env: { ...process.env, LC_ALL: 'C.UTF-8', ANSIBLE_SSH_ARGS: '', ANSIBLE_NOCOLOR: '1' },
        },
      );
      const cluster = clusterOf(odd);
      for (const node of cluster.nodes) {
        const line = stdout
          .split('\n')
          .find((each) => each.startsWith(`${node.name} | CHANGED | rc=0 | (stdout) `));
        assert.ok(line, `${node.name}: ${stdout}${stderr}`);
        const text = line
          .slice(line.indexOf('(stdout) ') + 9)
          .replaceAll('\\r', '')
          .replaceAll('\\n', '\n');
        const wanted = expected(node);
        const { identityfile, ...others } = wanted;
        const answer = sshAnswer(text.replaceAll('\\\\', '\\'));
        assert.deepEqual(subset(answer, others), others, node.name);
        // Ansible writes the path of the home folder for `~`.
        if (identityfile !== undefined)
          assert.equal(answer.identityfile, identityfile.replace(/^~/, homedir()), node.name);
      }
    });
  });

  it('give OpenSSH the login of every node, by the ssh configuration', function () {
    this.timeout(600_000);
    if (process.platform === 'win32' || !hasProgram('ssh')) this.skip();
    for (const [name, cluster] of clusters) {
      const made = sshConfig(cluster);
      assert.ok(made.ok, name);
      const path = join(folder, 'ssh_config');
      writeFileSync(path, made.text);
      // Each block has the same form, so the ends of a long list say as much as all of it.
      const nodes =
        cluster.nodes.length > 9 ? [...cluster.nodes.slice(0, 3), ...cluster.nodes.slice(-3)] : cluster.nodes;
      for (const node of nodes) {
        const { status, stdout, stderr } = spawnSync('ssh', ['-G', '-T', '-F', path, node.name], {
          encoding: 'utf8',
        });
        assert.equal(`${status} ${stderr}`, '0 ', `${name} ${node.name}`);
        const wanted = expected(node);
        assert.deepEqual(subset(sshAnswer(stdout), wanted), wanted, `${name} ${node.name}`);
      }
    }
  });

  it('give the C library the address of every name, by the lines for a hosts file', function () {
    this.timeout(600_000);
    const isPossible = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
    if (!isPossible) this.skip();
    for (const [name, cluster] of clusters) {
      const path = join(folder, 'hosts');
      writeFileSync(path, hostLines(cluster).join(''));
      const wanted = new Map(
        cluster.nodes.flatMap((node) =>
          node.address === undefined
            ? []
            : namesOf(node, cluster.nodes).map((each) => [each, node.address ?? ''] as const),
        ),
      );
      if (cluster.vip?.name !== undefined) wanted.set(cluster.vip.name, cluster.vip.address);
      if (wanted.size === 0) continue;
      const look = 'mount --bind "$1" /etc/hosts && shift && exec getent -s files hosts "$@"';
      const answer = execFileSync('unshare', ['--mount', 'sh', '-c', look, 'sh', path, ...wanted.keys()], {
        encoding: 'utf8',
      });
      assert.deepEqual(
        answer
          .trim()
          .split('\n')
          .map((line) => line.split(/\s+/)[0]),
        [...wanted.values()],
        name,
      );
    }
  });

  it('leave nodes out that have no address, in the lines for a hosts file', () => {
    const text = hostLines(clusterOf(odd)).join('');
    assert.doesNotMatch(text, /undefined|by-name/);
    assert.match(text, /^10\.9\.0\.100 vip\.example\.com\n10\.9\.0\.1 Ctl-1\.example\.com Ctl-1\n/);
  });
});
