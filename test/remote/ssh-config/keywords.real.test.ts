import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { isRelevant, keywords, keywordsIn } from '../../../src/remote/ssh-config/keywords.ts';
import { timeOf } from '../../../src/remote/ssh-config/link-settings.ts';
import { readSshConfig } from '../../../src/remote/ssh-config/read.ts';
import type { HostSettings } from '../../../src/remote/ssh-config/settings.ts';
import { type Home, makeHome } from '../../support/connecting.ts';
import { writeConfig } from '../../support/ssh-config.ts';
import { opensshMissing } from '../../support/sshd.ts';

const missing = opensshMissing();
/** A value that ssh accepts and that differs from its default, for each keyword that does not take `yes`. */
const samples: Readonly<Record<string, string>> = {
  addressfamily: 'inet6',
  bindaddress: '127.0.0.1',
  bindinterface: 'lo',
  canonicaldomains: 'example.com',
  canonicalizemaxdots: '2',
  canonicalizepermittedcnames: '*.a.example:*.b.example',
  casignaturealgorithms: 'rsa-sha2-512',
  certificatefile: '~/.ssh/my-cert.pub',
  channeltimeout: 'session=1h',
  ciphers: 'aes256-ctr,aes128-ctr',
  connectionattempts: '3',
  connecttimeout: '1m30',
  controlmaster: 'auto',
  controlpath: '~/.ssh/%C',
  dynamicforward: '1080',
  escapechar: 'none',
  fingerprinthash: 'md5',
  forwardx11timeout: '60',
  globalknownhostsfile: '/etc/ssh/my_hosts',
  hostbasedacceptedalgorithms: 'rsa-sha2-512',
  hostkeyalgorithms: 'rsa-sha2-512,ssh-rsa',
  hostkeyalias: 'alias',
  hostname: 'real.example',
  identityagent: '/run/my-agent',
  identityfile: '~/.ssh/my-key',
  ignoreunknown: 'Nosuch',
  ipqos: 'none',
  kbdinteractivedevices: 'pam',
  kexalgorithms: 'curve25519-sha256,diffie-hellman-group14-sha1',
  knownhostscommand: '/bin/cat /root/hosts',
  localcommand: 'true',
  localforward: '8080 localhost:80',
  loglevel: 'DEBUG',
  logverbose: 'kex.c:*:1000',
  macs: 'hmac-sha1,hmac-sha2-256',
  numberofpasswordprompts: '1',
  permitremoteopen: 'any',
  pkcs11provider: '/usr/lib/my.so',
  port: '2222',
  preferredauthentications: 'password',
  proxycommand: 'nc %h %p',
  proxyjump: 'me@jump.example:2200',
  challengeresponseauthentication: 'no',
  kbdinteractiveauthentication: 'no',
  passwordauthentication: 'no',
  pubkeyauthentication: 'no',
  pubkeyacceptedkeytypes: 'rsa-sha2-512',
  pubkeyacceptedalgorithms: 'rsa-sha2-512',
  rekeylimit: '1M 1h',
  remotecommand: 'uptime',
  remoteforward: '8080 localhost:80',
  requesttty: 'force',
  requiredrsasize: '3072',
  revokedhostkeys: '/etc/ssh/revoked',
  securitykeyprovider: '/usr/lib/my-sk.so',
  sendenv: 'MY_VARIABLE',
  serveralivecountmax: '7',
  serveraliveinterval: '11',
  sessiontype: 'none',
  setenv: 'A=B',
  streamlocalbindmask: '0077',
  stricthostkeychecking: 'accept-new',
  syslogfacility: 'USER',
  tag: 'mine',
  tunnel: 'ethernet',
  tunneldevice: '1:2',
  user: 'admin',
  userknownhostsfile: '~/.ssh/my_hosts',
  versionaddendum: 'mine',
  xauthlocation: '/usr/bin/my-xauth',
};
/** The settings without functions: which signatures are allowed instead. */
function comparable(settings: HostSettings): HostSettings & { readonly signatures?: readonly boolean[] } {
  const { security, ...rest } = settings;
  if (!security) return rest;
  const { mayUse, ...values } = security;
  const signatures = ['ssh-ed25519', 'rsa-sha2-512', 'rsa-sha2-256'].map((name) => mayUse(name));
  return { ...rest, security: values as typeof security, signatures };
}

/** Keywords that are not settings of a host. */
const sections: ReadonlySet<string> = new Set(['host', 'match', 'include', 'ignoreunknown', 'tag']);
/** Followed by ssh -G itself, which prints the resulting name. */
const ofNames = /^canonical/;

(missing === undefined ? describe : describe.skip)('Every keyword of ssh_config(5)', () => {
  let home: Home;
  before(async () => {
    home = await makeHome();
  });
  after(() => home.remove());

  async function read(config: string, host = 'n1'): Promise<HostSettings> {
    const env = await writeConfig(home, config);
    const signal = new AbortController().signal;
    const result = await readSshConfig({
      host,
      home: home.path,
      env,
      signal,
    });
    assert.ok(result.ok, JSON.stringify(result));
    return comparable(result.settings);
  }
  /** Whether this OpenSSH knows the keyword. */
  const isKnown = (line: string) => {
    try {
      execFileSync('ssh', ['-G', '-F', '/dev/null', '-o', line, 'n1'], { stdio: 'pipe' });
      return true;
    } catch {
      return false;
    }
  };
  /** `User` makes ssh be asked, whatever else is set. */
  const withUser = (line: string) => `Host *\n  ${line}\n  User someone\n`;

  for (const [keyword, treatment] of keywords)
    it(`${keyword} is treated as the table has it: ${treatment}`, async () => {
      const line = `${keyword} ${samples[keyword] ?? 'yes'}`;
      if (sections.has(keyword) || ofNames.test(keyword)) return assert.equal(treatment, 'followed');
      // A line that this OpenSSH refuses: the product must refuse the file, too.
      if (!isKnown(line)) return assert.rejects(read(withUser(line)), /"code":"config"/);
      const before = await read(withUser(''));
      // One is about hosts of this computer only.
      const host = keyword === 'nohostauthenticationforlocalhost' ? '127.0.0.1' : 'n1';
      const after = await read(withUser(line), host);
      const named = after.link?.notFollowed?.map((each) => each.keyword.toLowerCase()) ?? [];
      switch (treatment) {
        case 'followed':
          assert.notDeepEqual(after, before);
          assert.deepEqual(named, []);
          break;
        case 'no effect':
          assert.deepEqual(after, before);
          break;
        case 'login':
        case 'connect':
        case 'host key':
          assert.deepEqual(named, [keyword]);
          break;
      }
    });

  it('is in the table, as far as this OpenSSH prints it', () => {
    const printed = execFileSync('ssh', ['-G', '-F', '/dev/null', 'n1'], { encoding: 'utf8' });
    const unknown = [...keywordsIn(printed)].filter((keyword) => !keywords.has(keyword));
    assert.deepEqual(unknown, []);
  });

  it('has the values that ssh prints', async () => {
    const all = [
      'kexalgorithms',
      'ciphers',
      'macs',
      'hostkeyalgorithms',
      'connecttimeout',
      'serveraliveinterval',
    ];
    const lines = all.map((keyword) => `  ${keyword} ${samples[keyword]}`).join('\n');
    const { link } = await read(`Host *\n${lines}\n`);
    assert.deepEqual(link?.algorithms, {
      kex: ['curve25519-sha256', 'diffie-hellman-group14-sha1'],
      cipher: ['aes256-ctr', 'aes128-ctr'],
      mac: ['hmac-sha1', 'hmac-sha2-256'],
      hostKey: ['rsa-sha2-512', 'ssh-rsa'],
    });
    assert.deepEqual(link?.limits, { dialMs: 90_000, exchangeMs: 90_000, keepaliveMs: 11_000 });
  });
});

describe('A keyword in a configuration', () => {
  it('leads to a question to ssh if it has an effect, or if ssh may refuse it', () => {
    for (const text of ['Host a\n  Port 1', 'UseKeychain yes', '"User" x', 'Match all\nMACs x'])
      assert.ok(isRelevant(text), text);
    for (const text of [
      '',
      '# Port 1',
      'Host *\n  SendEnv LANG\n  HashKnownHosts yes\n  GSSAPIAuthentication yes',
    ])
      assert.ok(!isRelevant(text), text);
  });
});

describe('A time of ssh_config(5)', () => {
  it('has units, and none or an endless one is no limit', () => {
    const times = ['30', '2m', '1h30m', '1d', '0', 'none', '', '10x', '9999999999', undefined];
    assert.deepEqual(times.map(timeOf), [
      30_000,
      120_000,
      5_400_000,
      86_400_000,
      ...Array(6).fill(undefined),
    ]);
  });
});
