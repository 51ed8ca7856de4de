import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { parseKnownHosts } from '../../../src/remote/host-keys/known-hosts.ts';
import { readKeyFile, unlock } from '../../../src/remote/keys/key-file.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { random } from '../../support/random.ts';
import { makeKey } from '../../support/ssh-server.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** Key files in every format, with and without a passphrase. */
const texts: readonly [string, ...string[]] = [
  makeKey().privateText,
  makeKey('sesame').privateText,
  makeKey().publicLine,
  rsa.export({ type: 'pkcs1', format: 'pem' }).toString(),
  rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' }).toString(),
  ec.export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'sesame' }).toString(),
  ec.export({ type: 'pkcs8', format: 'pem' }).toString(),
];

describe('A damaged key file', () => {
  let home: Home;
  before(async () => {
    home = await makeHome();
  });
  after(() => home.remove());

  const { below, pick } = random(29);
  const damaged = (): string => {
    const text = pick(texts);
    const at = below(text.length);
    const until = Math.min(text.length, at + 1 + below(40));
    const inserted = ['', 'A', '/', '\n', '=', '\0', text.slice(0, below(200))][below(7)] ?? '';
    return text.slice(0, at) + inserted + text.slice(until);
  };

  it('is read or refused with a cause, without an exception', async () => {
    for (let round = 0; round < 120; round++) {
      const text = damaged();
      const read = await readKeyFile(await home.write('key', text));
      if (!read.ok) assert.ok(read.cause.length > 0, JSON.stringify(text));
    }
  });

  it('is unlocked or refused, with or without a passphrase', async () => {
    for (let round = 0; round < 500; round++) {
      const text = damaged();
      // A damaged number of KDF rounds could take hours.
      const passphrase = text.includes('OPENSSH') ? undefined : ['sesame', 'wrong', ''][below(3)];
      const opened = await unlock(text, passphrase);
      if (opened.ok) assert.ok(opened.key.isPrivateKey());
      else assert.ok(opened.cause.length > 0, JSON.stringify(text));
    }
  });

  it('in a known_hosts file never yields a key of another type', () => {
    for (let round = 0; round < 1_000; round++)
      for (const { key } of parseKnownHosts(`h ${damaged().replaceAll('\n', '')}`, 'f'))
        if (key) assert.ok(Buffer.from(key.base64, 'base64').includes(key.type));
  });
});
