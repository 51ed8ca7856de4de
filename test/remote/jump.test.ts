import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { createShared } from '../../src/remote/shared.ts';
import { connectTo, failureOf, type Home, makeHome, run, transportOf } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { startServer, type TestServer } from '../support/ssh-server.ts';
import { opensshMissing } from '../support/sshd.ts';

const command = { argv: ['hostname'] };

describe('A connection through a jump host', () => {
  let home: Home;
  let jump: TestServer;
  let node: TestServer;
  let jumpHost: string;
  before(async () => {
    jump = await startServer({ password: 'jump-pw' });
    node = await startServer({
      password: 'node-pw',
      exec: (channel) => {
        channel.stdout.write('behind\n');
        channel.exit(0);
        channel.end();
      },
    });
    jumpHost = `ops@127.0.0.1:${jump.port}`;
  });
  after(async () => {
    await node.close();
    await jump.close();
  });
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(async () => {
    await home.remove();
    for (const server of [jump, node]) server.attempts.length = 0;
    jump.forwards.length = 0;
  });

  it('verifies and logs in to each host in turn', async () => {
    const prompts = person({ secrets: ['jump-pw', 'node-pw'] });
    const transport = transportOf(await connectTo({ home, port: node.port, jump: jumpHost }, { prompts }));
    assert.equal((await run(transport, command)).stdout.toString(), 'behind\n');
    await transport.dispose();
    assert.deepEqual(
      prompts.hostKeys.map(({ node: name, port }) => [name, port]),
      [
        ['openstack1', jump.port],
        ['openstack1', node.port],
      ],
    );
    assert.deepEqual(
      prompts.secrets.map(({ user, text }) => [user, english(text)]),
      [
        ['ops', `Password for ops on Jump host ${jumpHost}`],
        ['root', 'Password for root on openstack1'],
      ],
    );
    assert.deepEqual(jump.forwards, [`127.0.0.1:${node.port}`]);
  });

  it('works through several jump hosts', async () => {
    const second = await startServer({ password: 'second-pw' });
    const prompts = person({ secrets: ['jump-pw', 'second-pw', 'node-pw'] });
    const chain = `${jumpHost}, ops@127.0.0.1:${second.port}`;
    const transport = transportOf(await connectTo({ home, port: node.port, jump: chain }, { prompts }));
    assert.equal((await run(transport, command)).stdout.toString(), 'behind\n');
    await transport.dispose();
    assert.deepEqual(jump.forwards, [`127.0.0.1:${second.port}`]);
    assert.deepEqual(second.forwards, [`127.0.0.1:${node.port}`]);
    await second.close();
  });

  it('stops before the login if the host key of the jump host has changed', async () => {
    await home.write('known_hosts', `[127.0.0.1]:${jump.port} ${node.hostKey.publicLine}\n`);
    const failure = failureOf(await connectTo({ home, port: node.port, jump: jumpHost }));
    assert.equal(failure.code, 'host-key-changed');
    assert.match(english(failure.message), /^openstack1: Jump host ops@127\.0\.0\.1:\d+ /);
    assert.deepEqual([jump.attempts, jump.forwards], [[], []]);
  });

  it('fails with the name of the jump host if it is down or cannot reach the node', async () => {
    const gone = await startServer();
    await gone.close();
    const refused = failureOf(await connectTo({ home, port: node.port, jump: `ops@127.0.0.1:${gone.port}` }));
    assert.equal(refused.code, 'refused');
    assert.match(english(refused.message), /^openstack1: Jump host ops@/);
    const prompts = person({ secrets: ['jump-pw'] });
    const behind = failureOf(await connectTo({ home, port: gone.port, jump: jumpHost }, { prompts }));
    assert.equal(behind.code, 'jump');
    assert.match(english(behind.message), new RegExp(`can.t connect to 127\\.0\\.0\\.1:${gone.port}`));
  });

  it('logs in to the jump host once for many nodes', async () => {
    const shared = createShared();
    const prompts = person({ secrets: ['jump-pw', ...Array<string>(4).fill('node-pw')] });
    const connecting = [1, 2, 3, 4].map(() =>
      connectTo({ home, port: node.port, jump: jumpHost }, { prompts, shared }),
    );
    const transports = (await Promise.all(connecting)).map(transportOf);
    await Promise.all(transports.map((transport) => transport.dispose()));
    const later = person({ secrets: ['node-pw'] });
    await transportOf(
      await connectTo({ home, port: node.port, jump: jumpHost }, { prompts: later, shared }),
    ).dispose();
    assert.deepEqual(jump.attempts, ['none', 'password']);
    await shared.dispose();
  });

  it('fails with a separate message for each node if the shared login fails', async () => {
    const shared = createShared();
    const prompts = person({ secrets: [undefined] });
    const failures = await Promise.all(
      [1, 2].map(() => connectTo({ home, port: node.port, jump: jumpHost }, { prompts, shared })),
    );
    assert.deepEqual(
      failures.map((failure) => failureOf(failure).code),
      ['cancelled', 'cancelled'],
    );
  });

  it('continues for the other nodes when the first one is cancelled', async () => {
    const shared = createShared();
    const stop = new AbortController();
    let answer: (password: string) => void = () => undefined;
    const prompts = person({
      secrets: [
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
        'node-pw',
      ],
    });
    const to = { home, port: node.port, jump: jumpHost };
    const first = connectTo(to, { prompts, shared, signal: stop.signal });
    const second = connectTo(to, { prompts, shared });
    while (prompts.secrets.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    assert.equal(failureOf(await first).code, 'cancelled');
    answer('jump-pw');
    await transportOf(await second).dispose();
    await shared.dispose();
  });

  it('is lost when the jump host disconnects', async () => {
    const own = await startServer({ open: true });
    const prompts = person({ secrets: ['node-pw'] });
    const to = { home, port: node.port, jump: `ops@127.0.0.1:${own.port}` };
    const transport = transportOf(await connectTo(to, { prompts }));
    own.drop();
    await own.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { last } = await run(transport, command);
    assert.equal(last.type === 'lost' && last.failure.code, 'lost');
    await transport.dispose();
  });

  for (const bad of ['-oProxyCommand=touch', 'a b', '$(id)', 'user@', 'host:99999', 'a;b', ' '])
    it(`never passes the jump host "${bad}" to the ssh command`, async () => {
      const failure = failureOf(await connectTo({ home, port: node.port, jump: bad }, { env: process.env }));
      assert.equal(failure.code, 'name-invalid');
      assert.match(english(failure.message), /^openstack1: invalid connection setting: jump host "/);
    });

  const missing = opensshMissing();
  const title = missing === undefined ? '' : ` (skipped: ${missing})`;
  (missing === undefined ? describe : describe.skip)(`that is defined in the ssh config${title}`, () => {
    const withConfig = (...lines: readonly string[]) => writeConfig(home, lines.join('\n'));

    it('uses the address, port, user and HostKeyAlias of the config', async () => {
      const env = await withConfig(
        'Host bastion',
        '  HostName 127.0.0.1',
        `  Port ${jump.port}`,
        '  User operator',
        '  HostKeyAlias the-bastion',
        `  UserKnownHostsFile ${home.file('known_hosts')}`,
      );
      await home.write('known_hosts', `the-bastion ${jump.hostKey.publicLine}\n`);
      const prompts = person({ secrets: ['jump-pw', 'node-pw'] });
      const transport = transportOf(
        await connectTo({ home, port: node.port, jump: 'bastion' }, { prompts, env }),
      );
      await transport.dispose();
      assert.equal(prompts.secrets[0]?.user, 'operator');
      assert.deepEqual(
        prompts.hostKeys.map(({ port }) => port),
        [node.port],
      );
    });

    it('follows the ProxyJump of an alias', async () => {
      const inner = await startServer({ password: 'inner-pw' });
      const env = await withConfig(
        `Host outer\n  HostName 127.0.0.1\n  Port ${jump.port}`,
        `Host inner\n  HostName 127.0.0.1\n  Port ${inner.port}\n  ProxyJump outer`,
      );
      const prompts = person({ secrets: ['jump-pw', 'inner-pw', 'node-pw'] });
      const transport = transportOf(
        await connectTo({ home, port: node.port, jump: 'inner' }, { prompts, env }),
      );
      await transport.dispose();
      assert.deepEqual(jump.forwards, [`127.0.0.1:${inner.port}`]);
      await inner.close();
    });

    it('fails if jump hosts refer to each other', async () => {
      const env = await withConfig('Host a\n  ProxyJump b', 'Host b\n  ProxyJump a');
      const failure = failureOf(await connectTo({ home, port: node.port, jump: 'a' }, { env }));
      assert.equal(failure.code, 'jump');
      assert.match(english(failure.message), /too many jump hosts/);
    });

    it('quotes the error of ssh about an invalid config', async () => {
      const env = await withConfig('User ops', 'NoSuchOption yes');
      const failure = failureOf(await connectTo({ home, port: node.port, jump: 'bastion' }, { env }));
      assert.equal(failure.code, 'config');
      assert.match(failure.detail ?? '', /Bad configuration option/);
    });
  });
});
