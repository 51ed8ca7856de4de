import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { english } from '../../src/base/l10n.ts';
import type { Output } from '../../src/remote/base/transport.ts';
import { connectTo, failureOf, type Home, makeHome, run, transportOf } from '../support/connecting.ts';
import { patternsIn } from '../support/messages.ts';
import { person } from '../support/person.ts';
import { makeKey, startServer, type TestServer } from '../support/ssh-server.ts';

const sleep = { argv: ['sleep', '60'] };

describe('A connection to a server', () => {
  let home: Home;
  const closers: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await home.remove();
  });

  /** Starts a TCP server that is not an SSH server. */
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

  it('that is refused fails with the node, its address and a remedy', async () => {
    const port = await listen(() => undefined);
    await closers.pop()?.();
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'refused');
    assert.equal(english(failure.message), `openstack1 (127.0.0.1:${port}) refuses SSH connections.`);
    assert.notEqual(english(failure.action), '');
    assert.match(failure.detail ?? '', /ECONNREFUSED/);
  });

  it('is not attempted if the host name is invalid', async () => {
    for (const host of ['two words', 'a,b', '*', '', 'a\nb'])
      assert.equal(failureOf(await connectTo({ home, host, port: 22 })).code, 'name-invalid', host);
  });

  it('times out if the server sends nothing', async () => {
    const port = await listen(() => undefined);
    const failure = failureOf(await connectTo({ home, port }, { limits: { loginStepMs: 100 } }));
    assert.equal(failure.code, 'timeout');
    assert.equal(patternsIn(failure.message)[0]?.args[2], 0.1);
  });

  it('fails if the server is not an SSH server', async () => {
    const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'handshake');
    assert.match(english(failure.message), /is not an SSH server/);
  });

  it('fails with the explanation if sshd rejects the source address', async () => {
    const port = await listen((socket) => socket.end('Not allowed at this time\r\n'));
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'handshake');
    assert.match(english(failure.action), /PerSourcePenalties/);
  });

  it('fails with the banner of the server if the login is refused', async () => {
    const server = await startServer({
      authorized: [makeKey()],
      banner: 'Everybody is watched.\n\u202eClosed.\n',
    });
    const failure = failureOf(await connectTo({ home, port: server.port }));
    assert.equal(failure.code, 'auth');
    assert.equal(failure.detail, 'Everybody is watched. <U+202E>Closed.');
    await server.close();
  });

  it('fails with the banner of the server if it closes the connection during the login', async () => {
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

  it('fails if the server closes it at once', async () => {
    for (const greet of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
      const failure = failureOf(await connectTo({ home, port: await listen(greet) }));
      assert.equal(failure.code, 'handshake');
      assert.match(english(failure.action), /MaxStartups/);
    }
  });

  it('fails if no algorithm is supported by both sides', async () => {
    const port = await listen((socket) => {
      socket.write('SSH-2.0-Old\r\n');
      socket.once('data', () => socket.write(kexInit('diffie-hellman-group1-sha1')));
    });
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'handshake');
    assert.match(english(failure.message), /no SSH algorithm in common/);
  });

  it('fails if the server sends garbage instead of SSH packets', async () => {
    const port = await listen((socket) => {
      socket.write('SSH-2.0-Garbage\r\n');
      socket.once('data', () => socket.write(Buffer.alloc(4_096, 0xff)));
    });
    assert.equal(failureOf(await connectTo({ home, port })).code, 'handshake');
  });

  it('is cancelled at any time by its signal', async () => {
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

  it('stays open when the signal of the login aborts later', async () => {
    const { port } = await serve();
    const connecting = new AbortController();
    const transport = transportOf(await connectTo({ home, port }, { signal: connecting.signal }));
    connecting.abort();
    const outputs = transport.exec(sleep, new AbortController().signal)[Symbol.asyncIterator]();
    assert.equal((await outputs.next()).value?.type, 'data');
    await transport.dispose();
  });

  it('fails its running commands when the server disconnects', async () => {
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

  it('is reported as lost when keep-alives are not answered', async () => {
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
    // Nothing is closed, but nothing is forwarded any more.
    for (const end of ends) end.unpipe().pause();
    const { last } = await running;
    assert.equal(last.type === 'lost' && last.failure.code, 'lost');
    assert.match((last.type === 'lost' && last.failure.detail) || '', /Keepalive/);
  });

  it('is closed once, and cancels its running commands', async () => {
    const { port } = await serve();
    const transport = transportOf(await connectTo({ home, port }));
    const running = run(transport, sleep);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([transport.dispose(), transport.dispose()]);
    const { last } = await running;
    assert.equal(last.type === 'lost' && last.failure.code, 'cancelled');
    await transport.dispose();
  });

  it('shares one signal with many others without a listener warning', async () => {
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

  it('fails with a protocol error if the prompt itself fails', async () => {
    const { port } = await serve();
    const prompts = person({ hostKey: () => Promise.reject(new Error('dialog closed')) });
    const failure = failureOf(await connectTo({ home, port }, { prompts }));
    assert.equal(failure.code, 'protocol');
    assert.equal(failure.detail, 'dialog closed');
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
