import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createShared } from '../../../src/remote/shared.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../../support/connecting.ts';
import { person } from '../../support/person.ts';
import { makeKey, startServer, type TestServer } from '../../support/ssh-server.ts';

describe('A login with keys', () => {
  const key = makeKey();
  const locked = makeKey('open sesame');
  let home: Home;
  let server: TestServer;
  beforeEach(async () => {
    home = await makeHome();
    server = await startServer({ authorized: [key, locked], password: 'pw' });
  });
  afterEach(async () => {
    await server.close();
    await home.remove();
  });

  it('uses the configured key file without a question', async () => {
    const identity = await home.write('key', key.privateText);
    const prompts = person();
    const connected = await connectTo({ home, port: server.port, identity }, { prompts });
    await transportOf(connected).dispose();
    assert.deepEqual(server.attempts, ['publickey', 'publickey']);
    assert.deepEqual(prompts.secrets, []);
  });

  it('expands ~ in the path of the key file', async () => {
    await home.write('key', key.privateText);
    const connected = await connectTo({ home, port: server.port, identity: '~/key' });
    await transportOf(connected).dispose();
  });

  it('finds the default key files in the home directory', async () => {
    await mkdir(home.file('.ssh'));
    await home.write('.ssh/id_ecdsa', makeKey().privateText);
    await home.write('.ssh/id_rsa', key.privateText);
    const connected = await connectTo({ home, port: server.port });
    await transportOf(connected).dispose();
    assert.deepEqual(server.attempts, ['none', 'publickey', 'publickey', 'publickey']);
  });

  it('asks for the passphrase after the host key is trusted and the server accepts the key', async () => {
    const identity = await home.write('key', locked.privateText);
    const prompts = person({
      hostKey: async () => {
        assert.deepEqual(server.attempts, []);
        return 'once';
      },
      secrets: [
        async () => {
          assert.deepEqual(server.attempts, ['publickey']);
          return 'open sesame';
        },
      ],
    });
    const connected = await connectTo({ home, port: server.port, identity }, { prompts });
    await transportOf(connected).dispose();
    const [question] = prompts.secrets;
    assert.equal(question?.kind, 'passphrase');
    assert.equal(question?.identity, identity);
    assert.equal(question?.attempt, 1);
  });

  it('asks again after a wrong passphrase', async () => {
    const identity = await home.write('key', locked.privateText);
    const prompts = person({ secrets: ['wrong', '', 'open sesame'] });
    const connected = await connectTo({ home, port: server.port, identity }, { prompts });
    await transportOf(connected).dispose();
    assert.deepEqual(
      prompts.secrets.map(({ attempt }) => attempt),
      [1, 2, 3],
    );
  });

  it('tries the password after three wrong passphrases, and reports both', async () => {
    const identity = await home.write('key', locked.privateText);
    const prompts = person({ secrets: ['wrong', 'wrong', 'wrong', 'bad', 'bad', 'bad'] });
    const failure = failureOf(await connectTo({ home, port: server.port, identity }, { prompts }));
    assert.equal(failure.code, 'auth');
    assert.equal(failure.detail, `key file ${identity}: wrong passphrase; password: wrong`);
  });

  it('is cancelled if no passphrase is entered', async () => {
    const identity = await home.write('key', locked.privateText);
    const prompts = person({ secrets: [undefined] });
    const failure = failureOf(await connectTo({ home, port: server.port, identity }, { prompts }));
    assert.equal(failure.code, 'cancelled');
    assert.deepEqual(server.attempts, ['publickey']);
  });

  it('asks for no passphrase if the server does not accept the key', async () => {
    const identity = await home.write('key', makeKey('other').privateText);
    const prompts = person({ secrets: ['pw'] });
    const connected = await connectTo({ home, port: server.port, identity }, { prompts });
    await transportOf(connected).dispose();
    assert.deepEqual(
      prompts.secrets.map(({ kind }) => kind),
      ['password'],
    );
    assert.deepEqual(server.attempts, ['publickey', 'none', 'password']);
  });

  it('asks for a passphrase once for many nodes', async () => {
    const identity = await home.write('key', locked.privateText);
    const prompts = person({
      secrets: [
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          return 'open sesame';
        },
      ],
    });
    const shared = createShared();
    const connecting = Array.from({ length: 5 }, () =>
      connectTo({ home, port: server.port, identity }, { prompts, shared }),
    );
    const transports = (await Promise.all(connecting)).map(transportOf);
    await Promise.all(transports.map((transport) => transport.dispose()));
    assert.equal(prompts.secrets.length, 1);
  });

  it('asks for the next node if the node that asked is cancelled', async () => {
    const identity = await home.write('key', locked.privateText);
    const stop = new AbortController();
    const shared = createShared();
    const first = person({
      secrets: [
        () => new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(undefined))),
      ],
    });
    const second = person({ secrets: ['open sesame'] });
    const one = connectTo(
      { home, port: server.port, identity },
      { prompts: first, shared, signal: stop.signal },
    );
    while (first.secrets.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const two = connectTo({ home, port: server.port, identity }, { prompts: second, shared });
    stop.abort();
    assert.equal(failureOf(await one).code, 'cancelled');
    await transportOf(await two).dispose();
    assert.equal(second.secrets.length, 1);
  });

  it('fails before connecting if the key file is missing or invalid, and names it', async () => {
    const failures = [
      failureOf(await connectTo({ home, port: server.port, identity: '~/nowhere' })),
      failureOf(await connectTo({ home, port: server.port, identity: await home.write('key', 'not a key') })),
    ];
    for (const failure of failures) {
      assert.equal(failure.code, 'identity-unreadable');
      assert.match(JSON.stringify(failure.message), /openstack1.*127\.0\.0\.1:\d+.*(nowhere|key)/);
    }
    assert.equal(server.connections(), 0);
  });

  it('continues with the password if the server requires both', async () => {
    const both = await startServer({ authorized: [key], password: 'second', both: true });
    const identity = await home.write('key', key.privateText);
    const prompts = person({ secrets: ['second'] });
    const connected = await connectTo({ home, port: both.port, identity }, { prompts });
    await transportOf(connected).dispose();
    await both.close();
  });
});
