import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeCluster } from '../../src/rules/decode.ts';
import { type Lab, upLab } from './lab.ts';
import { leftovers } from './leftovers.ts';
import { whyNot } from './provision.ts';
import { mustSync, run } from './run.ts';
import { systemNames, systems } from './systems.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('The lab', () => {
  before('finds nothing left behind', () => assert.deepEqual(leftovers(), []));

  for (const system of systemNames) {
    describe(`of four nodes with ${system}`, () => {
      let lab: Lab;

      before('boots once, so that the cache is filled', async () => (await upLab({ system })).down());
      after(() => lab?.down());

      it('boots from a filled cache', async () => {
        const begun = Date.now();
        lab = await upLab({ system });
        const seconds = (Date.now() - begun) / 1000;
        assert.equal(lab.nodes.length, 4);
        console.log(`      four nodes were up in ${seconds.toFixed(1)} s (goal: 10 s)`);
      });

      it('accepts OpenSSH logins on each node with strict host key checking', async () => {
        for (const node of lab.nodes) {
          const { code, stdout, stderr } = await lab.ssh(node.name, 'uname -n; id -un');
          assert.equal(code, 0, stderr);
          assert.equal(stdout, `${node.name}\nroot\n`);
        }
      });

      it('has every unit running and the right system name', async () => {
        const { stdout } = await lab.ssh(
          'openstack2',
          'systemctl --failed --no-legend; . /etc/os-release; echo $ID $VERSION_ID',
        );
        assert.equal(stdout, `centos ${system.slice(2)}\n`);
        assert.equal((await lab.ssh('openstack2', 'command -v dnf')).code, system === 'el7' ? 1 : 0);
      });

      it('has two interfaces on two bridges, and no default route', async () => {
        const brief = await lab.ssh('openstack1', 'ip -brief address show; ip route');
        assert.match(brief.stdout, /^eth0@\S+\s+UP\s+198\.18\.88\.171\/24/m);
        assert.match(brief.stdout, /^eth1@\S+\s+UP\s+fe80/m);
        assert.doesNotMatch(brief.stdout, /default/);
        assert.equal((await lab.ssh('openstack1', 'ping -c 1 -W 2 198.18.88.172')).code, 0);
        const second = "ip -6 -o address show dev eth1 scope link | awk '{print $4}' | cut -d/ -f1";
        const far = (await lab.ssh('openstack2', second)).stdout.trim();
        assert.equal((await lab.ssh('openstack1', `ping -c 1 -W 2 ${far}%eth1`)).code, 0);
      });

      it('writes a valid cluster file with the matching release', () => {
        const { cluster, problems } = decodeCluster(readFileSync(lab.clusterFile, 'utf8'));
        assert.deepEqual(problems, []);
        assert.equal(cluster?.openstack.release, systems[system].openstack);
        assert.deepEqual(
          cluster?.nodes.map((node) => [node.name, node.address, node.ssh.user]),
          lab.nodes.map((node) => [node.name, node.address, 'root']),
        );
      });

      it('refuses to start twice', async () => {
        await assert.rejects(upLab({ nodes: 1, system }), /a lab is up already/);
        assert.equal((await lab.ssh('openstack1', 'true')).code, 0);
      });

      it('leaves nothing behind when it is taken down', async () => {
        await lab.down();
        assert.deepEqual(leftovers(), []);
      });
    });
  }

  it('refuses to start if its prefix is already routed, and keeps that route', async () => {
    const route = ['blackhole', '198.18.88.128/25', 'metric', '77'];
    mustSync(['ip', 'route', 'add', ...route]);
    try {
      await assert.rejects(upLab({ nodes: 1 }), /198\.18\.88\.0\/24 is already routed.*198\.18\.88\.128\/25/);
      assert.match(mustSync(['ip', 'route']), /blackhole 198\.18\.88\.128\/25/);
    } finally {
      mustSync(['ip', 'route', 'delete', ...route]);
    }
    assert.deepEqual(leftovers(), []);
  });

  it('refuses to start if its bridge exists already, and keeps that bridge', async () => {
    mustSync(['ip', 'link', 'add', 'splab0', 'type', 'bridge']);
    try {
      await assert.rejects(upLab({ nodes: 1 }), /splab0 that the lab did not make/);
      assert.deepEqual(leftovers(), ['interface splab0 (a bridge)']);
    } finally {
      mustSync(['ip', 'link', 'delete', 'splab0']);
    }
  });

  it('reports why it cannot run', () => {
    assert.match(whyNot({ platform: 'linux', uid: 1000 }) ?? '', /needs root/);
    assert.match(whyNot({ platform: 'darwin', uid: 0 }) ?? '', /needs Linux/);
    assert.equal(whyNot(), undefined);
  });

  it('is taken down with the process that started it, even by an interrupt', async () => {
    const child = await hold();
    child.kill('SIGINT');
    assert.equal(await ended(child), 130);
    assert.deepEqual(leftovers(), []);
  });

  it('is removed by the next one if its process was killed', async () => {
    const child = await hold();
    child.kill('SIGKILL');
    await ended(child);
    assert.notDeepEqual(leftovers(), []);
    const lab = await upLab({ nodes: 1 });
    assert.equal((await lab.ssh('openstack1', 'true')).code, 0);
    await lab.down();
    assert.deepEqual(leftovers(), []);
  });

  it('supports up, status, ssh and down on the command line', async () => {
    const cli = (...args: string[]) => run([process.execPath, '--import', 'tsx', here('cli.ts'), ...args]);
    const up = await cli('up', '2');
    assert.equal(up.code, 0, up.stderr);
    assert.match(up.stdout, /2 nodes up in/);
    assert.match((await cli('status')).stdout, /openstack2 {2}198\.18\.88\.172 {2}on, ssh answers/);
    const ssh = await cli('ssh', 'openstack2', 'echo "a  b"; exit 7');
    assert.deepEqual([ssh.code, ssh.stdout], [7, 'a  b\n']);
    const down = await cli('down');
    assert.equal(down.code, 0, down.stderr);
    assert.deepEqual(leftovers(), []);
  });
});

/** Starts a process with a lab, and waits until it is up. */
function hold(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', here('hold.ts')]);
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', () => resolve(child));
    child.stderr.on('data', (bytes) => {
      said += String(bytes);
    });
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', (code) => resolve(code)));
}
