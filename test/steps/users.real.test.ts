import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { accounts } from '../support/node-programs.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA0n me@desk';
const file = '/etc/sudoers.d/stackprep';

function wanted(users: string, ssh = '{ user: root }'): Cluster {
  const cluster = clusterOf(`cluster: users
ssh: ${ssh}
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
users: ${users}
steps: [users]
`);
  return { ...cluster, inputs: { publicKeys: { '~/.ssh/id': key }, nodeKeys: {} } };
}

/** The hash that these programs store for a password. */
const hashOf = (word: string) => `hash of ${Buffer.from(word).toString('hex')}`;

const deploy = '{ deploy: { groups: [wheel], keys: [~/.ssh/id], sudo: nopasswd, shell: /bin/bash } }';

for (const shell of nodeShells) {
  describe(`The step users under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell) || process.getuid?.() !== 0) this.skip();
      folder = new NodeFolder(shell);
      for (const [name, script] of Object.entries(accounts)) folder.program(name, script);
      folder.put('/accounts', 'root:/bin/bash:root:root hash\nold:/bin/sh:old:old hash\n');
      folder.put('/root/old/.keep', '');
      folder.put('/etc/sudoers', '');
    });
    afterEach(() => folder?.remove());

    const row = (name: string) =>
      (folder.read('/accounts') ?? '').split('\n').find((line) => line.startsWith(`${name}:`));

    it('creates a user with groups, key and sudo rule, only once', () => {
      const cluster = wanted(deploy);
      assert.deepEqual(folder.probe(cluster, 'users').reasons, ['user-missing', 'file-missing']);
      const { outcome, log } = folder.run(cluster, 'users');
      assert.equal(outcome, 'changed', log);
      assert.equal(row('deploy'), 'deploy:/bin/bash:deploy wheel:!!');
      assert.equal(folder.read('/root/deploy/.ssh/authorized_keys'), `${key}\n`);
      assert.equal(folder.read(file), '# Written by Stackprep.\ndeploy ALL=(ALL) NOPASSWD: ALL\n');
      assert.equal((statSync(join(folder.root, file)).mode & 0o777).toString(8), '440');
      assert.equal(folder.run(cluster, 'users').outcome, 'unchanged');
    });

    it('removes the user and the rule on undo, but not the home directory', () => {
      const cluster = wanted(deploy);
      folder.run(cluster, 'users');
      const { outcome, notices, log } = folder.undo(cluster, 'users');
      assert.equal(outcome, 'changed', log);
      assert.deepEqual(notices, ['home-stays']);
      assert.equal(row('deploy'), undefined);
      assert.equal(folder.read(file), undefined);
      assert.equal(folder.read('/root/deploy/.ssh/authorized_keys'), undefined);
    });

    it('restores the shell, groups, password, keys and rules of an existing user on undo', () => {
      const cluster = wanted(
        '{ old: { groups: [libvirt], keys: [~/.ssh/id], shell: /bin/bash, sudo: password, password: { secret: old } } }',
      );
      folder.put('/root/old/.ssh/authorized_keys', 'ssh-rsa AAAAother somebody\n', 0o600);
      folder.put(file, 'somebody ALL=(ALL) ALL\n', 0o440);
      const secrets = new Map([['old', 'new-word']]);
      assert.equal(folder.run(cluster, 'users', secrets).outcome, 'changed');
      assert.equal(row('old'), `old:/bin/bash:old libvirt:${hashOf('new-word')}`);
      assert.equal(folder.run(cluster, 'users', secrets).outcome, 'unchanged');
      assert.equal(folder.undo(cluster, 'users', secrets).outcome, 'changed');
      assert.equal(row('old'), 'old:/bin/sh:old:old hash');
      assert.equal(folder.read('/root/old/.ssh/authorized_keys'), 'ssh-rsa AAAAother somebody\n');
      assert.equal(folder.read(file), 'somebody ALL=(ALL) ALL\n');
    });

    it('passes no password in an argument or environment variable, and prints none', () => {
      const cluster = wanted('{ root: { password: { secret: root } } }');
      const word = 'p4ss:w0rd $(id) "quoted" \'x\' ';
      const run = folder.run(cluster, 'users', new Map([['root', word]]));
      assert.equal(run.outcome, 'changed', run.log);
      assert.equal(row('root')?.endsWith(hashOf(word)), true);
      for (const text of [run.log, folder.read('/calls'), folder.read('/calls.environment')])
        assert.ok(!text?.includes('p4ss'), text);
      assert.equal(folder.run(cluster, 'users', new Map([['root', word]])).outcome, 'unchanged');
      const other = folder.run(cluster, 'users', new Map([['root', 'another']]));
      assert.equal(other.outcome, 'changed');
      assert.equal(row('root')?.endsWith(hashOf('another')), true);
    });

    it('refuses a password that is empty, has several lines or is too long for PAM', () => {
      const cluster = wanted('{ root: { password: { secret: root } } }');
      for (const word of ['', 'one\\nroot:two', 'x'.repeat(128)]) {
        const { outcome, reasons } = folder.run(cluster, 'users', new Map([['root', word]]));
        assert.equal(outcome, 'failed', word);
        assert.deepEqual(reasons.slice(0, 1), ['password-unfit']);
      }
      assert.equal(row('root'), 'root:/bin/bash:root:root hash');
    });

    it('changes nothing if the node lacks a group or shell, or a key could not be read', () => {
      for (const [users, reason] of [
        ['{ deploy: { groups: [nobodys] } }', 'group-missing'],
        ['{ deploy: { shell: /bin/none } }', 'shell-missing'],
        ['{ deploy: { keys: [~/.ssh/other] } }', 'user-key-unread'],
      ] as const) {
        const { outcome, reasons } = folder.run(wanted(users), 'users');
        assert.equal(outcome, 'failed');
        assert.deepEqual(reasons.slice(0, 1), [reason]);
        assert.equal(row('deploy'), undefined);
      }
    });

    it('restores the file of rules if it makes the sudo configuration invalid', () => {
      folder.put(file, 'somebody ALL=(ALL) ALL\n', 0o440);
      folder.program('visudo', 'case $* in *-f*) exit 0;; *) exit 1;; esac');
      const { outcome, notices } = folder.run(wanted(deploy), 'users');
      assert.deepEqual({ outcome, notices }, { outcome: 'failed', notices: ['sudoers-broken'] });
      assert.equal(folder.read(file), 'somebody ALL=(ALL) ALL\n');
    });

    it('writes no rule that visudo refuses', () => {
      folder.program('visudo', 'case $* in *-f*) exit 1;; *) exit 0;; esac');
      const { outcome, notices } = folder.run(wanted(deploy), 'users');
      assert.deepEqual({ outcome, notices }, { outcome: 'failed', notices: ['sudo-rules-refused'] });
      assert.equal(folder.read(file), undefined);
    });

    it('reports another sudo rule that overrides its own', () => {
      const cluster = wanted(deploy);
      folder.run(cluster, 'users');
      folder.program(
        'sudo',
        'echo "User deploy may run the following commands on host:"; echo "    (ALL) NOPASSWD: ALL"; echo "    (ALL : ALL) ALL"',
      );
      const { state, reasons } = folder.probe(cluster, 'users');
      assert.deepEqual({ state, reasons }, { state: 'unknown', reasons: ['sudo-not-in-effect'] });
    });

    const bySudo = '{ user: old, become: sudo }';

    it('keeps the rule of the login user if its removal would prevent sudo for the login', () => {
      folder.run(wanted('{ old: { sudo: nopasswd } }', bySudo), 'users');
      const before = folder.read(file);
      assert.match(before ?? '', /^old ALL/m);
      const { outcome, notices } = folder.run(wanted('{ old: { sudo: none } }', bySudo), 'users');
      assert.deepEqual({ outcome, notices }, { outcome: 'failed', notices: ['sudo-locks-out'] });
      assert.equal(folder.read(file), before);
    });

    it('counts a rule of another file that asks for a password as no way in for a login user who has none', () => {
      folder.put('/accounts', 'root:/bin/bash:root:root hash\nold:/bin/sh:old:!!\n');
      folder.put('/other-rules', 'old ALL=(ALL) ALL\n');
      const users = wanted('{ old: { sudo: nopasswd } }', bySudo);
      folder.run(users, 'users');
      const before = folder.read(file);
      assert.match(before ?? '', /NOPASSWD/);
      const { outcome, notices } = folder.run(wanted('{ old: { sudo: none } }', bySudo), 'users');
      assert.deepEqual({ outcome, notices }, { outcome: 'failed', notices: ['sudo-locks-out'] });
      assert.equal(folder.read(file), before);
      assert.deepEqual(folder.undo(users, 'users').notices, [
        'login-user-stays',
        'login-user-stays',
        'undo-without-effect',
      ]);
      assert.equal(folder.read(file), before);
    });

    it('removes nothing of the login user on undo, even if another user logged in for the run', () => {
      const users =
        '{ deploy: { sudo: nopasswd, keys: [~/.ssh/id] }, other: { sudo: nopasswd, keys: [~/.ssh/id] } }';
      folder.run(wanted(users), 'users');
      const { outcome, notices, log } = folder.undo(wanted(users, '{ user: deploy, become: sudo }'), 'users');
      assert.equal(outcome, 'changed', log);
      assert.deepEqual(notices, ['login-user-stays', 'login-user-stays', 'home-stays']);
      assert.equal(folder.read(file), '# Written by Stackprep.\ndeploy ALL=(ALL) NOPASSWD: ALL\n');
      assert.equal(folder.read('/root/deploy/.ssh/authorized_keys'), `${key}\n`);
      assert.ok(row('deploy'));
      assert.equal(row('other'), undefined);
    });

    it('rolls back rules, shells and passwords if no second login confirms the change', () => {
      const cluster = wanted(
        '{ old: { shell: /bin/bash, sudo: nopasswd, password: { secret: old } } }',
        '{ user: old }',
      );
      folder.put(file, 'somebody ALL=(ALL) ALL\n', 0o440);
      folder.run(cluster, 'users', new Map([['old', 'word']]));
      assert.equal(row('old'), `old:/bin/bash:old:${hashOf('word')}`);
      assert.equal(folder.body(cluster, 'users', 'rollback'), 0);
      assert.equal(row('old'), 'old:/bin/sh:old:old hash');
      assert.equal(folder.read(file), 'somebody ALL=(ALL) ALL\n');
    });
  });
}
