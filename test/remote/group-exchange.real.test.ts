import assert from 'node:assert/strict';
import { createDiffieHellman, getDiffieHellman } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { makeGroupKeys } from '../../src/remote/base/group-exchange.ts';
import { adaptProtocol } from '../../src/remote/base/protocol.ts';
import { connectTo, type Home, makeHome, run, transportOf } from '../support/connecting.ts';
import { authorize, keygen, opensshMissing, startSshd } from '../support/sshd.ts';
import { longestTurn } from '../support/turns.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;
const kex = 'KexAlgorithms diffie-hellman-group-exchange-sha256';

describe('Keys in a group', () => {
  const prime = getDiffieHellman('modp14').getPrime();
  const generator = Buffer.from([2]);

  it('give the same secret as those of the crypto library', () => {
    const theirs = createDiffieHellman(prime, generator);
    theirs.generateKeys();
    for (let round = 0; round < 20; round++) {
      const ours = makeGroupKeys(prime, generator);
      assert.deepEqual(ours.computeSecret(theirs.getPublicKey()), theirs.computeSecret(ours.publicKey));
    }
  });

  it('accept no value of the peer that makes the secret known', () => {
    const { computeSecret } = makeGroupKeys(prime, generator);
    const last = Buffer.from(prime);
    last.writeUInt8((last.at(-1) ?? 0) - 1, last.length - 1);
    for (const value of [Buffer.alloc(0), Buffer.from([0]), Buffer.from([1]), last, prime])
      assert.throws(() => computeSecret(value));
  });

  it('are not made in a group of a size that was not asked for', () => {
    const protocol: { _kex?: { generateKeys(): void } } = {};
    adaptProtocol({ _protocol: protocol });
    const asked = {
      type: 'groupex',
      _minBits: 2_048,
      _maxBits: 8_192,
      _dh: null,
      generateKeys: () => undefined,
    };
    for (const bytes of [64, 255, 1_025]) {
      protocol._kex = { ...asked, _prime: Buffer.alloc(bytes, 0xff), _generator: generator } as typeof asked;
      assert.throws(() => protocol._kex?.generateKeys(), /bits, outside of 2048 to 8192/);
    }
  });
});

(missing === undefined ? describe : describe.skip)(`A key exchange in a group of the server${title}`, () => {
  let home: Home;
  let identity: string;
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
  });
  after(() => home.remove());

  /** The groups of OpenSSH of this size. */
  async function moduli(bits: number): Promise<string> {
    const lines = (await readFile('/etc/ssh/moduli', 'utf8')).split('\n');
    const fitting = lines.filter((line) => line.split(' ')[4] === String(bits - 1));
    assert.notEqual(fitting.length, 0);
    return home.write(`moduli-${bits}`, `${fitting.slice(0, 3).join('\n')}\n`);
  }

  for (const bits of [2048, 8192])
    it(`of ${bits} bits leaves another node its turns, and makes new keys after 1 MB`, async () => {
      const settings = [kex, `ModuliFile ${await moduli(bits)}`, 'RekeyLimit 1M'];
      const slow = await startSshd({ home, name: `gex${bits}`, settings });
      const usual = await startSshd({ home, name: `usual${bits}` });
      const other = transportOf(await connectTo({ home, port: usual.port, identity }));
      try {
        const turns = await longestTurn(async () => {
          const logins = [1, 2, 3].map(() => connectTo({ home, port: slow.port, identity }));
          const busy = run(other, { argv: ['sh', '-c', 'echo here'] });
          const transports = (await Promise.all(logins)).map(transportOf);
          assert.equal((await busy).stdout.toString(), 'here\n');
          const [first] = transports;
          assert.ok(first);
          const { stdout } = await run(first, { argv: ['head', '-c', '3000000', '/dev/zero'] });
          assert.equal(stdout.length, 3_000_000);
          await Promise.all(transports.map((transport) => transport.dispose()));
        });
        // Five exchanges or more: a test of the modulus would make one turn nearly all of the time.
        assert.ok(turns.longest < turns.total / 2, JSON.stringify(turns));
      } finally {
        await other.dispose();
        await Promise.all([slow.stop(), usual.stop()]);
      }
    });
});
