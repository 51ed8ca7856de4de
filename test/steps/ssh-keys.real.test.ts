import assert from 'node:assert/strict';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { nodeKeysCommand, readNodeKeys } from '../../src/steps/ssh-keys/node-keys.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const mine = 'ssh-ed25519 AAAAmine me@desk';
const keys = (name: string) => ({
  user: `ssh-ed25519 AAAA${name} root@${name}`,
  hosts: [`ssh-ed25519 AAAAhost${name}`],
});

function cluster(
  between: boolean,
  publicKeys: Readonly<Record<string, string>> = { '~/.ssh/id': mine },
): Cluster {
  return {
    ...clusterOf(`cluster: keys
ssh: { user: root, identity: ~/.ssh/id, between-nodes: ${between} }
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute] }
steps: [ssh-keys]
`),
    inputs: { publicKeys, nodeKeys: between ? { openstack1: keys('one'), openstack2: keys('two') } : {} },
  };
}

for (const shell of nodeShells) {
  describe(`The step ssh-keys under ${shell}`, () => {
    let folder: NodeFolder;
    beforeEach(function () {
      if (!hasProgram(shell) || process.getuid?.() !== 0) this.skip();
      folder = new NodeFolder(shell);
      folder.put('/root/.keep', '');
      folder.program('getent', 'echo "$2:x:0:0::$ROOT/root:/bin/sh"');
      folder.program('id', 'case $1 in -u) echo 0;; *) echo root;; esac');
    });
    afterEach(() => folder?.remove());

    const authorized = () => folder.read('/root/.ssh/authorized_keys') ?? '';
    const mode = (path: string) => (statSync(join(folder.root, path)).mode & 0o777).toString(8);

    it('creates the folder and the file with the modes that sshd requires, and adds the key once', () => {
      assert.deepEqual(folder.probe(cluster(false), 'ssh-keys').reasons, ['key-missing']);
      assert.equal(folder.run(cluster(false), 'ssh-keys').outcome, 'changed');
      assert.equal(authorized(), `${mine}\n`);
      assert.deepEqual([mode('root/.ssh'), mode('root/.ssh/authorized_keys')], ['700', '600']);
      assert.equal(folder.run(cluster(false), 'ssh-keys').outcome, 'unchanged');
      assert.equal(folder.body(cluster(false), 'ssh-keys', 'revert'), 0);
      assert.equal(folder.read('/root/.ssh/authorized_keys'), undefined);
    });

    it('keeps other keys and other lines with its own key, with their options, and fixes modes', () => {
      const other = 'from="10.0.0.1",no-pty ssh-rsa AAAAother somebody';
      folder.put('/root/.ssh/authorized_keys', `# ${mine}\n${mine}\n${other}\nno-pty ${mine}\n`, 0o644);
      const { reasons } = folder.probe(cluster(false), 'ssh-keys');
      assert.deepEqual(reasons, ['mode-wrong', 'mode-wrong']);
      assert.equal(folder.run(cluster(false), 'ssh-keys').outcome, 'changed');
      assert.equal(authorized(), `# ${mine}\n${mine}\n${other}\nno-pty ${mine}\n`);
    });

    const blob = mine.split(' ').slice(0, 2).join(' ');
    for (const [options, before, reason] of [
      ['command="echo \\"no, \\" ssh-rsa"', true, 'key-restricted'],
      ['restrict,command="x y"', true, 'key-restricted'],
      ['from="203.0.113.*"', false, 'key-missing'],
      ['from="10.0.0.0/8,!127.0.0.1,*"', false, 'key-missing'],
      ['cert-authority', false, 'key-missing'],
      ['expiry-time="20200101"', false, 'key-missing'],
    ] as const)
      it(`adds its key next to one with ${options}, which stays`, () => {
        const line = `${options} ${blob} me@laptop`;
        folder.put('/root/.ssh/authorized_keys', `${line}\n`, 0o600);
        chmodSync(join(folder.root, 'root/.ssh'), 0o700);
        const run = folder.run(cluster(false), 'ssh-keys');
        assert.equal(run.outcome, 'changed', run.log);
        assert.ok(run.markers.some((each) => each.type === 'because' && each.reason.code === reason));
        assert.equal(authorized(), before ? `${mine}\n${line}\n` : `${line}\n${mine}\n`);
        assert.equal(folder.run(cluster(false), 'ssh-keys').outcome, 'unchanged');
        folder.undo(cluster(false), 'ssh-keys');
        assert.equal(authorized(), `${line}\n`);
      });

    for (const options of ['no-port-forwarding,no-pty', 'from="127.0.0.0/8",restrict', 'environment="A=b c"'])
      it(`counts its key with ${options}, with which a login succeeds`, () => {
        folder.put('/root/.ssh/authorized_keys', `${options} ${blob}\n`, 0o600);
        chmodSync(join(folder.root, 'root/.ssh'), 0o700);
        assert.deepEqual(folder.probe(cluster(false), 'ssh-keys').reasons, []);
      });

    it('accepts the modes that Packstack sets for root, and still adds a missing key', () => {
      folder.run(cluster(false), 'ssh-keys');
      chmodSync(join(folder.root, 'root/.ssh/authorized_keys'), 0o400);
      chmodSync(join(folder.root, 'root/.ssh'), 0o500);
      assert.deepEqual(folder.probe(cluster(false), 'ssh-keys').reasons, []);
      folder.put('/root/.ssh/authorized_keys', 'ssh-rsa AAAAother somebody\n', 0o400);
      assert.deepEqual(folder.probe(cluster(false), 'ssh-keys').reasons, ['key-missing']);
      assert.equal(folder.run(cluster(false), 'ssh-keys').outcome, 'changed');
      chmodSync(join(folder.root, 'root/.ssh/authorized_keys'), 0o440);
      assert.deepEqual(folder.probe(cluster(false), 'ssh-keys').reasons, ['mode-wrong']);
    });

    it('adds a key to a file without a newline at the end', () => {
      folder.put('/root/.ssh/authorized_keys', 'ssh-rsa AAAAother somebody', 0o600);
      assert.equal(folder.run(cluster(false), 'ssh-keys').outcome, 'changed');
      assert.equal(authorized(), `ssh-rsa AAAAother somebody\n${mine}\n`);
    });

    it('fails if the public key could not be read', () => {
      assert.deepEqual(folder.run(cluster(false, {}), 'ssh-keys').reasons, ['public-key-unreadable']);
    });

    it('distributes the keys and host keys of all nodes to root, and replaces their old known_hosts lines', () => {
      folder.put(
        '/root/.ssh/known_hosts',
        'openstack2,192.168.113.172 ssh-rsa AAAAold\nelsewhere ssh-rsa AAAAfar\n',
        0o600,
      );
      folder.program(
        'ssh-keygen',
        'while [ "$1" != -f ]; do shift; done; case $2 in /root*) set -- -f "$ROOT$2";; esac; echo k >"$2"; echo "ssh-ed25519 AAAAone root@openstack1" >"$2.pub"',
      );
      const result = folder.run(cluster(true), 'ssh-keys');
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(authorized(), `${mine}\n${keys('one').user}\n${keys('two').user}\n`);
      assert.equal(
        folder.read('/root/.ssh/known_hosts'),
        'elsewhere ssh-rsa AAAAfar\n# BEGIN stackprep\nopenstack1,192.168.113.171 ssh-ed25519 AAAAhostone\nopenstack2,192.168.113.172 ssh-ed25519 AAAAhosttwo\n# END stackprep\n',
      );
      assert.equal(folder.run(cluster(true), 'ssh-keys').outcome, 'unchanged');
    });

    it('keeps the lines of a node whose keys cannot be read now in its place, and asks for nothing', () => {
      const reachable = (...names: readonly string[]): Cluster => {
        const all = cluster(true);
        const nodeKeys = Object.fromEntries(names.map((name) => [name, keys(name)]));
        return { ...all, inputs: { publicKeys: {}, ...all.inputs, nodeKeys } };
      };
      folder.put('/root/.ssh/id_ed25519.pub', `${keys('openstack1').user}\n`);
      folder.run(reachable('openstack1', 'openstack2'), 'ssh-keys');
      const known = () => folder.read('/root/.ssh/known_hosts') ?? '';
      const whole = known();
      assert.match(whole, /^openstack1,192\.168\.113\.171 .*\nopenstack2,192\.168\.113\.172 /m);
      for (const up of ['openstack1', 'openstack2']) {
        assert.deepEqual(folder.probe(reachable(up), 'ssh-keys').reasons, [], up);
        assert.equal(folder.run(reachable(up), 'ssh-keys').outcome, 'unchanged');
        assert.equal(known(), whole);
      }
      const moved = 'openstack2 ssh-ed25519 AAAAmoved\n';
      folder.put('/root/.ssh/known_hosts', `${moved}${whole.replace('openstack1,', '')}`, 0o600);
      assert.equal(folder.run(reachable('openstack1'), 'ssh-keys').outcome, 'changed');
      assert.equal(known(), `${moved}${whole}`);
    });

    it('reads the keys of a node, and creates one for root only if it is missing and required', () => {
      folder.put('/etc/ssh/ssh_host_rsa_key.pub', 'ssh-rsa AAAAhost root@one\n');
      folder.program(
        'ssh-keygen',
        'echo "ssh-keygen $*" >>"$ROOT/calls"; for word; do case $word in */id_ed25519) echo "ssh-ed25519 AAAAnew root@one" >"$word.pub";; esac; done',
      );
      assert.equal(readNodeKeys(folder.output(nodeKeysCommand('one', false))), undefined);
      assert.deepEqual(folder.calls(), []);
      const result = { user: 'ssh-ed25519 AAAAnew root@one', hosts: ['ssh-rsa AAAAhost'] };
      for (const make of [true, true, false])
        assert.deepEqual(readNodeKeys(folder.output(nodeKeysCommand('one', make))), result);
      assert.deepEqual(
        folder.calls().map((line) => line.replaceAll(folder.root, '')),
        ['ssh-keygen -q -t ed25519 -N  -C root@one -f /root/.ssh/id_ed25519'],
      );
    });
  });
}

describe('The keys that a node prints', () => {
  it('are parsed as the first key of root and all host keys, without other output', () => {
    const said =
      'Welcome!\r\nuser ssh-ed25519 AAAA root@n\nhost ssh-ed25519 BBBB\nhost ssh-rsa CCCC\nhost nonsense\n';
    assert.deepEqual(readNodeKeys(said), {
      user: 'ssh-ed25519 AAAA root@n',
      hosts: ['ssh-ed25519 BBBB', 'ssh-rsa CCCC'],
    });
    assert.equal(readNodeKeys('host ssh-rsa CCCC\n'), undefined);
  });
});
