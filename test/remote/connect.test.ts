import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { english } from '../../src/base/l10n.ts';
import type { Output } from '../../src/remote/base/transport.ts';
import { connectTo, failureOf, type Home, makeHome, run, transportOf } from '../support/connecting.ts';
import { patternsIn } from '../support/messages.ts';
import { person } from '../support/person.ts';
import { makeKey, startServer, type TestServer } from '../support/ssh-server.ts';

const sleep = { argv: ['sleep', '60'] };

describe('Connecting', () => {
  let home: Home;
  const closers: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await home.remove();
  });

  /** A TCP server that is no SSH server. */
  async function listen(greet: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      greet(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  async function serve(): Promise<TestServer> {
    const server = await startServer({ open: true, exec: (channel) => channel.stdout.write('begun\n') });
    closers.push(() => server.close());
    return server;
  }

  it('names the node, the place and what to do when the connection is refused', async () => {
    const port = await listen(() => undefined);
    await closers.pop()?.();
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'refused');
    assert.equal(english(failure.message), `openstack1 (127.0.0.1:${port}) refuses SSH connections.`);
    assert.notEqual(english(failure.action), '');
    assert.match(failure.detail ?? '', /ECONNREFUSED/);
  });

  it('a host that cannot be one is not looked up', async () => {
    for (const host of ['two words', 'a,b', '*', '', 'a\nb'])
      assert.equal(failureOf(await connectTo({ home, host, port: 22 })).code, 'name-invalid', host);
  });

  it('gives up on a server that never speaks', async () => {
    const port = await listen(() => undefined);
    const failure = failureOf(await connectTo({ home, port }, { limits: { loginStepMs: 100 } }));
    assert.equal(failure.code, 'timeout');
    assert.equal(patternsIn(failure.message)[0]?.args[2], 0.1);
  });

  it('notices a server of another kind', async () => {
    const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'handshake');
    assert.match(english(failure.message), /is not an SSH server/);
  });

  it('explains why sshd turns it away', async () => {
    const port = await listen((socket) => socket.end('Not allowed at this time\r\n'));
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'handshake');
    assert.match(english(failure.action), /PerSourcePenalties/);
  });

  it('quotes the banner of a server that lets nobody in', async () => {
    const server = await startServer({
      authorized: [makeKey()],
      banner: 'Everybody is watched.\n\u202eClosed.\n',
    });
    const failure = failureOf(await connectTo({ home, port: server.port }));
    assert.equal(failure.code, 'auth');
    assert.equal(failure.detail, 'Everybody is watched. <U+202E>Closed.');
    await server.close();
  });

  it('quotes the banner of a server that cuts the connection in the middle of a login', async () => {
    const server = await startServer({
      authorized: [makeKey()],
      banner: 'Going down.\n',
      resets: 'publickey',
    });
    const identity = await home.write('a_key', makeKey().privateText);
    const failure = failureOf(await connectTo({ home, port: server.port, identity }));
    assert.match(failure.detail ?? '', /Going down\.$/);
    await server.close();
  });

  it('reports a server that hangs up at once', async () => {
    for (const greet of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
      const failure = failureOf(await connectTo({ home, port: await listen(greet) }));
      assert.equal(failure.code, 'handshake');
      assert.match(english(failure.action), /MaxStartups/);
    }
  });

  it('reports a server without a common algorithm', async () => {
    const port = await listen((socket) => {
      socket.write('SSH-2.0-Old\r\n');
      socket.once('data', () => socket.write(kexInit('diffie-hellman-group1-sha1')));
    });
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'handshake');
    assert.match(english(failure.message), /no encryption method in common/);
  });

  it('reports garbage instead of SSH packets', async () => {
    const port = await listen((socket) => {
      socket.write('SSH-2.0-Garbage\r\n');
      socket.once('data', () => socket.write(Buffer.alloc(4_096, 0xff)));
    });
    assert.equal(failureOf(await connectTo({ home, port })).code, 'handshake');
  });

  it('is called off at any moment', async () => {
    const silent = await listen(() => undefined);
    const { port } = await serve();
    const before = AbortSignal.abort();
    assert.equal(failureOf(await connectTo({ home, port }, { signal: before })).code, 'cancelled');
    const during = AbortSignal.timeout(50);
    assert.equal(failureOf(await connectTo({ home, port: silent }, { signal: during })).code, 'cancelled');
    const asking = new AbortController();
    const prompts = person({
      hostKey: (): Promise<'reject'> => {
        asking.abort();
        return new Promise(() => undefined);
      },
    });
    assert.equal(
      failureOf(await connectTo({ home, port }, { signal: asking.signal, prompts })).code,
      'cancelled',
    );
  });

  it('outlives the signal that it was opened with', async () => {
    const { port } = await serve();
    const connecting = new AbortController();
    const transport = transportOf(await connectTo({ home, port }, { signal: connecting.signal }));
    connecting.abort();
    const outputs = transport.exec(sleep, new AbortController().signal)[Symbol.asyncIterator]();
    assert.equal((await outputs.next()).value?.type, 'data');
    await transport.dispose();
  });

  it('ends running commands when the server goes away', async () => {
    const server = await serve();
    const transport = transportOf(await connectTo({ home, port: server.port }));
    const ends: Output[] = [];
    for await (const output of transport.exec(sleep, new AbortController().signal)) {
      if (output.type !== 'data') ends.push(output);
      else if (Buffer.from(output.bytes).includes('begun')) server.drop();
    }
    const [last] = ends;
    assert.equal(ends.length, 1);
    assert.equal(last?.type === 'lost' && last.failure.code, 'lost');
    const { last: later } = await run(transport, sleep);
    assert.equal(later.type === 'lost' && later.failure.code, 'lost');
    await transport.dispose();
  });

  it('finds a dead link by its silence', async () => {
    const server = await serve();
    const ends: Socket[] = [];
    const port = await listen((socket) => {
      const onward = connect(server.port, '127.0.0.1');
      onward.on('error', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
      ends.push(socket, onward);
    });
    const limits = { keepaliveMs: 30, keepaliveCount: 3 };
    const transport = transportOf(await connectTo({ home, port }, { limits }));
    const running = run(transport, sleep);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Nothing is closed, nothing comes through any more.
    for (const end of ends) end.unpipe().pause();
    const { last } = await running;
    assert.equal(last.type === 'lost' && last.failure.code, 'lost');
    assert.match((last.type === 'lost' && last.failure.detail) || '', /Keepalive/);
  });

  it('says goodbye once, and ends what still runs', async () => {
    const { port } = await serve();
    const transport = transportOf(await connectTo({ home, port }));
    const running = run(transport, sleep);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([transport.dispose(), transport.dispose()]);
    const { last } = await running;
    assert.equal(last.type === 'lost' && last.failure.code, 'cancelled');
    await transport.dispose();
  });

  it('lets many nodes and commands share one signal without a warning', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    const { port } = await serve();
    const { signal } = new AbortController();
    const connecting = Array.from({ length: 12 }, () => connectTo({ home, port }, { signal }));
    const transports = (await Promise.all(connecting)).map(transportOf);
    const running = transports.map((transport) => run(transport, sleep, signal));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(transports.map((transport) => transport.dispose()));
    await Promise.all(running);
    process.off('warning', listen);
    assert.deepEqual(warnings, []);
  });

  it('fails as a value when the person’s side breaks', async () => {
    const { port } = await serve();
    const prompts = person({ hostKey: () => Promise.reject(new Error('window closed')) });
    const failure = failureOf(await connectTo({ home, port }, { prompts }));
    assert.equal(failure.code, 'protocol');
    assert.equal(failure.detail, 'window closed');
  });
});

/** A key exchange proposal with a single method; RFC 4253, 7.1. */
function kexInit(kex: string): Buffer {
  const lists = [
    kex,
    'ssh-ed25519',
    ...Array<string>(2).fill('aes128-ctr'),
    ...Array<string>(2).fill('hmac-sha2-256'),
  ];
  const names = [...lists, 'none', 'none', '', ''].map((name) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    return Buffer.concat([length, Buffer.from(name)]);
  });
  const payload = Buffer.concat([Buffer.from([20]), Buffer.alloc(16), ...names, Buffer.alloc(5)]);
  const padding = 8 - ((payload.length + 5) % 8) + 8;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + padding + 1);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}
