import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rekeyOf } from '../../src/remote/ssh-config/link-settings.ts';
import { connectTo, type Home, makeHome, run, transportOf } from '../support/connecting.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

describe('RekeyLimit in the ssh config', () => {
  it('is read as ssh prints it, and as people write it', () => {
    const values = [
      '1048576 3600',
      '1M 1h',
      '0 0',
      'default none',
      '2g',
      'default 90',
      '512K none',
      '',
      undefined,
      'x y',
    ];
    assert.deepEqual(values.map(rekeyOf), [
      { bytes: 1_048_576, milliseconds: 3_600_000 },
      { bytes: 1_048_576, milliseconds: 3_600_000 },
      undefined,
      undefined,
      { bytes: 2 ** 31 },
      { milliseconds: 90_000 },
      { bytes: 524_288 },
      undefined,
      undefined,
      undefined,
    ]);
  });
});

(missing === undefined ? describe : describe.skip)(`RekeyLimit, with a real sshd${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  let identity: string;
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    sshd = await startSshd({ home, settings: ['LogLevel DEBUG1'] });
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });

  /** How often keys have been exchanged, the first time of each connection included. */
  const exchanges = (): number => sshd.log().split('SSH2_MSG_NEWKEYS received').length - 1;

  for (const [setting, least] of [
    ['Compression no', 0],
    ['RekeyLimit 1M', 5],
    ['RekeyLimit default 1', 1],
  ] as const)
    it(`exchanges the keys again, and loses nothing: ${setting}`, async () => {
      const env = await writeConfig(home, `Host *\n  ${setting}\n  ConnectTimeout 60`);
      const before = exchanges();
      const transport = transportOf(await connectTo({ home, port: sshd.port, identity }, { env }));
      const script = 'head -c 8000000 /dev/urandom | tee /dev/fd/2 | sha256sum; sleep 2.2; echo end';
      const { stdout, stderr, last } = await run(transport, { argv: ['sh', '-c', script] });
      await transport.dispose();
      assert.deepEqual(last, { type: 'exit', code: 0, signal: undefined });
      const [sum, end] = stdout.toString().trim().split('\n');
      assert.equal(sum?.split(' ')[0], createHash('sha256').update(stderr).digest('hex'));
      assert.equal(end, 'end');
      const count = exchanges() - before - 1;
      assert.ok(least === 0 ? count === 0 : count >= least, `${count} exchanges\n${sshd.log()}`);
    });
});
