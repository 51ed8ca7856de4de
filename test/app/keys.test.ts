import assert from 'node:assert/strict';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangeKeys } from '../../src/app/exchange-keys.ts';
import { loginOf, makeMissingKeys, withPublicKeys } from '../../src/app/keys.ts';
import { makeKeyPair, parseKey } from '../../src/remote/base/ssh2.ts';
import type { Transport } from '../../src/remote/base/transport.ts';
import { clearAway } from '../support/clear-away.ts';
import { clusterOf } from '../support/clusters.ts';
import { lost, scriptedPorts } from '../support/scripted.ts';
import { execute, opensshMissing } from '../support/sshd.ts';

const cluster = (step: string, more = '') =>
  clusterOf(`cluster: keys
ssh: { user: root, identity: ~/.ssh/id_ed25519${more} }
nodes:
  openstack1: { address: 192.168.113.171, roles: [controller] }
  openstack2: { address: 192.168.113.172, roles: [compute] }
steps: [${step}]
`);

describe('The keys of a run', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'stackprep-keys-'));
  });
  afterEach(() => clearAway(home));
  const path = () => join(home, '.ssh/id_ed25519');

  it('are read for users by the name of the public or of the private key file, and only where the step runs', async () => {
    await makeMissingKeys(
      { cluster: cluster('ssh-keys'), selection: {} },
      { home, who: 'me@desk', mayMakeKey: async () => true },
    );
    const text = (steps: string) =>
      clusterOf(`cluster: keys
nodes: { openstack1: { address: 192.168.113.171 } }
users: { deploy: { keys: [~/.ssh/id_ed25519.pub, ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ+9FHUuRO1Y0S6MAYfKt5xRm9gZC2LHG7FYhvfPuPfQ me] } }
steps: ${steps}
`);
    const { inputs } = await withPublicKeys(text('[users]'), {}, home);
    assert.deepEqual(Object.keys(inputs?.publicKeys ?? {}), ['~/.ssh/id_ed25519']);
    assert.equal((await withPublicKeys(text('[timezone]'), {}, home)).inputs, undefined);
  });

  it('are created if they are missing and the user agrees, in a format that OpenSSH reads', async function () {
    if (opensshMissing()) this.skip();
    const asked: string[] = [];
    const mayMakeKey = async (each: string) => asked.push(each) > 0;
    await makeMissingKeys(
      { cluster: cluster('ssh-keys'), selection: {} },
      { home, who: 'me@desk', mayMakeKey },
    );
    assert.deepEqual(asked, [path()]);
    assert.equal((await stat(path())).mode & 0o777, 0o600);
    const line = (await readFile(`${path()}.pub`, 'utf8')).trim();
    assert.match(line, /^ssh-ed25519 \S+ me@desk$/);
    const { stdout } = await execute('ssh-keygen', ['-y', '-f', path()]);
    assert.equal(stdout.trim().split(' ')[1], line.split(' ')[1]);
    const { inputs } = await withPublicKeys(cluster('ssh-keys'), {}, home);
    assert.equal(inputs?.publicKeys['~/.ssh/id_ed25519'], line);
    await makeMissingKeys(
      { cluster: cluster('ssh-keys'), selection: {} },
      { home, who: 'other', mayMakeKey },
    );
    assert.equal(asked.length, 1);
  });

  it('are all readable, even those with a leading zero byte', () => {
    for (let count = 0; count < 300; count += 1) {
      const key = parseKey(makeKeyPair('me').private);
      assert.ok(!(key instanceof Error), key instanceof Error ? key.message : '');
    }
  });

  it('are not created without consent, nor for a step that does not install them', async () => {
    const no = { home, who: 'me', mayMakeKey: async () => false };
    await makeMissingKeys({ cluster: cluster('ssh-keys'), selection: {} }, no);
    await makeMissingKeys(
      { cluster: cluster('hosts-file'), selection: {} },
      { ...no, mayMakeKey: async () => true },
    );
    await assert.rejects(stat(path()), { code: 'ENOENT' });
  });

  it('that cannot be created are reported with the cause', async () => {
    await writeFile(join(home, '.ssh'), 'a file where the folder should be');
    const yes = { home, who: 'me', mayMakeKey: async () => true };
    const failures = await makeMissingKeys({ cluster: cluster('ssh-keys'), selection: {} }, yes);
    assert.match(failures['~/.ssh/id_ed25519'] ?? '', /EEXIST|ENOTDIR/);
  });

  it('are not used for the login while they are missing on nodes that run ssh-keys', async () => {
    const [node] = cluster('ssh-keys').nodes;
    assert.ok(node);
    assert.equal((await loginOf(cluster('ssh-keys'), node, home)).ssh.identity, undefined);
    assert.equal((await loginOf(cluster('hosts-file'), node, home)).ssh.identity, '~/.ssh/id_ed25519');
  });
});

describe('The exchange of keys between nodes', () => {
  const printing = (text: string, seen: string[]): Transport => ({
    exec: async function* (command) {
      seen.push(command.stdin ?? '');
      yield { type: 'data', stream: 'stdout', bytes: Buffer.from(text) };
      yield { type: 'exit', code: 0, signal: undefined };
    },
    dispose: async () => undefined,
  });
  const wish = (kind: 'check' | 'run', more = ', between-nodes: true') => ({
    kind,
    cluster: cluster('ssh-keys', more),
    selection: {},
  });
  const signal = new AbortController().signal;

  it('passes the keys of the connected nodes to the run, together with the open connections', async () => {
    const seen: string[] = [];
    const transport = printing('user ssh-ed25519 AAAA root@one\nhost ssh-ed25519 BBBB\n', seen);
    const ports = scriptedPorts({
      openstack1: { ok: true, transport },
      openstack2: { ok: false, failure: lost },
    });
    const done = await exchangeKeys(wish('run'), ports, signal);
    assert.deepEqual(done.cluster.inputs?.nodeKeys, {
      openstack1: { user: 'ssh-ed25519 AAAA root@one', hosts: ['ssh-ed25519 BBBB'] },
    });
    const [one, two] = done.cluster.nodes;
    assert.ok(one && two);
    assert.deepEqual(await done.connector.connect(one, signal), { ok: true, transport });
    assert.deepEqual(await done.connector.connect(two, signal), { ok: false, failure: lost });
    assert.match(seen.join(), /^node_keys_make=yes$/m);
  });

  it('reads the keys of the nodes that the run leaves out too, without a prompt, a new key or an open connection', async () => {
    const seen: Record<string, string[]> = { openstack1: [], openstack2: [] };
    const asked: [string, boolean | undefined][] = [];
    const disposed: string[] = [];
    const ports = scriptedPorts({});
    const connector: typeof ports.connector = {
      connect: async ({ name }, _signal, isQuiet) => {
        asked.push([name, isQuiet]);
        const { exec } = printing(`user ssh-ed25519 AAAA root@${name}\n`, seen[name] ?? []);
        return { ok: true, transport: { exec, dispose: async () => void disposed.push(name) } };
      },
    };
    const selection = { nodes: ['openstack1'] };
    const done = await exchangeKeys({ ...wish('run'), selection }, { ...ports, connector }, signal);
    assert.deepEqual(Object.keys(done.cluster.inputs?.nodeKeys ?? {}).sort(), ['openstack1', 'openstack2']);
    assert.deepEqual(asked.sort(), [
      ['openstack1', false],
      ['openstack2', true],
    ]);
    assert.match(seen.openstack1?.join() ?? '', /^node_keys_make=yes$/m);
    assert.match(seen.openstack2?.join() ?? '', /^node_keys_make=''$/m);
    assert.deepEqual(disposed, ['openstack2']);
    await done.close();
    assert.deepEqual(disposed, ['openstack2', 'openstack1']);
    await exchangeKeys(
      { ...wish('run'), selection: { steps: ['upgrade'] } },
      { ...ports, connector },
      signal,
    );
    assert.equal(asked.length, 2);
  });

  it('creates no key during a check, and contacts no node unless it is enabled', async () => {
    const seen: string[] = [];
    const transport = printing('', seen);
    const ports = scriptedPorts({ openstack1: { ok: true, transport }, openstack2: { ok: true, transport } });
    await exchangeKeys(wish('check'), ports, signal);
    assert.equal(seen.length, 2);
    for (const text of seen) assert.match(text, /^node_keys_make=''$/m);
    const none = await exchangeKeys(wish('run', ''), ports, signal);
    assert.equal(seen.length, 2);
    assert.equal(none.connector, ports.connector);
  });
});
