import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
import { childEnvironment } from '../../src/remote/base/child-env.ts';
import { connectNode } from '../../src/remote/connect.ts';
import { createHostKeys } from '../../src/remote/host-keys/host-keys.ts';
import { readSshConfig } from '../../src/remote/ssh-config/read.ts';
import { failureOf, type Home, makeHome } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { startServer, type TestServer } from '../support/ssh-server.ts';
import { opensshMissing } from '../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`Programs of the ssh config${title}`, () => {
  let home: Home;
  before(async () => {
    home = await makeHome();
    process.env.STACKPREP_SECRET_QUEUE = 'hunter2hunter2';
    process.env.STACKPREP_SUDO_PASSWORD = 'hunter2hunter2';
  });
  after(async () => {
    delete process.env.STACKPREP_SECRET_QUEUE;
    delete process.env.STACKPREP_SUDO_PASSWORD;
    await home.remove();
  });

  for (const [name, config] of [
    [
      'a ProxyCommand',
      (file: string) => `Host *\n  ProxyCommand sh -c 'env >${file}; pwd >>${file}; exit 1'`,
    ],
    ['a Match exec', (file: string) => `Match exec "env >${file}"\n  Port 1`],
  ] as const)
    it(`get no secret of Stackprep: ${name}`, async () => {
      const file = home.file('environment');
      const env = { ...process.env, ...(await writeConfig(home, config(file))) };
      const ssh = { host: '127.0.0.1', port: 1, user: 'root', become: 'none' } as const;
      const hostKeys = createHostKeys({ files: [], store: home.file('trusted') });
      const signal = new AbortController().signal;
      const connected = await connectNode({
        ...{ node: { name: 'n1', ssh }, prompts: person(), hostKeys, home: home.path, env, signal },
      });
      assert.notEqual(english(failureOf(connected).message), '');
      const seen = readFileSync(file, 'utf8');
      assert.match(seen, /^PATH=/m);
      assert.doesNotMatch(seen, /^STACKPREP_|hunter2/im);
      const last = seen.trim().split('\n').at(-1);
      if (name === 'a ProxyCommand') assert.equal(last, homedir(), 'not the folder of a project');
    });

  describe('of KnownHostsCommand', () => {
    let node: TestServer;
    before(async () => {
      node = await startServer({ password: 'pw' });
    });
    after(() => node.close());

    const ask = async (command: string) => {
      const config = `Host *\n  KnownHostsCommand ${command}\n  Port ${node.port}`;
      const env = { ...process.env, ...(await writeConfig(home, config)) };
      const ssh = { host: '127.0.0.1', port: 22, user: 'root', become: 'none', open: ['port'] } as const;
      const hostKeys = createHostKeys({ files: [], store: home.file('trusted') });
      const signal = new AbortController().signal;
      return await connectNode({
        ...{ node: { name: 'n1', ssh }, prompts: person(), hostKeys, home: home.path, env, signal },
      });
    };

    it('get no secret, and run in the home folder', async () => {
      const file = home.file('environment');
      await home.write('program', `#!/bin/sh\nenv >${file}; pwd >>${file}\n`);
      chmodSync(home.file('program'), 0o755);
      await ask(home.file('program'));
      const seen = readFileSync(file, 'utf8');
      assert.match(seen, /^PATH=/m);
      assert.doesNotMatch(seen, /^STACKPREP_|hunter2/im);
      assert.equal(seen.trim().split('\n').at(-1), homedir());
    });

    it('are refused without an absolute path, as ssh does', async () => {
      const failure = failureOf(await ask('cat /dev/null'));
      assert.match(english(failure.message), /KnownHostsCommand in your ssh config failed/);
      assert.match(`${failure.detail}`, /cat: path is not absolute/);
    });
  });

  it('are never those of the folder of a project, whatever PATH says', async () => {
    const project = home.file('project');
    mkdirSync(project);
    for (const name of ['ssh', 'ssh-keygen']) {
      await home.write(`project/${name}`, `#!/bin/sh\n: >${home.file('hijacked')}\nexit 1\n`);
      chmodSync(join(project, name), 0o755);
    }
    await home.write('.ssh/config', 'Host *\n  Port 1\n');
    const before = process.cwd();
    process.chdir(project);
    try {
      const env = { ...process.env, PATH: `.::${process.env.PATH}` };
      const signal = new AbortController().signal;
      await readSshConfig({ host: 'n1', home: home.path, env, signal });
    } finally {
      process.chdir(before);
    }
    assert.equal(existsSync(home.file('hijacked')), false);
  });

  it('get every other variable', () => {
    assert.deepEqual(childEnvironment({ A: '1', stackprep_x: '2', STACKPREP_Y: '3', STACK: '4' }), {
      A: '1',
      STACK: '4',
    });
  });
});
