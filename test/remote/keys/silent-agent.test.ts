import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import { english } from '../../../src/base/l10n.ts';
import type { Limits } from '../../../src/remote/base/limits.ts';
import { clearAway } from '../../support/clear-away.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../../support/connecting.ts';
import { type KeyPair, makeKey, startServer, type TestServer } from '../../support/ssh-server.ts';

const limits: Partial<Limits> = { agentListMs: 300, agentSignMs: 300 };

/** An agent that lists keys but never signs, or never answers; `open` holds its open connections. */
interface SilentAgent {
  readonly socket: string;
  readonly asked: { lists: number; signatures: number };
  readonly open: Set<Socket>;
  stop(): Promise<void>;
}

async function startAgent(keys: readonly KeyPair[] | undefined): Promise<SilentAgent> {
  // A socket path is limited to about 100 characters, and the temporary folder may be deep.
  const folder = await mkdtemp('/tmp/stackprep-agent-');
  const socket = join(folder, 'agent');
  const open = new Set<Socket>();
  const asked = { lists: 0, signatures: 0 };
  const server: Server = createServer((connection) => {
    open.add(connection);
    connection.on('close', () => open.delete(connection));
    connection.on('error', () => connection.destroy());
    if (!keys) {
      connection.resume();
      return;
    }
    const protocol = new ssh2.AgentProtocol(false);
    protocol.on('identities', (request) => {
      asked.lists += 1;
      protocol.getIdentitiesReply(
        request,
        keys.map((key) => ssh2.utils.parseKey(key.publicLine) as ParsedKey),
      );
    });
    protocol.on('sign', () => {
      asked.signatures += 1;
    });
    protocol.on('error', () => connection.destroy());
    connection.pipe(protocol).pipe(connection);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    ...{ socket, asked, open },
    stop: async () => {
      for (const connection of open) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
      await clearAway(folder);
    },
  };
}

const platform = process.platform === 'win32' ? describe.skip : describe;

platform('An agent that does not respond', () => {
  let home: Home;
  let server: TestServer;
  const [inFile, first, second] = [makeKey(), makeKey(), makeKey()];
  const agents: SilentAgent[] = [];
  before(async () => {
    server = await startServer({ authorized: [inFile, first, second] });
  });
  after(() => server.close());
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.stop();
    await home.remove();
    server.attempts.length = 0;
  });

  async function agentWith(keys: readonly KeyPair[] | undefined): Promise<SilentAgent> {
    const agent = await startAgent(keys);
    agents.push(agent);
    return agent;
  }
  const connect = (agent: SilentAgent, more: { signal?: AbortSignal; limits?: Partial<Limits> } = {}) =>
    connectTo({ home, port: server.port }, { env: { SSH_AUTH_SOCK: agent.socket }, limits, ...more });
  /** Waits until no connection to the agent is open: an open one would keep the process alive. */
  async function closed(agent: SilentAgent): Promise<void> {
    while (agent.open.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  it('to a list request is reported, and its connection is closed', async () => {
    const agent = await agentWith(undefined);
    const failure = failureOf(await connect(agent));
    assert.equal(failure.code, 'auth');
    assert.match(english(failure.message), /agent: the agent did not answer within 0\.3 seconds/);
    await closed(agent);
  });

  it('to a list request does not prevent the login with a key file', async () => {
    const agent = await agentWith(undefined);
    const identity = await home.write('id', inFile.privateText);
    const env = { SSH_AUTH_SOCK: agent.socket };
    await transportOf(await connectTo({ home, port: server.port, identity }, { env, limits })).dispose();
    await closed(agent);
  });

  it('to a sign request is reported with the key, asked only once, and its connection is closed', async () => {
    const agent = await agentWith([first, second]);
    const before = server.connections();
    const failure = failureOf(await connect(agent));
    assert.equal(failure.code, 'auth');
    const text = english(failure.message);
    assert.equal(
      text.match(/no signature \(the agent did not answer within 0\.3 seconds\)/g)?.length,
      2,
      text,
    );
    assert.deepEqual(agent.asked, { lists: 1, signatures: 1 });
    assert.equal(server.connections() - before, 1);
    await closed(agent);
  });

  it('is disconnected when the login is cancelled', async () => {
    for (const keys of [undefined, [first]]) {
      const agent = await agentWith(keys);
      const stop = new AbortController();
      const connecting = connect(agent, { signal: stop.signal, limits: {} });
      while (agent.open.size === 0 || (keys && agent.asked.signatures === 0))
        await new Promise((resolve) => setTimeout(resolve, 10));
      stop.abort();
      assert.equal(failureOf(await connecting).code, 'cancelled');
      await closed(agent);
    }
  });
});
