import assert from 'node:assert/strict';
import { loginText } from '../../src/cluster/login.ts';
import type { SshSettings } from '../../src/cluster/model.ts';

const ssh: SshSettings = { host: '10.0.0.1', port: 22, user: 'root', become: 'none' };

describe('The login of a node in a cluster file', () => {
  it('has what the file sets', () => {
    assert.equal(loginText(ssh), 'root@10.0.0.1:22');
    assert.equal(loginText({ ...ssh, host: 'fd00::1', port: 2222 }), 'root@[fd00::1]:2222');
  });

  it('leaves out what ssh_config can set', () => {
    assert.equal(loginText({ ...ssh, open: ['user'] }), '10.0.0.1:22');
    assert.equal(loginText({ ...ssh, open: ['port'] }), 'root@10.0.0.1');
    assert.equal(loginText({ ...ssh, host: 'fd00::1', open: ['port', 'user'] }), 'fd00::1');
  });
});
