import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { english } from '../../../src/base/l10n.ts';
import {
  type ConfigRead,
  parseConfig,
  readSshConfig,
  withLibrary,
} from '../../../src/remote/ssh-config/read.ts';
import { type HostSettings, settingsOf } from '../../../src/remote/ssh-config/settings.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { random } from '../../support/random.ts';
import { writeConfig } from '../../support/ssh-config.ts';
import { opensshMissing } from '../../support/sshd.ts';

const missing = opensshMissing();

describe('The user’s ssh config', () => {
  let home: Home;
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  const readers: readonly (readonly [name: string, client: boolean])[] = [
    ...(missing === undefined ? [['ssh -G', true] as const] : []),
    ['the library', false],
  ];
  async function read(
    text: string,
    client: boolean,
    request: { host?: string; user?: string; port?: number } = {},
  ) {
    const env = await writeConfig(home, text, { client });
    const { host = '10.0.0.1', ...decided } = request;
    const signal = new AbortController().signal;
    return readSshConfig({ host, ...decided, home: home.path, env: { ...env, AGENT: '/run/agent' }, signal });
  }
  const settingsFrom = (result: ConfigRead): HostSettings => {
    assert.ok(result.ok, JSON.stringify(result));
    return result.settings;
  };

  const cases: readonly (readonly [title: string, config: string, settings: (home: Home) => HostSettings])[] =
    [
      [
        'sets address, port and user',
        'Host 10.0.0.*\n  HostName n1.example\n  Port 2222\n  User admin\nHost *\n  User other',
        () => ({ hostName: 'n1.example', port: 2222, user: 'admin' }),
      ],
      [
        'excludes a negated pattern',
        'Host 10.* !10.0.0.1\n  Port 2222\nHost *\n  Port 3333',
        () => ({ port: 3333 }),
      ],
      [
        'sets key files with IdentitiesOnly',
        'Host *\n  IdentityFile ~/.ssh/one\n  IdentityFile %d/two-%h\n  IdentitiesOnly yes',
        ({ file }) => ({ identities: [file('.ssh/one'), '@home/two-10.0.0.1'], identitiesOnly: true }),
      ],
      [
        'sets a list of revoked host keys',
        'Host 10.*\n  RevokedHostKeys ~/.ssh/revoked-%h',
        ({ file }) => ({ revoked: [file('.ssh/revoked-10.0.0.1')] }),
      ],
      ['sets no list of revoked host keys', 'RevokedHostKeys none\nPort 22', () => ({})],
      ['sets an agent', 'IdentityAgent /run/agent.sock', () => ({ agent: '/run/agent.sock' })],
      ['sets an agent through a variable', 'IdentityAgent $AGENT\nPort 22', () => ({ agent: '/run/agent' })],
      ['disables the agent', 'IdentityAgent none\nPort 22', () => ({ agent: null })],
      ['sets jump hosts', 'ProxyJump ops@a:22,b', () => ({ jump: 'ops@a:22,b' })],
      ['disables the jump host', 'Host 10.0.0.1\n  ProxyJump none\nHost *\n  ProxyJump b', () => ({})],
      ['sets a ProxyCommand', 'ProxyCommand nc -x p %h %p', () => ({ proxyCommand: 'nc -x p %h %p' })],
      [
        'sets known_hosts files',
        'UserKnownHostsFile /k1 /k2\nGlobalKnownHostsFile /etc/g',
        () => ({ knownHosts: ['/k1', '/k2', '/etc/g'] }),
      ],
      ['sets a host key alias', 'HostKeyAlias cluster-a', () => ({ hostKeyAlias: 'cluster-a' })],
      ['enables strict host key checking', 'StrictHostKeyChecking yes', () => ({ strict: true })],
      ['cannot disable host key checking', 'StrictHostKeyChecking no\nPort 22', () => ({})],
      ['matches the user', 'Match user admin\n  Port 2200', () => ({ port: 2200 })],
    ];
  for (const [reader, client] of readers)
    describe(`read by ${reader}`, () => {
      for (const [title, config, expected] of cases)
        it(title, async () => {
          const got = settingsFrom(await read(config, client, { user: 'admin' }));
          const wanted = expected(home);
          for (const [key, value] of Object.entries(wanted)) {
            const found: unknown = got[key as keyof HostSettings];
            const text = JSON.stringify(found).replaceAll(`${home.path}/two`, '@home/two');
            if (Array.isArray(value))
              for (const item of value) assert.ok(text.includes(JSON.stringify(item)), text);
            else assert.deepEqual(found, value, key);
          }
          for (const key of ['jump', 'proxyCommand', 'strict', 'identitiesOnly', 'hostKeyAlias'] as const)
            assert.equal(key in got, key in wanted, key);
        });

      it('includes other files, whose Host blocks end with them', async () => {
        await mkdir(home.file('.ssh/conf.d'), { recursive: true });
        await writeFile(home.file('.ssh/conf.d/b.conf'), 'Host other\n  Port 1\n');
        await writeFile(home.file('.ssh/conf.d/a.conf'), 'Host 10.0.0.1\n  Port 4444\n');
        const text = `Include ${home.file('.ssh/conf.d')}/*.conf\nUser admin\n`;
        const { port, user } = settingsFrom(await read(text, client));
        assert.deepEqual([port, user], [4444, 'admin']);
      });

      it('leaves the user undefined if it sets none, and returns one equal to the local user name', async () => {
        assert.equal(settingsFrom(await read('Port 2222', client)).user, undefined);
        const local = userInfo().username;
        assert.equal(settingsFrom(await read(`User ${local}\nPort 2222`, client)).user, local);
      });
    });

  for (const [line, section] of [
    ['a command to run', (file: string) => `Match exec "touch ${file}"`],
    ['the command', () => 'Match command uptime'],
    ['the kind of session', () => 'Match host 10.0.0.1 sessiontype exec'],
    ['the network', () => 'match localnetwork=10.0.0.0/8'],
    ['a tag', () => 'Match tagged lab'],
    ['the version', () => 'Match version OpenSSH_10*'],
  ] as const)
    it(`refuses a section that only ssh can decide without an OpenSSH client: ${line}`, async () => {
      const text = section(home.file('ran'));
      const result = await read(`${text}\n  RevokedHostKeys /x\nHost *\n  Port 2`, false);
      assert.ok(!result.ok);
      assert.match(english(result.failure.action), /^Install an OpenSSH client: only ssh can read the line/);
      assert.equal(result.failure.detail, text);
      assert.equal(existsSync(home.file('ran')), false);
    });

  it('reports to ssh that it runs a command if a section depends on that, and only then', async () => {
    const asked = async (text: string) => {
      const env = await writeConfig(home, text);
      await writeFile(home.file('bin/ssh'), `#!/bin/sh\necho "$*" >${home.file('asked')}\necho port 7\n`);
      const signal = new AbortController().signal;
      const result = await readSshConfig({ host: '10.0.0.1', user: 'me', home: home.path, env, signal });
      assert.ok(result.ok);
      assert.equal(result.settings.port, 7);
      return (await readFile(home.file('asked'), 'utf8')).trim();
    };
    // ssh refuses a command next to a RemoteCommand of the config.
    const withCommand = '-G -o RemoteCommand=none -l me -- 10.0.0.1 sh';
    assert.equal(await asked('Match sessiontype exec\n  Port 7'), withCommand);
    assert.equal(await asked('match host * COMMAND=sh\n  Port 7'), withCommand);
    assert.equal(await asked('Host *\n  Port 7'), '-G -l me -- 10.0.0.1');
  });

  it('does not call ssh if it has no relevant keyword', async () => {
    const env = await writeConfig(home, 'Host *\n  SendEnv LANG\n  Compression yes');
    await writeFile(home.file('bin/ssh'), '#!/bin/sh\nexit 9\n');
    const signal = new AbortController().signal;
    const { settings } = {
      settings: settingsFrom(await readSshConfig({ host: 'a', home: home.path, env, signal })),
    };
    assert.deepEqual(settings, {});
  });

  if (missing === undefined)
    it('is refused with the error of ssh if it is invalid', async () => {
      const result = await read('Port 22\nNoSuchOption yes', true);
      assert.ok(!result.ok);
      assert.equal(result.failure.code, 'config');
      assert.match(english(result.failure.action), /ssh -G 10\.0\.0\.1/);
      assert.match(result.failure.detail ?? '', /Bad configuration option/);
    });

  it('is parsed without an exception for random content', () => {
    const { below, pick } = random(17);
    const pieces = [
      'Host ',
      'Match ',
      'exec ',
      'Port ',
      'IdentityFile ',
      '"',
      "'",
      '*',
      '!',
      '\n',
      ' ',
      '=',
      '%h',
      '%',
      '${',
      '}',
      '~',
      '\0',
      '\r\n',
      'é',
      'Include x',
      'user',
      '#',
      '\\',
      ',',
    ] as const;
    const context = { host: 'a', home: '/h', env: {} };
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: below(30) }, () => pick(pieces)).join('');
      settingsOf(parseConfig(text), context);
      const values = withLibrary(text, context);
      if (values) settingsOf(values, context);
    }
  });
});
