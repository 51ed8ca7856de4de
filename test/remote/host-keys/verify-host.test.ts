import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import ssh2 from 'ssh2';
import { english } from '../../../src/base/l10n.ts';
import { createHostKeys } from '../../../src/remote/host-keys/host-keys.ts';
import { findHostKey, fingerprint, hostKeyOf } from '../../../src/remote/host-keys/known-hosts.ts';
import { connectTo, failureOf, type Home, makeHome, run, transportOf } from '../../support/connecting.ts';
import { person } from '../../support/person.ts';
import { type KeyPair, makeKey, startServer, type TestServer } from '../../support/ssh-server.ts';

function fingerprintOf({ publicLine }: KeyPair): string {
  const key = hostKeyOf(Buffer.from(publicLine.split(' ')[1] ?? '', 'base64'));
  assert.ok(key);
  return fingerprint(key);
}

describe('Host key verification', () => {
  let home: Home;
  let server: TestServer;
  let name: string;
  beforeEach(async () => {
    home = await makeHome();
    server = await startServer({
      open: true,
      exec: (channel) => {
        channel.exit(0);
        channel.end();
      },
    });
    name = `[127.0.0.1]:${server.port}`;
  });
  afterEach(async () => {
    await server.close();
    await home.remove();
  });
  const connect = (prompts = person({ hostKey: 'reject' })) =>
    connectTo({ home, port: server.port }, { prompts });

  it('asks no question if a known_hosts file has the key', async () => {
    await home.write('known_hosts', `${name} ${server.hostKey.publicLine}\n`);
    const prompts = person();
    await transportOf(await connect(prompts)).dispose();
    assert.deepEqual(prompts.hostKeys, []);
  });

  it('asks about an unknown key with the host, the algorithm and the fingerprint', async () => {
    const prompts = person({ hostKey: 'once' });
    await transportOf(await connect(prompts)).dispose();
    assert.deepEqual(prompts.hostKeys, [
      {
        node: 'openstack1',
        host: '127.0.0.1',
        port: server.port,
        algorithm: 'ssh-ed25519',
        fingerprint: fingerprintOf(server.hostKey),
      },
    ]);
  });

  it('saves a key only in its own store, with mode 0600, and asks only once', async () => {
    await home.write('known_hosts', '# the user’s\n');
    const prompts = person({ hostKey: 'save' });
    await transportOf(await connect(prompts)).dispose();
    await transportOf(await connect(prompts)).dispose();
    assert.equal(prompts.hostKeys.length, 1);
    const [saved] = (await readFile(home.file('trusted'), 'utf8')).split('\n');
    assert.ok(saved?.startsWith(`${name} ${server.hostKey.publicLine}`));
    assert.equal((await stat(home.file('trusted'))).mode & 0o777, 0o600);
    assert.equal(await readFile(home.file('known_hosts'), 'utf8'), '# the user’s\n');
  });

  it('does not save a key that is trusted once', async () => {
    const prompts = person({ hostKey: 'once' });
    await transportOf(await connect(prompts)).dispose();
    await transportOf(await connect(prompts)).dispose();
    assert.equal(prompts.hostKeys.length, 2);
    await assert.rejects(stat(home.file('trusted')), { code: 'ENOENT' });
  });

  it('sends nothing about the user if the key is rejected', async () => {
    const failure = failureOf(await connect());
    assert.equal(failure.code, 'host-key-unknown');
    assert.deepEqual(server.attempts, []);
  });

  it('replaces the key of a rebuilt host in its own store after confirmation, and refuses the old one afterwards', async () => {
    const old = makeKey();
    await home.write('known_hosts', `${name} ${old.publicLine}\n`);
    const no = person({ replace: false });
    assert.equal(failureOf(await connect(no)).code, 'host-key-changed');
    const yes = person({ replace: true });
    await transportOf(await connect(yes)).dispose();
    const [question] = yes.changed;
    assert.deepEqual(
      [question?.node, question?.fingerprint, question?.old.fingerprint, question?.old.line],
      ['openstack1', fingerprintOf(server.hostKey), fingerprintOf(old), 1],
    );
    assert.equal(question?.old.file, home.file('known_hosts'));
    const strict = person();
    await transportOf(await connect(strict)).dispose();
    assert.deepEqual(strict.hostKeys, []);
    assert.equal(await readFile(home.file('known_hosts'), 'utf8'), `${name} ${old.publicLine}\n`);
    const { port } = server;
    const hostKeys = createHostKeys({ files: [home.file('known_hosts')], store: home.file('trusted') });
    const found = await hostKeys.find('127.0.0.1', port);
    assert.ok(found.ok);
    const shown = hostKeyOf(Buffer.from(old.publicLine.split(' ')[1] ?? '', 'base64'));
    assert.ok(shown);
    assert.equal(findHostKey(found.records, shown, new Set(['ssh-ed25519'])).verdict, 'changed');
    await hostKeys.trust({ host: '127.0.0.1', port }, shown, []);
    const again = await hostKeys.find('127.0.0.1', port);
    assert.ok(again.ok);
    assert.equal(findHostKey(again.records, shown, new Set(['ssh-ed25519'])).verdict, 'known');
  });

  it('refuses a changed key with both fingerprints and the line, and sends nothing', async () => {
    const old = makeKey();
    const file = await home.write('known_hosts', `# first\n${name} ${old.publicLine}\n`);
    const prompts = person();
    const failure = failureOf(await connect(prompts));
    assert.equal(failure.code, 'host-key-changed');
    const text = english(failure.message);
    for (const part of [file, 'line 2', fingerprintOf(old), fingerprintOf(server.hostKey), 'openstack1'])
      assert.ok(text.includes(part), part);
    assert.match(english(failure.action), /stackprep trust FILE --node openstack1/);
    assert.deepEqual([prompts.hostKeys, prompts.secrets, server.attempts], [[], [], []]);
  });

  it('accepts a key that one file has, even if another file has a different one', async () => {
    await home.write('known_hosts', `${name} ${makeKey().publicLine}\n`);
    await home.write('trusted', `${name} ${server.hostKey.publicLine}\n`);
    await transportOf(await connect()).dispose();
  });

  it('refuses a revoked key before authentication', async () => {
    await home.write('known_hosts', `@revoked * ${server.hostKey.publicLine}\n`);
    await home.write('trusted', `${name} ${server.hostKey.publicLine}\n`);
    const prompts = person();
    assert.equal(failureOf(await connect(prompts)).code, 'host-key-revoked');
    assert.deepEqual([prompts.hostKeys, server.attempts], [[], []]);
  });

  it('says why a certificate authority is not used', async () => {
    await home.write('known_hosts', `@cert-authority ${name} ${makeKey().publicLine}\n`);
    const prompts = person({ hostKey: 'once' });
    await transportOf(await connect(prompts)).dispose();
    assert.match(
      english(prompts.hostKeys[0]?.note ?? { text: '', args: [] }),
      /line 1 .*certificate authority/,
    );
  });

  it('refuses every key if a known_hosts file cannot be read', async () => {
    await mkdir(home.file('known_hosts'));
    const prompts = person();
    const failure = failureOf(await connect(prompts));
    assert.equal(failure.code, 'host-key-unknown');
    assert.ok(english(failure.message).includes(home.file('known_hosts')));
    assert.deepEqual([prompts.hostKeys, server.attempts], [[], []]);
  });

  it('stops the login if the key cannot be saved', async () => {
    await mkdir(home.file('blocked'));
    await chmod(home.file('blocked'), 0o700);
    const hostKeys = createHostKeys({ files: [], store: `${await home.write('file', 'x')}/known_hosts` });
    const prompts = person({ hostKey: 'save' });
    const failure = failureOf(await connectTo({ home, port: server.port }, { prompts, hostKeys }));
    assert.equal(failure.code, 'host-key-unknown');
    assert.match(failure.detail ?? '', /ENOTDIR|EEXIST/);
    assert.deepEqual(server.attempts, []);
  });

  it('requests the key type that is known', async () => {
    const rsa = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    const ed = makeKey();
    const both = new ssh2.Server({ hostKeys: [ed.privateText, rsa.private] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (context) => context.accept());
    });
    await new Promise<void>((resolve) => both.listen(0, '127.0.0.1', resolve));
    const { port } = both.address() as { port: number };
    await home.write('known_hosts', `[127.0.0.1]:${port} ${rsa.public}\n`);
    const transport = transportOf(
      await connectTo({ home, port }, { prompts: person({ hostKey: 'reject' }) }),
    );
    await transport.dispose();
    await new Promise<void>((resolve) => both.close(() => resolve()));
  });

  it('asks only once if the server disconnects while the user compares fingerprints', async () => {
    const prompts = person({
      hostKey: async () => {
        server.drop();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return 'save';
      },
    });
    await transportOf(await connect(prompts)).dispose();
    assert.equal(prompts.hostKeys.length, 1);
    assert.equal(server.connections(), 2);
    assert.match(await readFile(home.file('trusted'), 'utf8'), /^\[127/);
  });

  it('accepts a no after the server has disconnected', async () => {
    const prompts = person({
      hostKey: async () => {
        server.drop();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return 'reject';
      },
    });
    assert.equal(failureOf(await connect(prompts)).code, 'host-key-unknown');
    assert.equal(server.connections(), 1);
  });

  it('asks no question when an open connection renews its keys', async () => {
    const prompts = person({ hostKey: 'once' });
    const transport = transportOf(await connect(prompts));
    server.rekey();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { last } = await run(transport, { argv: ['true'] });
    assert.equal(last.type, 'exit');
    assert.equal(prompts.hostKeys.length, 1);
    await transport.dispose();
  });

  it('closes a connection that renews its keys with another host key', async () => {
    const transport = transportOf(await connect(person({ hostKey: 'once' })));
    server.rekey(makeKey());
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { last } = await run(transport, { argv: ['true'] });
    assert.equal(last.type === 'lost' && last.failure.code, 'lost');
    assert.match((last.type === 'lost' && last.failure.detail) || '', /host key changed/);
  });
});
