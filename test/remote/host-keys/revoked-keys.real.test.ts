import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { english } from '../../../src/base/l10n.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../../support/connecting.ts';
import { person } from '../../support/person.ts';
import { writeConfig } from '../../support/ssh-config.ts';
import { startServer } from '../../support/ssh-server.ts';
import { authorize, execute, keygen, opensshMissing, type Sshd, startSshd } from '../../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`RevokedHostKeys in the ssh config${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  let identity: string;
  let other: string;
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    other = await keygen(home, 'other');
    await authorize(home, identity);
    sshd = await startSshd({ home });
    await home.write('known_hosts', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });

  const publicLine = async (key: string) => (await execute('cat', [`${key}.pub`])).stdout;
  async function krl(name: string, ...keys: readonly string[]): Promise<string> {
    const path = home.file(name);
    await execute('ssh-keygen', ['-q', '-k', '-f', path, ...keys.map((key) => `${key}.pub`)]);
    return path;
  }
  /** A certificate for the server's key, signed by another key; in a list it revokes the key it certifies. */
  async function certificate(): Promise<string> {
    const key = home.file('copy.pub');
    await home.write('copy.pub', `${sshd.hostKey}\n`);
    await execute('ssh-keygen', ['-q', '-s', other, '-I', 'host', '-h', '-n', 'host', key]);
    return (await execute('cat', [home.file('copy-cert.pub')])).stdout;
  }
  /** Whether `ssh` itself logs in with this config. */
  async function sshLogsIn(): Promise<boolean> {
    const options = [`UserKnownHostsFile=${home.file('known_hosts')}`, 'BatchMode=yes', 'IdentitiesOnly=yes'];
    const words = [
      ...['-F', home.file('.ssh/config'), '-i', identity, '-p', String(sshd.port)],
      ...options.flatMap((option) => ['-o', option]),
    ];
    return await execute('ssh', [...words, 'root@127.0.0.1', 'true']).then(
      () => true,
      () => false,
    );
  }
  const known = () => `Host *\n  UserKnownHostsFile ${home.file('known_hosts')}\n`;
  const logins = () => sshd.log().split('Accepted publickey').length - 1;
  const tries = () => sshd.log().split('publickey').length - 1;

  type Verdict = 'revoked' | 'clear' | RegExp;
  const cases: readonly (readonly [title: string, config: () => Promise<string>, verdict: Verdict])[] = [
    ['a list with the key', () => home.write('list1', `# old\n\n  ${sshd.hostKey} comment\n`), 'revoked'],
    ['a list with other keys', async () => home.write('list2', await publicLine(other)), 'clear'],
    ['an empty list', () => home.write('list3', ''), 'clear'],
    ['a list with a certificate of the key', async () => home.write('list4', await certificate()), 'revoked'],
    ['a list with an invalid line', () => home.write('list5', `nonsense\n`), /line 1 is not a public key/],
    [
      'a list with the key after an invalid line',
      () => home.write('list6', `nonsense\n${sshd.hostKey}\n`),
      'revoked',
    ],
    [
      'a list with a known_hosts marker',
      () => home.write('list7', `@revoked * ${sshd.hostKey}\n`),
      'revoked',
    ],
    [
      'a list with a known_hosts marker before another key',
      async () => home.write('list8', `@revoked * ${await publicLine(other)}`),
      /line 1 is not a public key/,
    ],
    ['a KRL with the key', () => krl('krl1', home.file('sshd_host_key')), 'revoked'],
    ['a KRL with other keys', () => krl('krl2', other), 'clear'],
    [
      'a truncated KRL',
      async () => {
        const whole = await krl('krl3', home.file('sshd_host_key'));
        await execute('truncate', ['-s', '30', whole]);
        return whole;
      },
      /./,
    ],
    ['a missing list', async () => home.file('nowhere'), /ENOENT/],
    ['a folder instead of a list', async () => home.path, /EISDIR/],
    ['the value none', async () => 'none', 'clear'],
    [
      'a path with ssh_config tokens',
      async () => {
        await home.write('list-127.0.0.1', `${sshd.hostKey}\n`);
        return `${home.path}/list-%h`;
      },
      'revoked',
    ],
  ];
  for (const [name, list, verdict] of cases)
    it(`with ${name} ${verdict === 'clear' ? 'allows the login' : 'stops the login before anything about the user is sent'}, like ssh`, async () => {
      const env = await writeConfig(home, `${known()}  RevokedHostKeys ${await list()}`);
      assert.equal(await sshLogsIn(), verdict === 'clear');
      const before = [logins(), tries()];
      const prompts = person();
      const connected = await connectTo({ home, port: sshd.port, identity }, { env, prompts });
      assert.deepEqual(prompts.hostKeys, []);
      if (verdict === 'clear') return transportOf(connected).dispose();
      const failure = failureOf(connected);
      assert.equal(failure.code, 'host-key-revoked');
      const text = english(failure.message);
      assert.match(text, /^openstack1 \(127\.0\.0\.1:\d+\).*RevokedHostKeys/);
      if (verdict === 'revoked') assert.match(text, /is revoked by /);
      else {
        assert.match(text, /can't be read\.$/);
        assert.match(failure.detail ?? '', verdict);
      }
      assert.deepEqual([logins(), tries()], before);
    });

  it('stops the login if ssh-keygen, which reads a KRL, is missing', async () => {
    const env = await writeConfig(home, `Host *\n  RevokedHostKeys ${await krl('krl4', other)}`);
    const failure = failureOf(
      await connectTo({ home, port: sshd.port, identity }, { env: { ...env, PATH: home.file('bin') } }),
    );
    assert.equal(failure.code, 'host-key-revoked');
    assert.match(failure.detail ?? '', /ssh-keygen/);
  });

  it('also applies to a jump host', async () => {
    await mkdir(home.file('.ssh'), { recursive: true });
    const list = await home.write('list9', `${sshd.hostKey}\n`);
    const node = await startServer({ password: 'pw' });
    const env = await writeConfig(home, `Match originalhost 127.0.0.1 user root\n  RevokedHostKeys ${list}`);
    const jump = `root@127.0.0.1:${sshd.port}`;
    const failure = failureOf(
      await connectTo({ home, port: node.port, user: 'other', identity, jump }, { env }),
    );
    assert.equal(failure.code, 'host-key-revoked');
    assert.match(english(failure.message), /^openstack1: Jump host root@127\.0\.0\.1:\d+ .* is revoked by /);
    assert.equal(node.connections(), 0);
    await node.close();
  });
});
