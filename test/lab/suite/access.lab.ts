import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../../src/app/entry.ts';
import { english } from '../../../src/base/l10n.ts';
import { connectNode } from '../../../src/remote/connect.ts';
import { createHostKeys } from '../../../src/remote/host-keys/host-keys.ts';
import { createShared } from '../../../src/remote/shared.ts';
import { decodeCluster } from '../../../src/rules/decode.ts';
import { failureOf, type Home, makeHome, run, transportOf } from '../../support/connecting.ts';
import { type Answers, person } from '../../support/person.ts';
import { writeConfig } from '../../support/ssh-config.ts';
import { type Lab, upLab } from '../lab.ts';
import { sudoRsFolder } from '../sudo-rs.ts';

const password = 'correct horse battery';
const forever = new AbortController().signal;

/** Rules for each user in the real sudo of the lab's nodes. */
const sudoers: Readonly<Record<string, readonly string[]>> = {
  asked: ['asked ALL=(ALL) ALL', 'Defaults:asked lecture=always'],
  free: ['free ALL=(ALL) NOPASSWD: ALL'],
  onscreen: ['onscreen ALL=(ALL) ALL', 'Defaults:onscreen requiretty'],
  freescreen: ['freescreen ALL=(ALL) NOPASSWD: ALL', 'Defaults:freescreen requiretty, use_pty'],
  boxed: ['boxed ALL=(ALL) ALL', 'Defaults:boxed use_pty'],
  stranger: [],
};

describe('A login to a real node', () => {
  let lab: Lab;
  let home: Home;
  before(async () => {
    home = await makeHome();
    lab = await upLab({ nodes: 3 });
    await makeUsers('openstack1', Object.keys(sudoers), Object.values(sudoers).flat());
  });
  after(async () => {
    await lab?.down();
    await home.remove();
  });

  /** Creates users with the lab's key and the same password on a node, and their sudo rules. */
  async function makeUsers(node: string, users: readonly string[], rules: readonly string[]): Promise<void> {
    const key = readFileSync(`${lab.identity}.pub`, 'utf8').trim();
    const made = users.flatMap((user) => [
      `useradd -m -s /bin/bash ${user}`,
      `echo '${user}:${password}' | chpasswd`,
      `install -d -m 700 -o ${user} /home/${user}/.ssh`,
      `echo '${key}' >/home/${user}/.ssh/authorized_keys && chown ${user} /home/${user}/.ssh/authorized_keys`,
    ]);
    const script = [
      'set -e',
      ...made,
      `printf '%s\n' '${rules.join('\n')}' >/etc/sudoers.d/access`,
      'chmod 440 /etc/sudoers.d/access',
      'visudo -c',
    ].join('\n');
    const { code, stderr } = await lab.inside(node, ['sh', '-s'], script);
    assert.equal(code, 0, stderr);
  }

  const connect = (name: string, user: string, answers: Answers = {}, env: Record<string, string> = {}) => {
    const prompts = person(answers);
    const host = lab.node(name).address;
    const ssh = { host, port: 22, user, identity: lab.identity, become: 'sudo' as const };
    const connected = connectNode({
      ...{ node: { name, ssh }, prompts, home: home.path, env, signal: forever },
      hostKeys: createHostKeys({ files: [], more: [lab.knownHosts], store: home.file('trusted') }),
      shared: createShared({ lingerMs: 0 }),
    });
    return { prompts, connected };
  };
  const refusesStranger = async (node: string) => {
    const { connected } = connect(node, 'stranger', { secrets: [password] });
    const transport = transportOf(await connected);
    const { last } = await run(transport, asRoot('true'));
    assert.match(last.type === 'lost' ? english(last.failure.message) : '', /stranger may not use sudo/);
    await transport.dispose();
  };
  const asRoot = (script: string, stdin = '') => ({
    argv: ['sh', '-c', script],
    stdin,
    become: 'sudo' as const,
  });

  for (const [user, asked, joined] of [
    ['asked', 1, false],
    ['free', 0, false],
    ['onscreen', 1, true],
    ['freescreen', 0, true],
    ['boxed', 1, false],
  ] as const)
    it(`runs commands as root for user "${user}": ${sudoers[user]?.join('; ')}`, async () => {
      const { prompts, connected } = connect('openstack1', user, { secrets: [password] });
      const transport = transportOf(await connected);
      const input = 'a\r\n\u0003\u0004\0\tz';
      for (const round of [1, 2]) {
        const { stdout, stderr, last } = await run(
          transport,
          asRoot('id -u; cat; echo err >&2; exit 7', input),
        );
        assert.deepEqual(last, { type: 'exit', code: 7, signal: undefined }, `round ${round}`);
        assert.equal(stdout.toString(), `0\n${input}${joined ? 'err\n' : ''}`);
        if (!joined) assert.match(stderr.toString(), /err\n$/);
      }
      assert.equal(prompts.secrets.length, asked);
      await transport.dispose();
    });

  for (const user of ['asked', 'onscreen', 'free'])
    it(`runs a step as a detached job for user "${user}"`, async () => {
      const { address } = lab.node('openstack1');
      const text = `cluster: access
ssh: { user: ${user}, become: sudo, identity: ${JSON.stringify(lab.identity)} }
nodes:
  openstack1: { address: ${address} }
steps:
  - { name: who, run: 'id -u >/root/ran-by-${user}; echo "a line of the step, from \${SSH_CONNECTION%% *}"' }
`;
      const { cluster } = decodeCluster(text);
      assert.ok(cluster);
      const prompts = person({ secrets: [password] });
      const options = { stateFolder: home.path, home: home.path, env: {}, prompts };
      const engine = createEngine({ ...options, knownHosts: () => [lab.knownHosts] });
      const output: string[] = [];
      for await (const event of engine.operate({ kind: 'run', cluster, selection: {} }, forever)) {
        if (event.type === 'log') output.push(event.line);
        if (event.type === 'node-failed') output.push(english(event.failure.message));
        if (event.type === 'run-finished') output.push(event.outcome);
      }
      await engine.dispose();
      // Sudo removes the variable, but the network steps need it.
      assert.deepEqual(output, ['a line of the step, from 198.18.88.1', 'ok']);
      assert.equal((await lab.inside('openstack1', ['cat', `/root/ran-by-${user}`])).stdout, '0\n');
      assert.equal(prompts.secrets.length, user === 'free' ? 0 : 1);
    });

  it('tries a wrong password once, without locking the account', async () => {
    const failed = 'journalctl -q -t sudo --since=-1min | grep -c "incorrect password attempt"';
    const { connected } = connect('openstack1', 'asked', { secrets: ['wrong'] });
    const transport = transportOf(await connected);
    const { last, stdout } = await run(transport, asRoot('echo ran', 'script\nscript\nscript\n'));
    assert.ok(last.type === 'lost');
    assert.match(english(last.failure.message), /^openstack1 .*sudo rejected the password of asked/);
    assert.doesNotMatch(JSON.stringify(last), /wrong|ran/);
    assert.equal(stdout.length, 0);
    const said = await lab.inside('openstack1', [
      'sh',
      '-c',
      `${failed}; journalctl -q -t sudo --since=-1min | tail -3`,
    ]);
    assert.match(said.stdout, /1 incorrect password attempt/);
    assert.doesNotMatch(said.stdout, /[23] incorrect/);
    await transport.dispose();
  });

  it('fails with an explanation if sudo does not allow the user to become root', async () => {
    await refusesStranger('openstack1');
  });

  it('exposes the password in no command line or environment on the node', async () => {
    const { connected } = connect('openstack1', 'asked', { secrets: [password] });
    const transport = transportOf(await connected);
    const search = `cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c '[c]orrect horse'; pgrep -c -f '[w]aiting-command'`;
    const control = await lab.inside('openstack1', ['sh', '-c', `: '${password}'; ${search}`]);
    assert.match(control.stdout, /^[1-9]/, 'a password in a command line is found');
    const stop = new AbortController();
    const running = run(
      transport,
      asRoot('echo here; read line; : waiting-command; sleep 30', 'x\n'),
      stop.signal,
    );
    let seen = '';
    for (let tries = 0; tries < 50 && !/^0\n[1-9]/.test(seen); tries++)
      seen = (await lab.inside('openstack1', ['sh', '-c', search])).stdout;
    assert.match(seen, /^0\n[1-9]\d*\n$/);
    stop.abort();
    await running;
    await transport.dispose();
  });

  describe('with sudo-rs', () => {
    before(async () => {
      await makeUsers(
        'openstack3',
        ['asked', 'free', 'stranger'],
        ['asked ALL=(ALL) ALL', 'free ALL=(ALL) NOPASSWD: ALL'],
      );
      const real = join(await sudoRsFolder(() => undefined), 'sudo');
      copyFileSync(real, join(lab.node('openstack3').root, 'usr/bin/sudo'));
      const { stdout } = await lab.inside('openstack3', [
        'sh',
        '-c',
        'chmod 4755 /usr/bin/sudo; sudo --version 2>&1',
      ]);
      assert.match(stdout, /^sudo-rs /);
    });

    for (const [user, asked] of [
      ['asked', 1],
      ['free', 0],
    ] as const)
      it(`runs commands as root for user "${user}", with unchanged input`, async () => {
        const { prompts, connected } = connect('openstack3', user, { secrets: [password] });
        const transport = transportOf(await connected);
        const input = 'a\r\n\u0003\u0004\0\tz';
        for (const round of [1, 2]) {
          const { stdout, last } = await run(transport, asRoot('id -u; cat; exit 7', input));
          assert.deepEqual(last, { type: 'exit', code: 7, signal: undefined }, `round ${round}`);
          assert.equal(stdout.toString(), `0\n${input}`);
        }
        assert.equal(prompts.secrets.length, asked);
        await transport.dispose();
      });

    it('tries a wrong password once, and says so', async () => {
      const { connected } = connect('openstack3', 'asked', { secrets: ['wrong'] });
      const transport = transportOf(await connected);
      const { last, stdout } = await run(transport, asRoot('echo ran', 'script\nscript\n'));
      assert.match(
        last.type === 'lost' ? english(last.failure.message) : '',
        /^openstack3 .*sudo rejected the password of asked/,
      );
      assert.equal(stdout.length, 0);
      await transport.dispose();
    });

    it('fails with an explanation if the user may not become root', async () => {
      await refusesStranger('openstack3');
    });
  });

  it('works through two jump hosts of the ssh config', async () => {
    const [one, two, three] = ['openstack1', 'openstack2', 'openstack3'].map(
      (name) => lab.node(name).address,
    );
    const config = `Host ${three}\n  ProxyJump hop2\nHost hop2\n  HostName ${two}\n  User root\n  ProxyJump hop1\nHost hop1\n  HostName ${one}\n  User root\n`;
    const env = await writeConfig(home, config);
    const { connected } = connect('openstack3', 'root', {}, env);
    const transport = transportOf(await connected);
    const { stdout } = await run(transport, { argv: ['sh', '-c', 'hostname; echo "$SSH_CONNECTION"'] });
    assert.match(stdout.toString(), new RegExp(`^openstack3\\S*\n${two} `));
    await transport.dispose();
  });

  it('is refused after a host key change until the user has replaced the key', async () => {
    await lab.disrupt('openstack2', 'new-host-key');
    const before = readFileSync(lab.knownHosts, 'utf8');
    const refused = failureOf(await connect('openstack2', 'root').connected);
    assert.equal(refused.code, 'host-key-changed');
    assert.match(english(refused.message), /SHA256:.*SHA256:/);
    const { cluster } = decodeCluster(readFileSync(lab.clusterFile, 'utf8'));
    const node = cluster?.nodes.find(({ name }) => name === 'openstack2');
    assert.ok(cluster && node);
    const prompts = person();
    const options = {
      stateFolder: home.path,
      home: home.path,
      env: {},
      prompts,
      knownHosts: () => [lab.knownHosts],
    };
    const engine = createEngine(options);
    const shown: string[] = [];
    const ask = async (question: { fingerprint: string; old: { fingerprint: string } }) => {
      shown.push(question.old.fingerprint, question.fingerprint);
      return true;
    };
    assert.equal(await engine.trust({ cluster, node, ask }, forever), undefined);
    const { stdout } = await lab.inside('openstack2', [
      'sh',
      '-c',
      'for f in /etc/ssh/ssh_host_*.pub; do ssh-keygen -lf $f; done',
    ]);
    assert.ok(stdout.includes(shown[1] ?? '-'), stdout);
    assert.ok(!stdout.includes(shown[0] ?? ''));
    assert.equal(await engine.trust({ cluster, node, ask: async () => false }, forever), undefined);
    assert.equal(readFileSync(lab.knownHosts, 'utf8'), before);
    await engine.dispose();
  });
});
