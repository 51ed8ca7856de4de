import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '../../src/cluster/model.ts';
import { startDemo } from '../../src/demo/entry.ts';
import { payload, runnableStep } from '../../src/plan/payload.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { type Connected, keyOf, login, markersOf, nodeOf } from './client.ts';
import { hasOpenSsh, openSsh } from './open-ssh.ts';
import { type DemoSession, openSession } from './session.ts';

const nonce = 'n0nce';

/** The payload for the first node with some of its steps. */
function payloadFor(cluster: Cluster, kind: 'probe' | 'run', ids: readonly string[]): string {
  const node = nodeOf(cluster, 'openstack1');
  const items = cluster.steps.filter(({ id }) => ids.includes(id));
  const steps = items.flatMap((item) => runnableStep(cluster, node, item) ?? []);
  return payload(kind, steps).text(nonce);
}

describe('The demo', () => {
  let session: DemoSession;
  let client: Connected;
  let port: number;
  before(async () => {
    session = await openSession();
    ({ port } = nodeOf(session.cluster, 'openstack1').ssh);
    client = await login({ port, privateKey: await keyOf(session.demo) });
  });
  after(async () => {
    client.close();
    await session.close();
  });

  /** Runs a payload with the steps, for the demo's cluster or a variant, and returns its markers after `begin`. */
  async function markers(kind: 'probe' | 'run', ids: readonly string[], cluster = session.cluster) {
    const { code, stdout } = await client.exec('sh -s', payloadFor(cluster, kind, ids));
    const [begin, ...rest] = markersOf(stdout, nonce);
    assert.equal(code, 0);
    assert.equal(begin?.type, 'begin');
    assert.deepEqual(rest.at(-1), { type: 'end' });
    return rest.slice(0, -1);
  }

  /** The file's cluster with a change in its text. */
  async function edited(from: string, to: string): Promise<Cluster> {
    const text = await readFile(session.demo.clusterFile, 'utf8');
    assert.ok(text.includes(from));
    const { cluster } = decodeCluster(text.replace(from, to));
    assert.ok(cluster);
    return cluster;
  }

  it('writes a cluster file, a key and known_hosts that only their owner can read', async () => {
    const names = await readdir(session.folder);
    assert.deepEqual(names.toSorted(), ['demo.cluster.yaml', 'id_ed25519', 'id_ed25519.pub', 'known_hosts']);
    if (process.platform === 'win32') return;
    for (const name of names)
      assert.equal((await stat(join(session.folder, name))).mode & 0o777, 0o600, name);
  });

  it('overwrites the files of an earlier demo, and does not widen their mode', async () => {
    const second = await openSession();
    try {
      const file = second.demo.clusterFile;
      await writeFile(file, 'old', { mode: 0o644 });
      const third = await startDemo({ folder: second.folder, pace: 'fast', system: 'el9', scenarios: [] });
      await third.stop();
      assert.match(await readFile(file, 'utf8'), /release: epoxy/);
    } finally {
      await second.close();
    }
  });

  it('describes four nodes with realistic addresses that are reached on loopback', () => {
    const found = session.cluster.nodes.map(({ name, address, roles, ssh }) => [
      name,
      address,
      ...roles,
      ssh.host,
    ]);
    assert.deepEqual(found, [
      ['openstack1', '192.168.113.171', 'controller', '127.0.0.1'],
      ['openstack2', '192.168.113.172', 'compute', '127.0.0.1'],
      ['openstack3', '192.168.113.173', 'compute', '127.0.0.1'],
      ['openstack4', '192.168.113.174', 'storage', '127.0.0.1'],
    ]);
  });

  it('accepts the real OpenSSH client with the files that it wrote', async function () {
    if (!hasOpenSsh()) return this.skip();
    const { code, stdout } = await openSsh({
      identity: join(session.folder, 'id_ed25519'),
      knownHosts: session.demo.knownHosts,
      port,
      input: payloadFor(session.cluster, 'probe', ['hosts-file']),
    });
    assert.equal(code, 0);
    assert.deepEqual(markersOf(stdout, nonce).at(-1), { type: 'end' });
  });

  it('answers a probe with its facts and the state of each step', async () => {
    const found = await markers('probe', ['hosts-file', 'openstack-client']);
    const facts = new Map(found.flatMap((each) => (each.type === 'fact' ? [[each.key, each.value]] : [])));
    assert.match(facts.get('bootId') ?? '', /^[0-9a-f-]{36}$/);
    facts.delete('bootId');
    assert.deepEqual(Object.fromEntries(facts), {
      hostname: 'openstack1',
      osId: 'centos',
      osVersion: '7',
      osName: 'CentOS Linux 7 (Core)',
      el: '7',
      arch: 'x86_64',
      kernel: '3.10.0-1160.el7.x86_64',
      manager: 'yum',
      user: 'root',
      interfaces: 'lo eth0 eth1',
      memory: '8388608',
    });
    assert.deepEqual(found.slice(-6), [
      { type: 'step', step: 'hosts-file' },
      { type: 'because', reason: { code: 'file-differs', args: ['/etc/hosts'] } },
      { type: 'state', step: 'hosts-file', state: 'needed' },
      { type: 'step', step: 'openstack-client' },
      { type: 'because', reason: { code: 'package-missing', args: ['python-openstackclient'] } },
      { type: 'state', step: 'openstack-client', state: 'needed' },
    ]);
  });

  it('applies a step and then reports it unchanged, with the markers of the shell library', async () => {
    assert.deepEqual(await markers('run', ['shell-profile']), [
      { type: 'step', step: 'shell-profile' },
      { type: 'phase', phase: 'check' },
      { type: 'because', reason: { code: 'file-missing', args: ['/etc/profile.d/stackprep.sh'] } },
      { type: 'state', step: 'shell-profile', state: 'needed' },
      { type: 'phase', phase: 'apply' },
      { type: 'phase', phase: 'verify' },
      { type: 'state', step: 'shell-profile', state: 'done' },
      { type: 'result', step: 'shell-profile', outcome: 'changed' },
    ]);
    assert.deepEqual(await markers('run', ['shell-profile']), [
      { type: 'step', step: 'shell-profile' },
      { type: 'phase', phase: 'check' },
      { type: 'state', step: 'shell-profile', state: 'done' },
      { type: 'result', step: 'shell-profile', outcome: 'unchanged' },
    ]);
  });

  it('fails like yum when no repository has the package yet', async () => {
    const { stdout } = await client.exec('sh -s', payloadFor(session.cluster, 'run', ['openstack-client']));
    assert.match(stdout, /No package python-openstackclient available\.\nError: Nothing to do\n/);
    const result = markersOf(stdout, nonce).find(({ type }) => type === 'result');
    assert.deepEqual(result, {
      type: 'result',
      step: 'openstack-client',
      outcome: 'failed',
      reason: { code: 'apply-failed', args: ['1'] },
    });
  });

  it('reports drift when the cluster file has changed since the run', async () => {
    await markers('run', ['hosts-file', 'locale']);
    const changed = await edited('192.168.113.174', '192.168.113.184');
    const states = (await markers('probe', ['hosts-file', 'locale'], changed)).filter(
      ({ type }) => type === 'state',
    );
    assert.deepEqual(states, [
      { type: 'state', step: 'hosts-file', state: 'drifted' },
      { type: 'state', step: 'locale', state: 'done' },
    ]);
  });

  it('reports an unknown state for another installed release and for one without packages for the system', async () => {
    await markers('run', ['repositories']);
    const because = async (release: string) =>
      (await markers('run', ['repositories'], await edited('release: stein', `release: ${release}`))).flatMap(
        (each) => (each.type === 'because' ? [each.reason] : each.type === 'result' ? [each.reason] : []),
      );
    assert.deepEqual(await because('train'), [
      { code: 'other-release-installed', args: ['centos-release-openstack-stein'] },
      { code: 'check-unknown', args: [] },
    ]);
    assert.deepEqual(await because('epoxy'), [
      { code: 'release-not-for-system', args: ['epoxy', 'centos 7'] },
      { code: 'check-unknown', args: [] },
    ]);
  });

  it('reports a custom step without a check as needed until exactly its text has run', async () => {
    const written = 'on: compute\n    check: test -f /etc/house\n';
    const bare = await edited(written, 'on: openstack1\n');
    const other = await edited(written, 'on: openstack1\n    check: test -f /etc/other\n');
    const state = async (cluster: Cluster) =>
      (await markers('probe', ['house-rules'], cluster)).filter(
        ({ type }) => type === 'because' || type === 'state',
      );
    const notRun = { type: 'because', reason: { code: 'custom-not-run', args: [] } };
    assert.deepEqual(await state(bare), [notRun, { type: 'state', step: 'house-rules', state: 'needed' }]);
    await markers('run', ['house-rules'], bare);
    assert.deepEqual(await state(bare), [{ type: 'state', step: 'house-rules', state: 'done' }]);
    assert.deepEqual((await state(other))[1], {
      type: 'state',
      step: 'house-rules',
      state: 'drifted',
    });
  });

  it('does not run a truncated script', async () => {
    const text = payloadFor(session.cluster, 'run', ['locale']);
    assert.equal((await client.exec('sh -s', text.slice(0, -40))).code, 127);
  });
});
