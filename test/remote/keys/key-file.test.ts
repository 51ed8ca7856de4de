import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { readKeyFile, unlock } from '../../../src/remote/keys/key-file.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { makeKey } from '../../support/ssh-server.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pairs: Readonly<Record<string, { privateKey: KeyObject; publicKey: KeyObject }>> = {
  rsa,
  'ec P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ec P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
};
const data = Buffer.from('data to sign');

function pkcs8(key: KeyObject, passphrase?: string): string {
  const lock = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.export({ type: 'pkcs8', format: 'pem', ...lock }).toString();
}

describe('A key file', () => {
  let home: Home;
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  for (const [name, { privateKey, publicKey }] of Object.entries(pairs)) {
    const hash = name === 'rsa' || name === 'ec P-256' ? 'sha256' : name === 'ec P-521' ? 'sha512' : null;
    for (const passphrase of [undefined, 'open sesame'])
      it(`may be ${passphrase ? 'an encrypted' : 'a'} PKCS#8 file of type ${name}`, async () => {
        const text = pkcs8(privateKey, passphrase);
        const unlocked = await unlock(text, passphrase);
        assert.ok(unlocked.ok, JSON.stringify(unlocked));
        const signature = unlocked.key.sign(data, name === 'rsa' ? 'sha256' : undefined);
        assert.ok(verify(hash, data, publicKey, signature));
      });
  }

  it('may hold an Ed25519 key with any padding and leading zeros', async () => {
    for (let i = 0; i < 40; i++) {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const unlocked = await unlock(pkcs8(privateKey));
      assert.ok(unlocked.ok);
      assert.ok(verify(null, data, publicKey, unlocked.key.sign(data)));
    }
  });

  it('is refused differently for a missing and for a wrong passphrase', async () => {
    const texts = [
      makeKey('right').privateText,
      pkcs8(generateKeyPairSync('ed25519').privateKey, 'right'),
      rsa.privateKey
        .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'right' })
        .toString(),
    ];
    for (const text of texts) {
      const results = await Promise.all(
        [undefined, 'wrong', '', 'right'].map((passphrase) => unlock(text, passphrase)),
      );
      assert.deepEqual(
        results.map((result) => (result.ok ? 'ok' : result.why)),
        ['needs-passphrase', 'wrong-passphrase', 'wrong-passphrase', 'ok'],
      );
    }
  });

  it('is refused with the reason if its type is not supported', async () => {
    const { privateKey } = generateKeyPairSync('x25519');
    for (const text of [
      pkcs8(privateKey),
      'nonsense',
      '',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
    ]) {
      const unlocked = await unlock(text);
      assert.equal(!unlocked.ok && unlocked.why, 'unsupported');
      assert.notEqual(!unlocked.ok && unlocked.cause, '');
    }
  });

  it('reveals its public key without the passphrase', async () => {
    const key = makeKey('secret');
    const read = await readKeyFile(await home.write('key', key.privateText));
    assert.ok(read.ok);
    const base64 = read.file.publicKey?.getPublicSSH().toString('base64');
    assert.equal(base64, key.publicLine.split(' ')[1]);
  });

  it('that is encrypted uses the public key in the .pub file next to it', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const unlocked = await unlock(pkcs8(privateKey));
    assert.ok(unlocked.ok);
    const path = await home.write('key', pkcs8(privateKey, 'secret'));
    const alone = await readKeyFile(path);
    assert.ok(alone.ok && alone.file.publicKey === undefined);
    await home.write('key.pub', `ssh-ed25519 ${unlocked.key.getPublicSSH().toString('base64')} me\n`);
    const withPublicFile = await readKeyFile(path);
    assert.ok(
      withPublicFile.ok && withPublicFile.file.publicKey?.getPublicSSH().equals(unlocked.key.getPublicSSH()),
    );
  });

  it('may contain only the public key of a key in the agent', async () => {
    const key = makeKey();
    const named = await readKeyFile(await home.write('one.pub', key.publicLine));
    await home.write('two.pub', key.publicLine);
    const withPublicFile = await readKeyFile(home.file('two'));
    for (const read of [named, withPublicFile])
      assert.ok(read.ok && read.file.publicKey && !read.file.privateText);
  });

  it('that others can read is used for its public key only, as ssh does', async () => {
    const key = makeKey();
    const path = await home.write('key', key.privateText);
    await home.write('key.pub', key.publicLine);
    for (const [mode, openMode] of [
      [0o600, undefined],
      [0o400, undefined],
      [0o640, '0640'],
      [0o604, '0604'],
      [0o777, '0777'],
    ] as const) {
      await chmod(path, mode);
      const read = await readKeyFile(path);
      assert.ok(read.ok && read.file.publicKey, String(mode));
      assert.equal(read.file.openMode, process.platform === 'win32' ? undefined : openMode);
      assert.equal(read.file.privateText === undefined, read.file.openMode !== undefined);
    }
  });

  it('is reported as missing or as unreadable', async () => {
    const missing = await readKeyFile(home.file('nowhere'));
    assert.ok(!missing.ok && missing.missing);
    const folder = await readKeyFile(home.path);
    assert.ok(!folder.ok && !folder.missing && /EISDIR/.test(folder.cause));
  });
});
