import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { english } from '../../src/base/l10n.ts';
import type { Limits } from '../../src/remote/base/limits.ts';
import type { WaitListener } from '../../src/remote/base/waits.ts';
import { connectTo, failureOf, type Home, makeHome, run } from '../support/connecting.ts';
import { person } from '../support/person.ts';
import { writeConfig } from '../support/ssh-config.ts';
import { startServer, type TestServer } from '../support/ssh-server.ts';

const stepMs = 700;
const limits: Partial<Limits> = {
  ...{ dialMs: stepMs, loginStepMs: stepMs, loginMs: 4 * stepMs, sessionMs: stepMs },
  ...{ startMs: stepMs, startTotalMs: 4 * stepMs, startGraceMs: 100 },
  ...{ keepaliveMs: 500, keepaliveCount: 2, waitNoticeMs: 50 },
};

/** A proxy that forwards a limited number of bytes from the server and closes nothing. */
interface Relay {
  readonly port: number;
  /** Bytes received from the server over all connections. */
  readonly sent: () => number;
  close(): Promise<void>;
}

async function startRelay(port: number, limit: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let sent = 0;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let left = limit;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far, { end: false });
    far.on('data', (bytes: Buffer) => {
      sent += bytes.length;
      const passed = bytes.subarray(0, left);
      left -= passed.length;
      if (passed.length > 0) near.write(passed);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => sent,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The message for each phase, in their order. */
const waits = [
  [
    'identification',
    /^openstack1 \(127\.0\.0\.1:\d+\) accepted the connection but sent no SSH identification within/,
  ],
  ['key exchange', /^openstack1 \(127\.0\.0\.1:\d+\) stopped answering during the key exchange \(waited /],
  ['login', /^openstack1 \(127\.0\.0\.1:\d+\) stopped answering during the login of root \(waited /],
  ['session', /^openstack1 \(127\.0\.0\.1:\d+\): root logged in, but no session was opened within/],
  // The marker may have arrived on one of the two streams.
  [
    'start',
    /^openstack1 \(127\.0\.0\.1:\d+\): (the login of root started no command within|a start file of root redirects)/,
  ],
  ['command', /^openstack1 \(127\.0\.0\.1:\d+\): the connection was lost\.$/],
] as const;

const codes: Readonly<Record<string, string>> = { start: 'login-shell', command: 'lost' };

/** What is shown while each phase is waited for. */
const shownIn: Readonly<Record<string, string>> = {
  ...{ identification: 'wait-greeting', 'key exchange': 'wait-key-exchange', login: 'wait-login' },
  ...{ session: 'wait-session', start: 'wait-start-files' },
};

describe('A node that stops responding', () => {
  let home: Home;
  let server: TestServer;
  before(async () => {
    server = await startServer({
      password: 'pw',
      exec: (channel) => {
        channel.write('out');
        channel.exit(0);
        channel.end();
      },
    });
  });
  after(() => server.close());
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(() => home.remove());

  /** Connects and runs one command; returns the failure, if any. */
  async function attempt(port: number, waiting: WaitListener = () => undefined) {
    const prompts = person({ secrets: ['pw'] });
    const connected = await connectTo({ home, port }, { limits, prompts, waiting });
    if (!connected.ok) return connected.failure;
    try {
      const { last } = await run(connected.transport, { argv: ['work'] });
      return last.type === 'lost' ? last.failure : undefined;
    } finally {
      await connected.transport.dispose();
    }
  }

  it('times out at every byte of the connection, with the phase it stopped in', async () => {
    const whole = await startRelay(server.port, Number.POSITIVE_INFINITY);
    assert.equal(await attempt(whole.port), undefined);
    const total = whole.sent();
    await whole.close();
    // Each byte of the identification, then offsets inside every message.
    const cuts = [0, 1, 5, 12, 20];
    for (let cut = 30; cut < total - 220; cut += 67) cuts.push(cut);
    for (let cut = total - 220; cut < total - 120; cut += 20) cuts.push(cut);
    const seen: (string | undefined)[] = [];
    async function worker(): Promise<void> {
      for (let index = cuts.shift(); index !== undefined; index = cuts.shift()) {
        const relay = await startRelay(server.port, index);
        let shown: string | undefined;
        const failure = await attempt(relay.port, (wait) => {
          shown = wait?.code ?? shown;
        });
        await relay.close();
        if (!failure) continue;
        const text = english(failure.message);
        const wait = waits.find(([, pattern]) => pattern.test(text))?.[0];
        assert.ok(wait !== undefined, `at byte ${index}: ${text}`);
        assert.equal(failure.code, codes[wait] ?? 'timeout');
        if (wait !== 'command') assert.equal(shown, shownIn[wait], `at byte ${index}`);
        seen.push(wait);
      }
    }
    await Promise.all(Array.from({ length: 6 }, worker));
    for (const [wait] of waits) assert.ok(seen.includes(wait), `${wait} in ${[...new Set(seen)].join(', ')}`);
  });

  it('with text instead of an identification is reported with that text', async () => {
    const tarpit = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.write('Please hold the line\r\n');
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => tarpit.listen(0, '127.0.0.1', resolve));
    const failure = failureOf(
      await connectTo({ home, port: (tarpit.address() as AddressInfo).port }, { limits }),
    );
    assert.match(english(failure.message), waits[0][1]);
    assert.match(failure.detail ?? '', /^Please hold the line/);
    await new Promise((resolve) => tarpit.close(resolve));
  });

  it('times out even if each answer is in time but the login as a whole is not', async () => {
    const slow: Partial<Limits> = { ...limits, loginStepMs: 60_000, loginMs: 600 };
    const relay = await startRelay(server.port, 900);
    const failure = failureOf(await connectTo({ home, port: relay.port }, { limits: slow }));
    assert.match(english(failure.message), /during the key exchange \(waited 0\.6 seconds\)/);
    await relay.close();
  });

  it('does not time out while the user types', async () => {
    const prompts = person({
      secrets: [() => new Promise((resolve) => setTimeout(resolve, 2 * stepMs, 'pw'))],
    });
    const connected = await connectTo({ home, port: server.port }, { limits, prompts });
    assert.ok(connected.ok);
    await connected.transport.dispose();
  });

  it('does not lose its connection to keep-alives while it opens a session slowly', async () => {
    const slow = await startServer({
      open: true,
      slowSessionMs: 500,
      exec: (channel) => {
        channel.exit(0);
        channel.end();
      },
    });
    // Unanswered keep-alives alone would end it after 120 ms.
    const patient: Partial<Limits> = { ...limits, sessionMs: 10_000, keepaliveMs: 30, keepaliveCount: 3 };
    const connected = await connectTo({ home, port: slow.port }, { limits: patient });
    assert.ok(connected.ok);
    const { last } = await run(connected.transport, { argv: ['work'] });
    assert.deepEqual(last, { type: 'exit', code: 0, signal: undefined });
    await connected.transport.dispose();
    await slow.close();
  });

  it('is reported with its jump host if the jump host cannot connect to it', async () => {
    const jump = await startServer({ password: 'jump-pw', isSilentForward: true });
    const prompts = person({ secrets: ['jump-pw'] });
    const jumpHost = `ops@127.0.0.1:${jump.port}`;
    const failure = failureOf(await connectTo({ home, port: 22, jump: jumpHost }, { limits, prompts }));
    assert.equal(failure.code, 'timeout');
    assert.match(
      english(failure.message),
      /^openstack1 \(127\.0\.0\.1:22\): Jump host ops@127\.0\.0\.1:\d+ did not connect within 0\.7 seconds\.$/,
    );
    await jump.close();
  });

  it('is reported with its jump host if the jump host itself stops responding', async () => {
    const relay = await startRelay(server.port, 700);
    const failure = failureOf(
      await connectTo({ home, port: 22, jump: `ops@127.0.0.1:${relay.port}` }, { limits }),
    );
    assert.match(
      english(failure.message),
      /^openstack1: Jump host ops@127\.0\.0\.1:\d+ .* stopped answering during the key exchange/,
    );
    await relay.close();
  });

  it('is reported with the ProxyCommand that does not reach it, and its output', async () => {
    const env = await writeConfig(home, `Host *\n  ProxyCommand sh -c 'echo connecting >&2; sleep 30'`);
    const failure = failureOf(await connectTo({ home, port: 22 }, { limits, env }));
    assert.equal(failure.code, 'timeout');
    assert.match(
      english(failure.message),
      /^openstack1 \(127\.0\.0\.1:22\): the ProxyCommand in your ssh config did not reach an SSH server within 0\.7 seconds\.$/,
    );
    assert.equal(failure.detail, 'connecting');
  });

  it('is not contacted if reading the ssh config times out', async () => {
    const env = await writeConfig(home, 'Match exec "sleep 30"\n  Port 22');
    const failure = failureOf(
      await connectTo({ home, port: 22 }, { limits: { ...limits, configMs: 300 }, env }),
    );
    assert.equal(failure.code, 'config');
    assert.match(
      english(failure.message),
      /^openstack1: Reading your ssh config for \S+ took longer than 0\.3 seconds/,
    );
  });
});
