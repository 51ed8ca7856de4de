import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { english } from '../../src/base/l10n.ts';
import { connectNode } from '../../src/remote/connect.ts';
import { createHostKeys } from '../../src/remote/host-keys/host-keys.ts';
import { failureOf, type Home, makeHome, transportOf } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { makeKey, startServer, type TestServer } from '../support/ssh-server.ts';
import { opensshMissing } from '../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

for (const client of [true, false]) {
  const by = client ? 'ssh' : 'the library';
  (missing === undefined ? describe : describe.skip)(`The ssh config, read by ${by}${title}`, () => {
    let home: Home;
    let node: TestServer;
    before(async () => {
      node = await startServer({ password: 'pw' });
    });
    after(() => node.close());
    beforeEach(async () => {
      home = await makeHome();
    });
    afterEach(() => home.remove());

    const attempt = async (settings: string, prompts = person({ secrets: ['pw', 'pw', 'pw'] })) => {
      const config = `Host 192.0.2.*\n  HostName 127.0.0.1\n  Port ${node.port}\n${settings}`;
      const env = await writeConfig(home, config, { client });
      const hostKeys = createHostKeys({ files: [home.file('known_hosts')], store: home.file('trusted') });
      const ssh = { host: '192.0.2.1', port: 22, user: 'root', become: 'none', open: ['port'] } as const;
      const signal = new AbortController().signal;
      const connected = await connectNode({
        ...{ node: { name: 'n1', ssh }, prompts, hostKeys, home: home.path, env, signal },
      });
      return { connected, prompts };
    };

    for (const settings of [
      '  PasswordAuthentication no',
      '  PreferredAuthentications publickey',
      '  PreferredAuthentications keyboard-interactive,hostbased',
      '  PASSWORDAUTHENTICATION=no',
      '=PasswordAuthentication no',
      '\r "PasswordAuthentication" no',
    ])
      it(`forbids the password by ${settings.trim()}`, async () => {
        const { connected, prompts } = await attempt(settings);
        const failure = failureOf(connected);
        assert.equal(failure.code, 'auth');
        assert.match(english(failure.message), /password: forbidden by your ssh config/);
        assert.deepEqual(prompts.secrets, []);
      });

    for (const [pattern, file] of [
      ['more/[a', '[a'],
      ['more/[!b]', 'a'],
      ['more/[a-c]x', 'bx'],
      ['m*e/[!b]', 'a'],
      ['more/[]a]', 'a'],
    ] as const)
      it(`is read from the file ${file} of Include ${pattern}`, async () => {
        await mkdir(home.file('.ssh/more'), { recursive: true });
        await home.write(`.ssh/more/${file}`, 'PasswordAuthentication no\n');
        await home.write('.ssh/more/b', 'User wrong\n');
        const config = `Include ${home.file('.ssh')}/${pattern}\nHost 192.0.2.*\n  HostName 127.0.0.1\n  Port ${node.port}`;
        const env = await writeConfig(home, config, { client });
        const hostKeys = createHostKeys({ files: [], store: home.file('trusted') });
        const ssh = {
          host: '192.0.2.1',
          port: 22,
          user: 'root',
          become: 'none',
          open: ['port', 'user'],
        } as const;
        const signal = new AbortController().signal;
        const prompts = person({ secrets: ['pw'] });
        const connected = await connectNode({
          ...{ node: { name: 'n1', ssh }, prompts, hostKeys, home: home.path, env, signal },
        });
        assert.match(english(failureOf(connected).message), /login of root failed.*password: forbidden/);
        assert.deepEqual(prompts.secrets, []);
      });

    it('is followed in a file that ssh alone can find, or refused', async () => {
      await mkdir(home.file('.ssh'), { recursive: true });
      await home.write('.ssh/more', 'HostKeyAlgorithms ecdsa-sha2-nistp256\n');
      const { connected, prompts } = await attempt(`Include ~root/..${home.file('.ssh/more')}`);
      const failure = failureOf(connected);
      assert.equal(failure.code, client ? 'handshake' : 'config');
      if (!client) assert.match(`${failure.detail}`, /^Include ~root/);
      assert.deepEqual([prompts.hostKeys, prompts.secrets], [[], []]);
    });

    it('forbids keyboard-interactive and allows the password', async () => {
      const { connected, prompts } = await attempt('  KbdInteractiveAuthentication no');
      await transportOf(connected).dispose();
      assert.deepEqual(
        prompts.secrets.map(({ kind }) => kind),
        ['password'],
      );
    });

    it('forbids every method, and says so before anything is sent', async () => {
      const { connected, prompts } = await attempt(
        '  PasswordAuthentication no\n  KbdInteractiveAuthentication no\n  PubkeyAuthentication no',
      );
      assert.match(
        english(failureOf(connected).message),
        /n1 .*your ssh config forbids this connection: it allows none/,
      );
      assert.deepEqual([prompts.hostKeys, prompts.secrets], [[], []]);
    });

    for (const [keyword, value] of [
      ['HostKeyAlgorithms', 'ssh-rsa'],
      ['Ciphers', 'aes128-cbc'],
      ['MACs', 'umac-64@openssh.com'],
      ['KexAlgorithms', 'diffie-hellman-group1-sha1'],
    ] as const)
      it(`refuses a ${keyword} that allows nothing known`, async () => {
        const { connected, prompts } = await attempt(`  ${keyword} ${value}`);
        assert.match(english(failureOf(connected).message), new RegExp(keyword));
        assert.deepEqual(prompts.hostKeys, []);
      });

    it('asks as often as NumberOfPasswordPrompts says, and nothing if that is 0', async () => {
      const wrong = () => person({ secrets: ['no', 'no', 'no', 'no', 'no'] });
      for (const [count, asked] of [
        [1, 1],
        [5, 5],
        [0, 0],
      ] as const) {
        const { connected, prompts } = await attempt(
          `  NumberOfPasswordPrompts ${count}\n  KbdInteractiveAuthentication no\n  StrictHostKeyChecking accept-new`,
          wrong(),
        );
        const failure = failureOf(connected);
        assert.equal(failure.code, 'auth');
        assert.match(
          english(failure.message),
          count === 0 ? /password: forbidden by your ssh config/ : /password: wrong/,
        );
        assert.equal(prompts.secrets.length, asked);
      }
    });

    it('names NoHostAuthenticationForLocalhost when it asks or refuses a key of this computer all the same', async () => {
      const attemptLocal = async (host: string, known: string) => {
        const text = `Host *\n  NoHostAuthenticationForLocalhost yes\n  HostName ${host}\n  Port ${node.port}\n  UserKnownHostsFile ${home.file('known_hosts')}`;
        const env = await writeConfig(home, text, { client });
        await home.write('known_hosts', known);
        const hostKeys = createHostKeys({ files: [home.file('known_hosts')], store: home.file('trusted') });
        const ssh = { host: 'n1', port: 22, user: 'root', become: 'none', open: ['port'] } as const;
        const signal = new AbortController().signal;
        const prompts = person({ hostKey: 'reject' });
        const connected = await connectNode({
          ...{ node: { name: 'n1', ssh }, prompts, hostKeys, home: home.path, env, signal },
        });
        return { text: english(failureOf(connected).message), asked: prompts.hostKeys.length };
      };
      const unknown = await attemptLocal('127.0.0.1', '');
      assert.equal(unknown.asked, 1);
      assert.match(
        unknown.text,
        /not accepted\. NoHostAuthenticationForLocalhost in your ssh config is not followed\./,
      );
      const changed = await attemptLocal('127.0.0.1', `[127.0.0.1]:${node.port} ${makeKey().publicLine}\n`);
      assert.equal(changed.asked, 0);
      assert.match(
        changed.text,
        /has changed.*NoHostAuthenticationForLocalhost in your ssh config is not followed\./,
      );
    });

    it('asks nothing in BatchMode', async () => {
      const { connected, prompts } = await attempt('  BatchMode yes');
      assert.match(english(failureOf(connected).message), /your ssh config sets BatchMode yes/);
      assert.deepEqual([prompts.hostKeys, prompts.secrets], [[], []]);
    });

    it('offers only the allowed host key algorithms', async () => {
      const { connected } = await attempt('  HostKeyAlgorithms ecdsa-sha2-nistp256');
      assert.equal(failureOf(connected).code, 'handshake');
    });

    it('refuses an RSA host key shorter than RequiredRSASize, even a known one', async () => {
      execFileSync('ssh-keygen', [
        '-q',
        '-t',
        'rsa',
        '-b',
        '2048',
        '-N',
        '',
        '-m',
        'PEM',
        '-f',
        home.file('rsa'),
      ]);
      const [privateText, publicLine] = ['rsa', 'rsa.pub'].map((name) =>
        readFileSync(home.file(name), 'utf8'),
      );
      assert.ok(privateText && publicLine);
      const server = await startServer({ password: 'pw', hostKey: { privateText, publicLine } });
      const config = `  Port ${server.port}\n  RequiredRSASize 3072\n`;
      const env = await writeConfig(home, `Host 192.0.2.*\n  HostName 127.0.0.1\n${config}`, { client });
      const ssh = { host: '192.0.2.1', port: 22, user: 'root', become: 'none', open: ['port'] } as const;
      const hostKeys = createHostKeys({ files: [], store: home.file('trusted') });
      const signal = new AbortController().signal;
      const prompts = person();
      const connected = await connectNode({
        ...{ node: { name: 'n1', ssh }, prompts, hostKeys, home: home.path, env, signal },
      });
      await server.close();
      assert.match(english(failureOf(connected).message), /RSA host key has 2048 bits.*3072/);
      assert.deepEqual(prompts.hostKeys, []);
    });
  });
}
