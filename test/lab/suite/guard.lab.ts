import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lab, upLab } from '../lab.ts';
import { until } from '../run.ts';

const root = join(import.meta.dirname, '../../..');
/** Only members of the group wheel may log in, and root is not one: the cluster file cannot detect this. */
const lockOut = 'sshd: { AllowGroups: wheel }\nsteps: [sshd]\n';
const jobs = '/var/lib/stackprep/jobs';

/** The command line running on one node. */
interface Running {
  readonly output: () => string;
  /** Waits for a text in its output; fails if it ends without it. */
  readonly says: (pattern: RegExp) => Promise<void>;
  readonly kill: () => void;
  readonly ended: Promise<number | null>;
}

describe('A step that locks the user out of a real node', () => {
  let lab: Lab;
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-guard-'));
  const begun = new Map<string, Promise<unknown>>();
  const begin = (name: string, work: () => Promise<unknown>): void => {
    const promise = work();
    promise.catch(() => undefined);
    begun.set(name, promise);
  };

  /** Runs a command with plain OpenSSH, like a user. */
  async function seen(node: string, line: string): Promise<string> {
    const { code, stdout, stderr } = await lab.ssh(node, line);
    assert.equal(code, 0, `${node}: ${line}: ${stderr}`);
    return stdout;
  }
  async function inNode(node: string, line: string): Promise<string> {
    const { code, stdout, stderr } = await lab.inside(node, ['sh', '-c', line]);
    assert.equal(code, 0, `${node}: ${line}: ${stderr}`);
    return stdout;
  }
  function stackprep(
    verb: 'run' | 'check',
    node: string,
    text: string,
    more: readonly string[] = [],
  ): Running {
    const file = join(folder, `${node}.cluster.yaml`);
    const { address } = lab.node(node);
    writeFileSync(
      file,
      `cluster: guard-${node}
ssh: { user: root, identity: ${lab.identity} }
${text.startsWith('nodes:') ? '' : `nodes: { ${node}: { address: ${address} } }\n`}${text}`,
    );
    const options = ['--state-dir', join(folder, node), '--known-hosts', lab.knownHosts];
    const words = ['src/cli/main.ts', verb, file, ...options, ...(verb === 'run' ? ['--yes'] : []), ...more];
    const child = spawn(process.execPath, ['--import', 'tsx', ...words], {
      cwd: root,
      env: { ...process.env, HOME: folder, LANG: 'C' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        output += bytes.toString();
      });
    return {
      output: () => output,
      says: async (pattern) => {
        while (!pattern.test(output)) {
          assert.equal(child.exitCode, null, output);
          await sleep(20);
        }
      },
      kill: () => child.kill('SIGKILL'),
      ended: new Promise((resolve) => child.once('close', resolve)),
    };
  }
  /** The run fails and names node and step, and the node rolls back within a minute of the change. */
  async function isRolledBack(node: string, step: string, { output, ended }: Running): Promise<void> {
    assert.equal(await ended, 1, output());
    assert.match(
      output(),
      new RegExp(
        `^${node} \\| ${step} \\| .*No second login succeeded after the change\\. The node rolled back\\.`,
        'm',
      ),
    );
    const times = await seen(node, `cd ${jobs}/*.${step}.1 && stat -c %Y applied rolled-back`);
    const [applied = 0, back = 0] = times.trim().split('\n').map(Number);
    assert.ok(back - applied < 60, times);
    assert.equal(await seen(node, 'ls /etc/systemd/system | grep stackprep || :'), '');
  }
  const configuration = 'sha256sum </etc/ssh/sshd_config; sshd -T | grep -i allowgroups || :';

  async function sshd(): Promise<void> {
    const before = await seen('openstack1', configuration);
    const run = stackprep('run', 'openstack1', lockOut);
    await isRolledBack('openstack1', 'sshd', run);
    assert.match(run.output(), /The second login fails \(login refused\)/);
    assert.equal(await seen('openstack1', configuration), before);
  }

  async function firewall(): Promise<void> {
    // Connections from this host are in a zone that drops them, whatever is open in the zone of the interface.
    await inNode('openstack2', 'firewall-offline-cmd --zone=drop --add-source=198.18.88.1/32');
    const state = 'systemctl is-active firewalld; systemctl is-enabled firewalld; ls -l /etc/firewalld/zones';
    const before = await seen('openstack2', `${state} || :`);
    await isRolledBack(
      'openstack2',
      'firewalld',
      stackprep('run', 'openstack2', 'system: { firewalld: enabled }\nsteps: [firewalld]\n'),
    );
    assert.equal(await seen('openstack2', `${state} || :`), before);
  }

  async function network(): Promise<void> {
    // A stale file that has not been read since NetworkManager was installed: it gives this host's address to the node.
    const stale = 'DEVICE=eth1\nONBOOT=yes\nBOOTPROTO=none\nIPADDR=198.18.88.1\nPREFIX=32\n';
    await inNode('openstack3', `printf '${stale}' >/etc/sysconfig/network-scripts/ifcfg-eth1`);
    const state =
      'ip -o -4 addr | cut -d " " -f 2-7; ip route; systemctl is-active NetworkManager; systemctl is-enabled NetworkManager; systemctl is-enabled network | grep enabled';
    const before = await seen('openstack3', `${state} || :`);
    await isRolledBack(
      'openstack3',
      'network-manager',
      stackprep('run', 'openstack3', 'system: { network-manager: disabled }\nsteps: [network-manager]\n'),
    );
    assert.equal(await seen('openstack3', `${state} || :`), before);
  }

  const networkState =
    'ip -o -4 addr | cut -d " " -f 2-7; ip route; ip rule; ls /etc/sysconfig/network-scripts /etc/NetworkManager/system-connections; systemctl is-active NetworkManager';

  async function interfaces(): Promise<void> {
    // A typo in a route: what is sent to this host goes to a gateway that is not there.
    const { address } = lab.node('openstack5');
    const wrong = `nodes: { openstack5: { address: ${address}, networks: { storage: { address: 10.40.0.15 } } } }
networks:
  management: { cidr: 198.18.88.0/24, interface: eth0 }
  storage: { cidr: 10.40.0.0/24, interface: eth1, routes: [{ to: 198.18.88.1/32, via: 10.40.0.253 }] }
steps: [network-interfaces]
`;
    const before = await seen('openstack5', networkState);
    await isRolledBack('openstack5', 'network-interfaces', stackprep('run', 'openstack5', wrong));
    assert.equal(await seen('openstack5', networkState), before);
  }

  async function service(): Promise<void> {
    // As in the case of network-manager: only the network service reads the stale file, and gives the node this host's address.
    const stale = 'DEVICE=eth1\nONBOOT=yes\nBOOTPROTO=none\nIPADDR=198.18.88.1\nPREFIX=32\n';
    await inNode('openstack6', `printf '${stale}' >/etc/sysconfig/network-scripts/ifcfg-eth1`);
    const state = `${networkState}; systemctl is-enabled network | grep enabled`;
    const before = await seen('openstack6', `${state} || :`);
    await isRolledBack(
      'openstack6',
      'network-service',
      stackprep('run', 'openstack6', 'steps: [network-service]\n'),
    );
    assert.equal(await seen('openstack6', `${state} || :`), before);
  }

  async function keys(): Promise<void> {
    // The key is restricted to a command, so the step adds it without. After that, PAM refuses every login of root.
    const refuse = '#!/bin/sh\\n! grep -q ^ssh- /root/.ssh/authorized_keys\\n';
    await inNode(
      'openstack7',
      `sed -i 's/^ssh-/command="sh -c \\\\"$SSH_ORIGINAL_COMMAND\\\\"" ssh-/' /root/.ssh/authorized_keys
      printf '${refuse}' >/usr/local/sbin/refuse; chmod 0755 /usr/local/sbin/refuse
      sed -i '1i account required pam_exec.so quiet /usr/local/sbin/refuse' /etc/pam.d/sshd`,
    );
    const state = 'cat /root/.ssh/authorized_keys; ls -lA --time-style=+ /root/.ssh';
    const before = await seen('openstack7', state);
    assert.match(before, /^command=.* ssh-/m);
    await isRolledBack('openstack7', 'ssh-keys', stackprep('run', 'openstack7', 'steps: [ssh-keys]\n'));
    assert.equal(await seen('openstack7', state), before);
  }

  async function killed(): Promise<string> {
    const good = 'sshd: { MaxAuthTries: 4 }\nsteps: [sshd]\n';
    const slow = '[Service]\nExecReload=/bin/sh -c "while [ ! -e /run/go ]; do sleep 0.1; done"\n';
    await inNode(
      'openstack4',
      `mkdir /etc/systemd/system/sshd.service.d; printf '${slow}' >/etc/systemd/system/sshd.service.d/slow.conf; systemctl daemon-reload`,
    );
    const before = await seen('openstack4', configuration);
    const run = stackprep('run', 'openstack4', good);
    const armed = async () =>
      (await seen('openstack4', 'ls /etc/systemd/system')).includes('stackprep-guard-');
    assert.ok(await until(120_000, armed), run.output());
    assert.match(await seen('openstack4', 'sshd -T'), /^maxauthtries 4$/m);
    run.kill();
    await run.ended;
    await inNode('openstack4', ': >/run/go');
    const isOver = async () => (await lab.ssh('openstack4', `ls ${jobs}/*.sshd.1/rc`)).code === 0;
    assert.ok(await until(180_000, isOver), run.output());
    assert.equal(await seen('openstack4', configuration), before);
    const next = stackprep('run', 'openstack4', good, ['--resume']);
    await isRolledBack('openstack4', 'sshd', next);
    return next.output();
  }

  before(async () => {
    lab = await upLab({ nodes: 7, system: 'el8' });
    for (const { name } of lab.nodes) await inNode(name, 'echo STACKPREP_GRACE=25 >>/etc/environment');
    begin('sshd', sshd);
    begin('firewall', firewall);
    begin('network', network);
    begin('keys', keys);
    begin('killed', killed);
    begin('interfaces', interfaces);
    begin('service', service);
  });
  after(async () => {
    await Promise.allSettled(begun.values());
    await lab?.down();
    rmSync(folder, { recursive: true });
  });

  it('through sshd is rolled back by the node', () => begun.get('sshd'));
  it('through the firewall is rolled back by the node', () => begun.get('firewall'));
  it('through the network is rolled back by the node', () => begun.get('network'));
  it('through a wrong route of the interfaces is rolled back by the node', () => begun.get('interfaces'));
  it('through the network service is rolled back by the node', () => begun.get('service'));
  it('through the authorized keys is rolled back by the node', () => begun.get('keys'));
  it('is rolled back if its controller was killed before the second login, and the next run reports it', () =>
    begun.get('killed'));

  it('is rolled back at boot if the node reboots before the second login', async () => {
    // Too long for the timer to roll back first.
    await inNode('openstack1', 'sed -i s/GRACE=.*/GRACE=1500/ /etc/environment');
    const before = await seen('openstack1', configuration);
    const run = stackprep('run', 'openstack1', lockOut);
    await run.says(/The second login fails/);
    await lab.disrupt('openstack1', 'reboot');
    assert.equal(await run.ended, 1, run.output());
    const isBack = async () => (await lab.ssh('openstack1', 'true')).code === 0;
    assert.ok(await until(60_000, isBack));
    assert.equal(await seen('openstack1', configuration), before);
    assert.equal(await seen('openstack1', 'ls /etc/systemd/system | grep stackprep || :'), '');
    assert.match(
      await seen('openstack1', 'journalctl -b -q --no-pager'),
      /second login was confirmed: rolling back what the step sshd/,
    );
    const check = stackprep('check', 'openstack1', lockOut);
    await check.ended;
    assert.match(check.output(), /The node rolled back the last attempt \(20/);
  });

  it('is rolled back at boot after a power cut, and the same run reports it', async () => {
    await inNode('openstack2', 'sed -i s/GRACE=.*/GRACE=1500/ /etc/environment');
    const before = await seen('openstack2', configuration);
    const run = stackprep('run', 'openstack2', lockOut);
    await run.says(/The second login fails/);
    await lab.disrupt('openstack2', 'power-cut');
    await lab.disrupt('openstack2', 'boot');
    assert.equal(await run.ended, 1, run.output());
    assert.match(
      run.output(),
      /^openstack2 \| sshd \| .*rebooted before a second login was confirmed, and rolled back/m,
    );
    assert.equal(await seen('openstack2', configuration), before);
  });
});
