import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { decidedLogin } from '../../src/app/login.ts';
import type { SshSettings } from '../../src/cluster/model.ts';
import { type Home, makeHome } from '../support/connecting.ts';

describe('The login of a run', () => {
  let home: Home;
  before(async () => {
    home = await makeHome();
    await mkdir(home.file('.ssh'));
    await home.write('.ssh/config', 'Host 10.0.0.1\n  User stack\n  Port 2222\n');
  });
  after(() => home.remove());

  const loginOf = async (ssh: Partial<SshSettings>) => {
    const settings: SshSettings = { host: '10.0.0.1', port: 22, user: 'root', become: 'none', ...ssh };
    // Without a PATH there is no ssh to ask, so the configuration files are read.
    const decided = await decidedLogin({ name: 'a', ssh: settings }, { home: home.path, env: { PATH: '' } });
    assert.equal(decided.open, undefined);
    return [decided.user, decided.port];
  };

  it('uses the user and port of the cluster file', async () => {
    assert.deepEqual(await loginOf({}), ['root', 22]);
  });

  it('uses the ssh config where the cluster file sets no user or port', async () => {
    assert.deepEqual(await loginOf({ open: ['user'] }), ['stack', 22]);
    assert.deepEqual(await loginOf({ open: ['port'] }), ['root', 2222]);
    assert.deepEqual(await loginOf({ open: ['port', 'user'], host: '10.0.0.2' }), ['root', 22]);
  });
});
