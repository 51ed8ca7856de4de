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
});
