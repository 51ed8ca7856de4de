import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { unlock } from '../../../src/remote/keys/key-file.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { longestTurn } from '../../support/turns.ts';

describe('A locked key file of ssh-keygen', () => {
  let home: Home;
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  async function make(...words: string[]): Promise<{ text: string; line: string }> {
    const path = home.file('key');
    execFileSync('ssh-keygen', ['-q', '-N', 'right hörse', '-C', '', '-f', path, ...words]);
    return { text: await readFile(path, 'utf8'), line: await readFile(`${path}.pub`, 'utf8') };
  }

  for (const type of ['ed25519', 'ecdsa', 'rsa'])
    for (const cipher of ['aes256-ctr', 'aes128-cbc', 'aes256-gcm@openssh.com', '3des-cbc'])
      it(`of type ${type} with ${cipher} is unlocked by its passphrase alone`, async () => {
        const { text, line } = await make('-t', type, '-Z', cipher, '-a', '2');
        const right = await unlock(text, 'right hörse');
        assert.ok(right.ok, JSON.stringify(right));
        assert.equal(right.key.getPublicSSH().toString('base64'), line.split(' ')[1]);
        for (const wrong of ['right horse', 'x'.repeat(300)]) {
          const refused = await unlock(text, wrong);
          assert.equal(!refused.ok && refused.why, 'wrong-passphrase');
        }
      });

  it('with a cipher that is unknown here is refused with its name', async () => {
    const { text } = await make('-t', 'ed25519', '-Z', 'chacha20-poly1305@openssh.com', '-a', '2');
    const refused = await unlock(text, 'right hörse');
    assert.ok(!refused.ok && refused.why === 'unsupported', JSON.stringify(refused));
    assert.match(refused.cause, /chacha20/);
  });

  it('with many rounds leaves other nodes their turns while it is unlocked', async () => {
    const { text } = await make('-t', 'ed25519', '-a', '24');
    const { longest, total } = await longestTurn(async () => {
      assert.ok((await unlock(text, 'right hörse')).ok);
    });
    assert.ok(longest < total / 4, `one turn took ${longest} of ${total} ms of the processor`);
  });

  it('with rounds without end is given up when the run is cancelled', async () => {
    const { text } = await make('-t', 'ed25519', '-a', '2');
    const controller = new AbortController();
    const bytes = Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64');
    // The number of rounds follows the salt of 16 bytes.
    bytes.writeUInt32BE(0xffffffff, bytes.indexOf('bcrypt') + 'bcrypt'.length + 4 + 4 + 16);
    const lines = ['-----BEGIN OPENSSH PRIVATE KEY-----', bytes.toString('base64')];
    const opening = unlock(
      [...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n'),
      'x',
      controller.signal,
    );
    setImmediate(() => controller.abort());
    await assert.rejects(opening, { name: 'AbortError' });
  });

  /** A key in PKCS#8 as OpenSSL writes it, whose passphrase is `right horse`. */
  function pkcs8(...words: string[]): string {
    const make = (args: string[], input?: string) =>
      execFileSync('openssl', args, { input, encoding: 'utf8' });
    const plain = make(['genpkey', '-algorithm', 'ed25519']);
    return make(['pkcs8', '-topk8', '-passout', 'pass:right horse', ...words], plain);
  }

  for (const words of [
    ['-iter', '2048'],
    ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1'],
    ['-scrypt'],
    ['-v1', 'PBE-SHA1-3DES'],
  ])
    it(`in PKCS#8 with ${words.join(' ')} is unlocked by its passphrase alone`, async () => {
      const text = pkcs8(...words);
      const right = await unlock(text, 'right horse');
      assert.ok(right.ok, JSON.stringify(right));
      const wrong = await unlock(text, 'wrong horse');
      assert.equal(!wrong.ok && wrong.why, 'wrong-passphrase');
      assert.equal((await unlock(text)).ok, false);
    });

  it('in PKCS#8 with many rounds leaves other nodes their turns while it is unlocked', async () => {
    const text = pkcs8('-iter', '1000000');
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    const begun = performance.now();
    assert.ok((await unlock(text, 'right horse')).ok);
    clearInterval(counting);
    const ms = performance.now() - begun;
    assert.ok(turns > 5, `${turns} turns in ${ms} ms`);
  });

  it('in PKCS#8 with rounds without end is refused before the user is asked', async () => {
    const element = (tag: number, ...parts: readonly (Buffer | string)[]) => {
      const body = Buffer.concat(parts.map((part) => Buffer.from(part as string, 'hex')));
      return Buffer.concat([Buffer.from([tag, body.length]), body]);
    };
    // PBES2 with PBKDF2 (RFC 8018, A.4) and 2,147,483,647 rounds.
    const derivation = element(0x30, element(0x04, '0102030405060708'), element(0x02, '7fffffff'));
    const scheme = element(0x30, element(0x30, element(0x06, '2a864886f70d01050c'), derivation));
    const head = element(0x30, element(0x06, '2a864886f70d01050d'), scheme);
    const der = element(0x30, head, element(0x04, '00'.repeat(64)));
    const text = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${der.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
    for (const passphrase of [undefined, 'right horse']) {
      const refused = await unlock(text, passphrase);
      assert.ok(!refused.ok && refused.why === 'unsupported', JSON.stringify(refused));
      assert.match(refused.cause, /more than 10000000 rounds/);
    }
  });
});
