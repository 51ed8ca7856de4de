import assert from 'node:assert/strict';
import { offeredKeyTypes, offerTo } from '../../../src/remote/base/algorithms.ts';
import { clientOptions } from '../../../src/remote/base/ssh2.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../../support/connecting.ts';
import { person } from '../../support/person.ts';
import { type KeyPair, makeKey, makeKeyOf, startServer, type TestServer } from '../../support/ssh-server.ts';

describe('The order of host key algorithms', () => {
  const all = [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ];
  const [ed25519, p256, p384, p521, rsa512, rsa256] = all;

  it('starts with those of known keys, and then offers all others in the default order', () => {
    for (const [known, order] of [
      [[], all],
      [['ssh-ed25519'], all],
      [['ssh-rsa'], [rsa512, rsa256, ed25519, p256, p384, p521]],
      [['ecdsa-sha2-nistp521'], [p521, ed25519, p256, p384, rsa512, rsa256]],
      [
        ['ssh-rsa', 'ecdsa-sha2-nistp384'],
        [p384, rsa512, rsa256, ed25519, p256, p521],
      ],
      [['ssh-dss', 'sk-ssh-ed25519@openssh.com'], all],
    ] as const) {
      const { offer } = offerTo({}, known);
      assert.deepEqual(offer.serverHostKey, order);
      assert.deepEqual(clientOptions(1, offer).algorithms?.serverHostKey, order);
    }
  });

  it('never includes SHA-1 signatures, and leads to the four types of keys', () => {
    assert.ok(!offerTo({}, ['ssh-rsa']).offer.serverHostKey.includes('ssh-rsa'));
    assert.deepEqual([...offeredKeyTypes()], [ed25519, p256, p384, p521, 'ssh-rsa']);
  });
});

describe('A host with keys of three types', () => {
  let keys: Readonly<Record<'ed25519' | 'ecdsa' | 'rsa', KeyPair>>;
  before(() => {
    keys = { ed25519: makeKey(), ecdsa: makeKeyOf('ecdsa'), rsa: makeKeyOf('rsa') };
  });
  let home: Home;
  let server: TestServer;
  beforeEach(async () => {
    home = await makeHome();
    server = await startServer({ open: true, hostKey: keys.ed25519, moreHostKeys: [keys.ecdsa, keys.rsa] });
  });
  afterEach(async () => {
    await server.close();
    await home.remove();
  });
  const connect = async (known: readonly KeyPair[], prompts = person()) => {
    const lines = known.map(({ publicLine }) => `[127.0.0.1]:${server.port} ${publicLine}\n`);
    await home.write('known_hosts', lines.join(''));
    return connectTo({ home, port: server.port }, { prompts });
  };

  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const)
    it(`is asked for its known ${type} key, so that no question comes up`, async () => {
      const prompts = person();
      await transportOf(await connect([keys[type]], prompts)).dispose();
      assert.deepEqual(prompts.hostKeys, []);
    });

  it('is asked for its Ed25519 key if no key is known', async () => {
    const prompts = person({ hostKey: 'once' });
    await transportOf(await connect([], prompts)).dispose();
    assert.deepEqual(
      prompts.hostKeys.map(({ algorithm }) => algorithm),
      ['ssh-ed25519'],
    );
  });

  it('is refused if its known ECDSA key has changed, although its other keys are new', async () => {
    const failure = failureOf(await connect([makeKeyOf('ecdsa')]));
    assert.equal(failure.code, 'host-key-changed');
    assert.match(failure.detail ?? '', /known_hosts:1 /);
  });
});
