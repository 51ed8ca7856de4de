import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { english } from '../../src/base/l10n.ts';
import { childEnvironment } from '../../src/remote/base/child-env.ts';
import { connectNode } from '../../src/remote/connect.ts';
import { createHostKeys } from '../../src/remote/host-keys/host-keys.ts';
import { failureOf, type Home, makeHome } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { writeConfig } from '../support/ssh-config.ts';
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

  it('get every other variable', () => {
    assert.deepEqual(childEnvironment({ A: '1', stackprep_x: '2', STACKPREP_Y: '3', STACK: '4' }), {
      A: '1',
      STACK: '4',
    });
  });
});
