import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAwaySync } from '../../support/clear-away.ts';
import { hasProgram } from '../../support/programs.ts';
import { commandLine } from '../command-line.ts';
import { type Lab, upLab } from '../lab.ts';
import type { SystemName } from '../systems.ts';

/** Secrets with characters that YAML, Jinja and a shell interpret. */
const secrets = { queue: `p w;d'"$HOME\\x%{{ 7 * 7 }}`, cookie: 'LABCOOKIE0123456789' };

/** What is added to the lab's cluster file: services, and custom steps with characters that every sink interprets. */
const more = `  - chrony
  - mariadb
  - memcached
  - rabbitmq
  - keystone
  - name: house-rules
    check: test -f '/etc/house rules {{ 7 * 7 }}'
    run: |
      printf '%s\\n' "it's \\$HOME {{ 7 * 7 }}" >"/etc/house rules {{ 7 * 7 }}"
  - { name: Never, run: echo once >>/root/ran }
services:
  chrony: { servers: [198.18.88.1], allow: 198.18.88.0/24 }
  mariadb: { on: controller }
  memcached: { on: controller }
  rabbitmq: { on: controller, password: { secret: queue }, cookie: { secret: cookie } }
kernel:
  sysctl: { net.ipv4.ip_forward: "1" }
users:
  deploy: { groups: [wheel], sudo: nopasswd, keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGsYWm1v0b8mE0k3lQ2N6yk4b9Y1k4C1o8hN7m2pD3aB {# no comment #} it's"] }
`;

/** Prints what a run leaves: files with mode, owner and digest, packages, units, and values in force. Ansible's connections last, each with a transient unit. */
const snapshot = `
which="/etc /root/.ssh /home -xdev ! -path /etc/ssh/ssh_host_* ! -path /etc/machine-id"
set -f
find $which \\( -type f -o -type l \\) -printf '%p %m %u:%g %l\\n' | LC_ALL=C sort
find $which -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum
rpm -qa | LC_ALL=C sort
systemctl list-unit-files --no-legend | awk '$2 != "transient" { print $1, $2 }' | LC_ALL=C sort
for u in chronyd mariadb rabbitmq-server memcached firewalld NetworkManager network sshd; do printf '%s %s\\n' "$u" "$(systemctl is-active $u)"; done
sysctl -n net.ipv4.ip_forward
cat /root/ran 2>/dev/null || echo never ran
`;

/** The lines that only one of two snapshots has, with the sign of a unified diff. */
function differing(before: string | undefined, after: string | undefined): readonly string[] {
  const [old, now] = [before, after].map((text) => (text ?? '').split('\n'));
  return [
    ...(old ?? []).filter((line) => !now?.includes(line)).map((line) => `-${line}`),
    ...(now ?? []).filter((line) => !old?.includes(line)).map((line) => `+${line}`),
  ];
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Tests the exported playbook on real nodes of one system, next to a run of Stackprep on the same nodes before any change. */
export function testAnsible(system: SystemName): void {
  describe(`The exported playbook on real nodes with ${system}`, function () {
    // Nine playbooks and runs, next to other load.
    this.timeout(3_600_000);
    const folder = mkdtempSync(join(tmpdir(), 'stackprep-ansible-'));
    const out = join(folder, 'playbook');
    const file = join(folder, 'lab.cluster.yaml');
    const env = Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [`STACKPREP_SECRET_${name.toUpperCase()}`, value]),
    );
    let lab: Lab;
    let first: ReadonlyMap<string, string>;

    const run = (program: string, args: readonly string[]): Ended => {
      const { status, stdout, stderr } = spawnSync(program, args, {
        cwd: out,
        env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8', ...env },
        encoding: 'utf8',
        maxBuffer: 100_000_000,
      });
      return { code: status, output: `${stdout}${stderr}` };
    };
    const playbook = (...more: readonly string[]) => {
      const known = `-o UserKnownHostsFile=${lab.knownHosts} -o StrictHostKeyChecking=yes`;
      return run('ansible-playbook', ['site.yml', '--ssh-common-args', known, ...more]);
    };
    const look = async (): Promise<ReadonlyMap<string, string>> =>
      new Map(
        await Promise.all(
          lab.nodes.map(async ({ name }): Promise<[string, string]> => {
            const { code, stdout, stderr } = await lab.inside(name, ['sh', '-c', snapshot]);
            assert.equal(code, 0, stderr);
            return [name, stdout];
          }),
        ),
      );
    /** The nodes are as they were, in all that the snapshot has. */
    const isSame = async (before: ReadonlyMap<string, string>): Promise<void> => {
      const now = await look();
      for (const { name } of lab.nodes)
        assert.deepEqual(differing(before.get(name), now.get(name)), [], name);
    };
    const recap = (output: string): Readonly<Record<string, readonly number[]>> =>
      Object.fromEntries(
        [...output.matchAll(/^(\S+) +: ok=\d+ +changed=(\d+) +unreachable=(\d+) +failed=(\d+)/gm)].map(
          ([, node, ...counts]) => [node, counts.map(Number)],
        ),
      );
    const each = (value: readonly number[]) => Object.fromEntries(lab.nodes.map(({ name }) => [name, value]));
    const stackprep = async (...args: readonly string[]): Promise<Ended> => {
      Object.assign(process.env, env);
      const { ended, output } = commandLine(folder, args);
      const code = await ended;
      for (const name of Object.keys(env)) delete process.env[name];
      return { code, output: output() };
    };
    const newLab = async (): Promise<void> => {
      lab = await upLab({ nodes: 2, system });
      const text = readFileSync(lab.clusterFile, 'utf8').replace(
        'steps:\n',
        'steps:\n  - users\n  - kernel\n',
      );
      writeFileSync(file, `${text.trimEnd()}\n${more}`);
    };

    before(async function () {
      if (!hasProgram('ansible-playbook') || !hasProgram('ansible-lint')) this.skip();
      await newLab();
      const exported = await stackprep('export', 'ansible', file, '--out', out);
      assert.equal(exported.code, 0, exported.output);
    });
    after(async () => {
      await lab?.down();
      clearAwaySync(folder);
    });

    it("passes ansible-lint's profile for production", () => {
      const { code, output } = run('ansible-lint', ['--offline', '--nocolor', '--profile', 'production']);
      assert.equal(code, 0, output);
      assert.match(output, /Passed with production profile: 0 failure\(s\), 0 warning\(s\) on \d{2,} files/);
    });

    it('reports changes in check mode, shows them in diff mode, and makes none', async () => {
      const before = await look();
      const { code, output } = playbook('--check', '--diff');
      assert.equal(code, 0, output);
      assert.match(output, /"\+198\.18\.88\.172 openstack2"/);
      assert.match(output, /"\+\+\+ \/etc\/profile\.d\/stackprep\.sh \(644 root:root\)"/);
      assert.match(output, /"effect systemctl enable chronyd"/);
      assert.match(output, /echo once >>\/root\/ran/);
      for (const secret of Object.values(secrets)) assert.equal(output.includes(secret), false);
      const counts = recap(output);
      for (const { name } of lab.nodes) {
        const [changed = 0, ...others] = counts[name] ?? [];
        assert.ok(changed > 10, `${name}: ${output}`);
        assert.deepEqual(others, [0, 0], name);
      }
      await isSame(before);
      assert.equal((await lab.inside('openstack1', ['ls', '/var/lib/stackprep'])).code, 2);
    });

    it('sets up the nodes', async () => {
      const { code, output } = playbook();
      assert.equal(code, 0, output);
      assert.equal(output.includes(secrets.queue), false);
      first = await look();
    });

    it('changes nothing the second time', async () => {
      const { code, output } = playbook();
      assert.equal(code, 0, output);
      assert.deepEqual(recap(output), each([0, 0, 0]), output);
      await isSame(first);
    });

    it('leaves nothing that a check of Stackprep finds', async () => {
      const { code, output } = await stackprep(
        'check',
        file,
        '--known-hosts',
        lab.knownHosts,
        '--state-dir',
        folder,
      );
      assert.equal(code, 0, output);
    });

    it('leaves no secret in the system log or in a file of Ansible', async () => {
      const find = `journalctl --no-pager 2>/dev/null | grep -cF -e '${secrets.cookie}'; grep -rlF -e '${secrets.cookie}' /root/.ansible /root/.ansible_async /var/lib/stackprep /tmp /run 2>/dev/null`;
      const { stdout } = await lab.inside('openstack1', ['sh', '-c', find]);
      assert.equal(stdout, '0\n');
    });

    it('leaves the same files, packages and units as a run of Stackprep on new nodes', async () => {
      await lab.down();
      await newLab();
      const { code, output } = await stackprep(
        ...['run', file, '--yes', '--known-hosts', lab.knownHosts, '--state-dir', join(folder, 'second')],
      );
      assert.equal(code, 0, output);
      await isSame(first);
    });
  });
}
