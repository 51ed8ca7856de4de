import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createHostKeys, defaultHostKeyFiles } from '../../../src/remote/host-keys/host-keys.ts';
import { hostKeyOf } from '../../../src/remote/host-keys/known-hosts.ts';
import { appendTrusted, countTrusted, removeTrusted } from '../../../src/remote/host-keys/trust-store.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { makeKey } from '../../support/ssh-server.ts';

describe('The store of trusted host keys', () => {
  let home: Home;
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  it('finds a key by host and port', async () => {
    const keys = createHostKeys({ files: [], store: home.file('deep/down/known_hosts') });
    const key = hostKeyOf(Buffer.from(makeKey().publicLine.split(' ')[1] ?? '', 'base64'));
    assert.ok(key);
    await keys.trust({ host: 'Node1', port: 22 }, key);
    await keys.trust({ host: '10.0.0.1', port: 2222 }, key);
    const lines = async (host: string, port: number) => {
      const found = await keys.find(host, port);
      return found.ok ? found.records.map(({ line }) => line) : [];
    };
    assert.deepEqual(await lines('node1', 22), [1]);
    assert.deepEqual(await lines('10.0.0.1', 2222), [2]);
    assert.deepEqual(await lines('10.0.0.1', 22), []);
  });

  it('loses no line during concurrent writes', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `host${index} ${'k'.repeat(500)}`);
    await Promise.all(names.map((name) => appendTrusted(home.file('store'), name)));
    const lines = (await readFile(home.file('store'), 'utf8')).trimEnd().split('\n');
    assert.deepEqual(lines.sort(), names.sort());
  });

  it('removes all keys of one host and port, and no line of another name', async () => {
    const key = makeKey().publicLine;
    const others = [`n10 ${key}`, `[n1]:2222 ${key}`, '# n1', `n1,n2 ${key}`, `* ${key}`];
    await home.write('store', `n1 ${key}\n${others.join('\n')}\nN1 ${makeKey().publicLine}\n`);
    assert.equal(await countTrusted(home.file('store'), 'n1'), 2);
    assert.equal(await removeTrusted(home.file('store'), 'n1'), 2);
    assert.equal(await readFile(home.file('store'), 'utf8'), `${others.join('\n')}\n`);
    assert.equal(await removeTrusted(home.file('store'), 'n1'), 0);
    assert.equal(await removeTrusted(home.file('none'), 'n1'), 0);
  });

  it('terminates an incomplete line that a crash left', async () => {
    await home.write('store', 'complete\nunfinis');
    await appendTrusted(home.file('store'), 'new');
    assert.equal(await readFile(home.file('store'), 'utf8'), 'complete\nunfinis\nnew\n');
  });

  it('is separate from the files of OpenSSH', () => {
    assert.deepEqual(defaultHostKeyFiles('/home/anna', 'linux'), [
      '/home/anna/.ssh/known_hosts',
      '/home/anna/.ssh/known_hosts2',
      '/etc/ssh/ssh_known_hosts',
      '/etc/ssh/ssh_known_hosts2',
    ]);
  });
});
