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

(missing === undefined ? describe : describe.skip)(`Connecting with the user’s ssh config${title}`, () => {
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

  /** To a node of which the cluster file says its address only. */
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

  it('takes from it what the cluster file leaves open', async () => {
    const prompts = person({ secrets: ['pw'] });
    await transportOf(await connect(`${here()}  User admin`, prompts)).dispose();
    assert.deepEqual([prompts.secrets[0]?.user, prompts.hostKeys[0]?.host], ['admin', '127.0.0.1']);
  });

  it('keeps what the cluster file says', async () => {
    const env = await writeConfig(home, 'Host *\n  Port 1\n  User other');
    const prompts = person({ secrets: ['pw'] });
    await transportOf(await connectTo({ home, port: node.port, user: 'mine' }, { prompts, env })).dispose();
    assert.equal(prompts.secrets[0]?.user, 'mine');
  });

  it('goes over its jump hosts', async () => {
    const jump = await startServer({ password: 'jump-pw' });
    const config = `${here()}  ProxyJump bastion\nHost bastion\n  HostName 127.0.0.1\n  Port ${jump.port}\n  User ops`;
    const prompts = person({ secrets: ['jump-pw', 'pw'] });
    await transportOf(await connect(config, prompts)).dispose();
    assert.deepEqual(jump.forwards, [`127.0.0.1:${node.port}`]);
    await jump.close();
  });

  it('runs its ProxyCommand, and gives what that says when it fails', async () => {
    const bridge = `${process.execPath} -e 'const s=require("net").connect(%p,"%h");process.stdin.pipe(s).pipe(process.stdout)'`;
    await transportOf(await connect(`${here()}  ProxyCommand ${bridge}`)).dispose();
    const failure = failureOf(await connect(`${here()}  ProxyCommand sh -c 'echo no way >&2; exit 3'`));
    assert.match(
      english(failure.message),
      /^openstack1 .*ProxyCommand of your ssh config does not lead there/,
    );
    assert.equal(failure.detail, 'no way');
  });

  describe('starts nothing with a name that a shell or ssh could take for something else', () => {
    /** A ProxyCommand that leaves a trace; `%` tokens follow it. */
    const trace = (words: string) => `ProxyCommand touch ${home.file('made')}; echo ${words}`;
    const isTraced = () => existsSync(home.file('made'));
    const connectAs = async (config: string, to: { user?: string; host?: string; jump?: string }) =>
      failureOf(await connectTo({ home, port: node.port, ...to }, { env: await writeConfig(home, config) }));

    for (const user of ['$(id)', '-Fevil', '-oProxyCommand=id', 'a;id', 'a`id`', 'a\nid', 'a b -F'])
      it(`user ${JSON.stringify(user)} of the cluster file`, async () => {
        const failure = await connectAs(`Host *\n  ${trace('%r')}`, { user });
        assert.equal(failure.code, 'name-invalid');
        assert.match(
          english(failure.message),
          /^openstack1: a setting for the connection is not valid: user "[^\n]*$/,
        );
        assert.equal(isTraced(), false);
      });

    for (const host of ['-oProxyCommand=id', '$(id)', 'a;id', '*'])
      it(`host ${host} of the cluster file`, async () => {
        const failure = await connectAs(`Host *\n  ${trace('%h')}`, { host });
        assert.equal(failure.code, 'name-invalid');
        assert.equal(isTraced(), false);
      });

    for (const jump of ['a$(id)@127.0.0.1', '-Fevil@127.0.0.1', '127.0.0.1,-oProxyCommand=id'])
      it(`jump host ${jump} of the cluster file`, async () => {
        const failure = await connectAs(`Host *\n  ${trace('%r')}`, { jump });
        assert.equal(failure.code, 'name-invalid');
        assert.match(english(failure.message), /jump host "/);
        assert.equal(isTraced(), false);
      });

    it('a user that OpenSSH allows, which a shell would expand', async () => {
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
      it(`${setting} of a file that the ssh config includes`, async () => {
        await mkdir(home.file('.ssh'), { recursive: true });
        await home.write('.ssh/more', `Host 192.0.2.*\n  ${setting}\n`);
        const failure = failureOf(
          await connect(`Include ${home.file('.ssh/more')}\nHost *\n  ${trace('%r')}`),
        );
        assert.ok(['name-invalid', 'config'].includes(failure.code), JSON.stringify(failure));
        assert.equal(isTraced(), false);
      });

    it('a name that only a Match exec would see', async () => {
      const failure = await connectAs(`Match exec "touch ${home.file('made')}; echo %r"\n  Port 22`, {
        user: '$(id)',
      });
      assert.equal(failure.code, 'name-invalid');
      assert.equal(isTraced(), false);
    });

    it('a token that ssh does not know either', async () => {
      const failure = failureOf(await connect(`${here()}  ${trace('%z')}`));
      assert.ok(['name-invalid', 'config'].includes(failure.code), JSON.stringify(failure));
      assert.equal(isTraced(), false);
    });
  });

  it('asks about no key where it is strict', async () => {
    const prompts = person();
    const failure = failureOf(await connect(`${here()}  StrictHostKeyChecking yes`, prompts));
    assert.equal(failure.code, 'host-key-unknown');
    assert.match(english(failure.message), /SHA256:.*StrictHostKeyChecking yes/);
    assert.deepEqual(prompts.hostKeys, []);
  });

  it('knows the host by the files and the alias that it names', async () => {
    const known = await home.write('k1', `alias ${node.hostKey.publicLine}\n`);
    const prompts = person({ secrets: ['pw'] });
    const config = `${here()}  HostKeyAlias alias\n  UserKnownHostsFile /nowhere ${known}`;
    await transportOf(await connect(config, prompts)).dispose();
    assert.deepEqual(prompts.hostKeys, []);
  });
});
