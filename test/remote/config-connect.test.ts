import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { english } from '../../src/base/l10n.ts';
import { connectNode } from '../../src/remote/connect.ts';
import { createHostKeys } from '../../src/remote/host-keys/host-keys.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { startServer, type TestServer } from '../support/ssh-server.ts';
import { opensshMissing } from '../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`A connection with the user’s ssh config${title}`, () => {
  let home: Home;
  let node: TestServer;
  before(async () => {
    node = await startServer({ password: 'pw' });
  });
  after(() => node.close());
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  /** Connects to a node whose cluster file sets only its address. */
  const connect = async (config: string, prompts = person({ secrets: ['pw'] })) => {
    const env = await writeConfig(home, config);
    const hostKeys = createHostKeys({ files: [], store: home.file('trusted') });
    const ssh = {
      host: '192.0.2.1',
      port: 22,
      user: 'root',
      become: 'none',
      open: ['port', 'user'],
    } as const;
    const signal = new AbortController().signal;
    return connectNode({
      node: { name: 'openstack1', ssh },
      prompts,
      hostKeys,
      home: home.path,
      env,
      signal,
    });
  };
  const here = () => `Host 192.0.2.*\n  HostName 127.0.0.1\n  Port ${node.port}\n`;

  it('uses the config for settings that the cluster file leaves open', async () => {
    const prompts = person({ secrets: ['pw'] });
    await transportOf(await connect(`${here()}  User admin`, prompts)).dispose();
    assert.deepEqual([prompts.secrets[0]?.user, prompts.hostKeys[0]?.host], ['admin', '127.0.0.1']);
  });

  it('prefers the settings of the cluster file', async () => {
    const env = await writeConfig(home, 'Host *\n  Port 1\n  User other');
    const prompts = person({ secrets: ['pw'] });
    await transportOf(await connectTo({ home, port: node.port, user: 'mine' }, { prompts, env })).dispose();
    assert.equal(prompts.secrets[0]?.user, 'mine');
  });

  it('uses the jump hosts of the config', async () => {
    const jump = await startServer({ password: 'jump-pw' });
    const config = `${here()}  ProxyJump bastion\nHost bastion\n  HostName 127.0.0.1\n  Port ${jump.port}\n  User ops`;
    const prompts = person({ secrets: ['jump-pw', 'pw'] });
    await transportOf(await connect(config, prompts)).dispose();
    assert.deepEqual(jump.forwards, [`127.0.0.1:${node.port}`]);
    await jump.close();
  });

  it('runs its ProxyCommand, and quotes its output if it fails', async () => {
    const bridge = `${process.execPath} -e 'const s=require("net").connect(%p,"%h");process.stdin.pipe(s).pipe(process.stdout)'`;
    await transportOf(await connect(`${here()}  ProxyCommand ${bridge}`)).dispose();
    const failure = failureOf(await connect(`${here()}  ProxyCommand sh -c 'echo no way >&2; exit 3'`));
    assert.match(english(failure.message), /^openstack1 .*ProxyCommand in your ssh config can.t connect/);
    assert.equal(failure.detail, 'no way');
  });

  describe('before it starts any program', () => {
    /** A ProxyCommand that creates a file; `%` tokens follow. */
    const trace = (words: string) => `ProxyCommand touch ${home.file('made')}; echo ${words}`;
    const isTraced = () => existsSync(home.file('made'));
    const connectAs = async (config: string, to: { user?: string; host?: string; jump?: string }) =>
      failureOf(await connectTo({ home, port: node.port, ...to }, { env: await writeConfig(home, config) }));

    for (const user of ['$(id)', '-Fevil', '-oProxyCommand=id', 'a;id', 'a`id`', 'a\nid', 'a b -F'])
      it(`rejects the user ${JSON.stringify(user)} of the cluster file`, async () => {
        const failure = await connectAs(`Host *\n  ${trace('%r')}`, { user });
        assert.equal(failure.code, 'name-invalid');
        assert.match(english(failure.message), /^openstack1: invalid connection setting: user "[^\n]*$/);
        assert.equal(isTraced(), false);
      });

    for (const host of ['-oProxyCommand=id', '$(id)', 'a;id', '*'])
      it(`rejects the host ${host} of the cluster file`, async () => {
        const failure = await connectAs(`Host *\n  ${trace('%h')}`, { host });
        assert.equal(failure.code, 'name-invalid');
        assert.equal(isTraced(), false);
      });

    for (const jump of ['a$(id)@127.0.0.1', '-Fevil@127.0.0.1', '127.0.0.1,-oProxyCommand=id'])
      it(`rejects the jump host ${jump} of the cluster file`, async () => {
        const failure = await connectAs(`Host *\n  ${trace('%r')}`, { jump });
        assert.equal(failure.code, 'name-invalid');
        assert.match(english(failure.message), /jump host "/);
        assert.equal(isTraced(), false);
      });

    it('rejects a user that OpenSSH allows but a shell would expand', async () => {
      const failure = await connectAs(`Host *\n  ${trace('%r')}`, { user: 'DOM\\anna' });
      assert.equal(failure.code, 'name-invalid');
      assert.match(english(failure.message), /ProxyCommand .*%r is "DOM\\anna"/);
      assert.equal(isTraced(), false);
    });

    for (const setting of [
      'User -Fevil',
      'User a;id',
      'HostKeyAlias *',
      'HostName a;id',
      'HostName -oProxyCommand=id',
    ])
      it(`rejects ${setting} in an included file`, async () => {
        await mkdir(home.file('.ssh'), { recursive: true });
        await home.write('.ssh/more', `Host 192.0.2.*\n  ${setting}\n`);
        const failure = failureOf(
          await connect(`Include ${home.file('.ssh/more')}\nHost *\n  ${trace('%r')}`),
        );
        assert.ok(['name-invalid', 'config'].includes(failure.code), JSON.stringify(failure));
        assert.equal(isTraced(), false);
      });

    it('rejects a name that only a Match exec would receive', async () => {
      const failure = await connectAs(`Match exec "touch ${home.file('made')}; echo %r"\n  Port 22`, {
        user: '$(id)',
      });
      assert.equal(failure.code, 'name-invalid');
      assert.equal(isTraced(), false);
    });

    it('rejects a token that ssh does not know', async () => {
      const failure = failureOf(await connect(`${here()}  ${trace('%z')}`));
      assert.ok(['name-invalid', 'config'].includes(failure.code), JSON.stringify(failure));
      assert.equal(isTraced(), false);
    });
  });

  it('fails without a question about the host key if StrictHostKeyChecking is yes', async () => {
    const prompts = person();
    const failure = failureOf(await connect(`${here()}  StrictHostKeyChecking yes`, prompts));
    assert.equal(failure.code, 'host-key-unknown');
    assert.match(english(failure.message), /SHA256:.*StrictHostKeyChecking yes/);
    assert.deepEqual(prompts.hostKeys, []);
  });

  it('verifies the host by the configured known_hosts files and HostKeyAlias', async () => {
    const known = await home.write('k1', `alias ${node.hostKey.publicLine}\n`);
    const prompts = person({ secrets: ['pw'] });
    const config = `${here()}  HostKeyAlias alias\n  UserKnownHostsFile /nowhere ${known}`;
    await transportOf(await connect(config, prompts)).dispose();
    assert.deepEqual(prompts.hostKeys, []);
  });
});
