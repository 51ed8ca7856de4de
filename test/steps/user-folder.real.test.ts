import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { clusterOf } from '../support/clusters.ts';
import { NodeFolder } from '../support/node-folder.ts';
import { hasProgram, nodeShells } from '../support/programs.ts';

const key = 'ssh-ed25519 AAAAmine me@desk';
const others = 'from="10.0.0.1" ssh-rsa AAAAother somebody\n';
/** A user that every Linux system has, with a home in the folder. */
const user = { name: 'nobody', id: 65534 };
const home = '/home/deploy';
const keys = `${home}/.ssh/authorized_keys`;
/** A file of root that other users must not read. */
const secret = '/srv/root-only/authorized_keys';

function cluster(steps = 'ssh-keys', sshd = ''): Cluster {
  return {
    ...clusterOf(`cluster: folders
ssh: { user: ${user.name}, become: sudo, identity: ~/.ssh/id }
nodes: { openstack1: { address: 192.168.113.171, roles: [controller] } }
${sshd}steps: [${steps}]
`),
    inputs: { publicKeys: { '~/.ssh/id': key }, nodeKeys: {} },
  };
}

for (const shell of nodeShells) {
  describe(`The .ssh folder of a user under ${shell}`, () => {
    let folder: NodeFolder;
    const at = (path: string) => join(folder.root, path);
    const give = (path: string) => chownSync(at(path), user.id, user.id);
    const put = (path: string, text: string, mode = 0o600) => {
      folder.put(path, text, mode);
      give(path);
    };
    const mkdir = (path: string, mode = 0o700) => {
      mkdirSync(at(path), { recursive: true, mode });
      give(path);
    };
    const shape = (path: string) => {
      const { mode, uid } = lstatSync(at(path));
      return `${(mode & 0o7777).toString(8)} ${uid}`;
    };
    const run = () => folder.run(cluster(), 'ssh-keys');
    const undo = () => folder.undo(cluster(), 'ssh-keys');
    /** Root's own file and folder are unchanged. */
    const assertUnchanged = () => {
      assert.equal(folder.read(secret), 'root only\n');
      assert.deepEqual([shape(secret), shape('/srv/root-only')], ['600 0', '700 0']);
      assert.deepEqual(readdirSync(at('/srv/root-only')), ['authorized_keys']);
    };

    beforeEach(function () {
      if (!hasProgram(shell) || !hasProgram('runuser') || process.getuid?.() !== 0) this.skip();
      folder = new NodeFolder(shell);
      folder.program('id', 'exec /usr/bin/id "$@"');
      folder.program(
        'getent',
        `case $2 in root) echo "root:x:0:0::$ROOT/root:/bin/sh";; ''|${user.name}) echo "${user.name}:x:${user.id}:${user.id}::$ROOT\${HOME_OF_USER:-${home}}:/sbin/nologin";; esac`,
      );
      mkdirSync(at('/srv'), { mode: 0o755 });
      mkdirSync(at('/srv/root-only'), { mode: 0o700 });
      folder.put(secret, 'root only\n', 0o600);
      mkdir(home, 0o755);
    });
    afterEach(() => folder?.remove());

    it('is created with the key, both owned by the user, and removed on undo', () => {
      assert.deepEqual(folder.probe(cluster(), 'ssh-keys').reasons, ['key-missing']);
      const result = run();
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(folder.read(keys), `${key}\n`);
      assert.deepEqual([shape(keys), shape(`${home}/.ssh`)], [`600 ${user.id}`, `700 ${user.id}`]);
      assert.equal(run().outcome, 'unchanged');
      assert.equal(undo().outcome, 'changed');
      assert.equal(folder.read(keys), undefined);
    });

    it('keeps its other keys, gets the modes that sshd requires, and is restored on undo', () => {
      mkdir(`${home}/.ssh`, 0o755);
      put(keys, others, 0o644);
      assert.deepEqual(folder.probe(cluster(), 'ssh-keys').reasons, [
        'key-missing',
        'mode-wrong',
        'mode-wrong',
      ]);
      const result = run();
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(folder.read(keys), `${others}${key}\n`);
      assert.deepEqual([shape(keys), shape(`${home}/.ssh`)], [`600 ${user.id}`, `700 ${user.id}`]);
      assert.equal(undo().outcome, 'changed');
      assert.equal(folder.read(keys), others);
      assert.equal(shape(keys), `644 ${user.id}`);
    });

    it('is found if /home is a link made by root', () => {
      mkdirSync(at('/srv/home'), { mode: 0o755 });
      renameSync(at(home), at('/srv/home/deploy'));
      rmSync(at('/home'), { recursive: true });
      symlinkSync('srv/home', at('/home'));
      const result = run();
      assert.equal(result.outcome, 'changed', result.log);
      assert.equal(folder.read('/srv/home/deploy/.ssh/authorized_keys'), `${key}\n`);
      assert.equal(undo().outcome, 'changed');
      assert.equal(folder.read('/srv/home/deploy/.ssh/authorized_keys'), undefined);
    });

    const refused: Readonly<Record<string, { make: () => void; says: string; path: string }>> = {
      'is a link to a folder of root': {
        make: () => symlinkSync(at('/srv/root-only'), at(`${home}/.ssh`)),
        says: 'path-is-link',
        path: `${home}/.ssh`,
      },
      'is a folder of root': {
        make: () => mkdirSync(at(`${home}/.ssh`), { mode: 0o700 }),
        says: 'path-owner-wrong',
        path: `${home}/.ssh`,
      },
      'is a file': {
        make: () => put(`${home}/.ssh`, ''),
        says: 'path-not-folder',
        path: `${home}/.ssh`,
      },
      'holds a link to a file of root': {
        make: () => {
          mkdir(`${home}/.ssh`);
          symlinkSync(at(secret), at(keys));
        },
        says: 'path-is-link',
        path: keys,
      },
      'holds a link to a file of the user': {
        make: () => {
          mkdir(`${home}/.ssh`);
          put(`${home}/keys`, others);
          symlinkSync('../keys', at(keys));
        },
        says: 'path-is-link',
        path: keys,
      },
      'holds a dangling link': {
        make: () => {
          mkdir(`${home}/.ssh`);
          symlinkSync(at('/srv/root-only/new'), at(keys));
        },
        says: 'path-is-link',
        path: keys,
      },
      'holds a hard link to a file of root': {
        make: () => {
          mkdir(`${home}/.ssh`);
          linkSync(at(secret), at(keys));
        },
        says: 'path-owner-wrong',
        path: keys,
      },
      'holds a named pipe': {
        make: () => {
          mkdir(`${home}/.ssh`);
          assert.equal(spawnSync('mkfifo', [at(keys)]).status, 0);
          give(keys);
        },
        says: 'path-not-file',
        path: keys,
      },
      'holds a folder instead of the file': {
        make: () => {
          mkdir(`${home}/.ssh`);
          mkdir(keys);
        },
        says: 'path-not-file',
        path: keys,
      },
      'is in a world-writable home of another user': {
        make: () => {
          chownSync(at(home), 1, 1);
          assert.equal(spawnSync('chmod', ['777', at(home)]).status, 0);
        },
        says: 'path-owner-wrong',
        path: home,
      },
      'is in a home that does not exist': {
        make: () => rmSync(at(home), { recursive: true }),
        says: 'home-inaccessible',
        path: home,
      },
    };
    for (const [what, { make, says, path }] of Object.entries(refused))
      it(`is not changed, with the path and the reason, if it ${what}`, () => {
        make();
        const result = run();
        assert.equal(result.outcome, 'failed', result.log);
        assert.deepEqual(result.reasons, [says], result.log);
        const reason = result.markers.find((marker) => marker.type === 'because');
        assert.deepEqual(reason?.type === 'because' && reason.reason.args[0], at(path));
        assertUnchanged();
      });

    it('is not followed on undo if the user has replaced it with a link', () => {
      mkdir(`${home}/.ssh`);
      put(keys, others);
      assert.equal(run().outcome, 'changed');
      rmSync(at(`${home}/.ssh`), { recursive: true });
      symlinkSync(at('/srv/root-only'), at(`${home}/.ssh`));
      const result = undo();
      assert.deepEqual([result.outcome, result.notices], ['failed', ['path-is-link']], result.log);
      assertUnchanged();
    });

    it('is not followed on undo if it did not exist before and the user has replaced it with a link', () => {
      assert.equal(run().outcome, 'changed');
      rmSync(at(`${home}/.ssh`), { recursive: true });
      symlinkSync(at('/srv/root-only'), at(`${home}/.ssh`));
      const result = undo();
      assert.deepEqual([result.outcome, result.notices], ['failed', ['path-is-link']], result.log);
      assertUnchanged();
    });

    it('exposes no file of root to the backup', () => {
      mkdir(`${home}/.ssh`);
      symlinkSync(at(secret), at(keys));
      run();
      const kept = spawnSync('grep', ['-rl', 'root only', at('/var/lib/stackprep')], { encoding: 'utf8' });
      assert.equal(kept.stdout, '');
    });

    it('cannot be used to change a file of root while the user swaps folder, link and file continuously', async function () {
      this.timeout(60_000);
      const swap = `cd ${at(home)} && while :; do
        rm -rf .ssh; ln -s ${at('/srv/root-only')} .ssh; rm -f .ssh
        mkdir .ssh; ln -s ${at(secret)} .ssh/authorized_keys; rm -rf .ssh; mkdir .ssh; : >.ssh/authorized_keys
        for f in .ssh/.stackprep.*; do ln -sf ${at(secret)} "$f"; done
      done 2>/dev/null`;
      const hostile = spawn('runuser', ['-u', user.name, '--', 'sh', '-c', swap], { stdio: 'ignore' });
      try {
        for (let round = 0; round < 5; round++) {
          run();
          undo();
          assertUnchanged();
        }
      } finally {
        const ended = new Promise((resolve) => hostile.once('close', resolve));
        hostile.kill();
        await ended;
      }
    });

    it('is read by the step sshd without blocking on a pipe or following a link', () => {
      mkdir(`${home}/.ssh`);
      assert.equal(spawnSync('mkfifo', [at(keys)]).status, 0);
      give(keys);
      folder.put('/etc/ssh/sshd_config', 'PasswordAuthentication yes\n');
      folder.program(
        'sshd',
        'case $* in *-f*) echo "passwordauthentication no";; *) echo "passwordauthentication yes";; esac',
      );
      const result = folder.probe(cluster('sshd', 'sshd: { PasswordAuthentication: "no" }\n'), 'sshd');
      assert.deepEqual([result.state, result.reasons], ['unknown', ['sshd-setting', 'path-not-file']]);
    });
  });
}
