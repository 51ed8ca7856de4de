import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { ServerChannel } from 'ssh2';
import type { Output, Transport } from '../../../src/remote/base/transport.ts';
import { createLines } from '../../../src/remote/channel/lines.ts';
import { connectTo, type Home, makeHome, run, transportOf } from '../../support/connecting.ts';
import { type ServerOptions, startServer, type TestServer } from '../../support/ssh-server.ts';

const command = { argv: ['work'] };
const forever = new AbortController().signal;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function finish(channel: ServerChannel, code = 0): void {
  channel.exit(code);
  channel.end();
}

describe('A command over SSH', () => {
  let home: Home;
  let server: TestServer;
  let transport: Transport;
  const serve = async (exec: NonNullable<ServerOptions['exec']>, options: ServerOptions = {}) => {
    home = await makeHome();
    server = await startServer({ open: true, exec, ...options });
    transport = transportOf(await connectTo({ home, port: server.port }));
  };
  afterEach(async () => {
    await transport.dispose();
    await server.close();
    await home.remove();
  });

  it('is sent as a quoted command line; both streams and the exit code are returned', async () => {
    let line = '';
    await serve((channel, received) => {
      line = received;
      channel.stdout.write('out');
      channel.stderr.write('err');
      finish(channel, 3);
    });
    const { stdout, stderr, last } = await run(transport, { argv: ['echo', "it's", { secret: '$(x)' }] });
    assert.equal(line, `echo 'it'\\''s' '$(x)'`);
    assert.deepEqual([stdout.toString(), stderr.toString()], ['out', 'err']);
    assert.deepEqual(last, { type: 'exit', code: 3, signal: undefined });
  });

  it('that is killed is reported with its signal', async () => {
    await serve((channel) => {
      channel.exit('KILL');
      channel.end();
    });
    assert.deepEqual((await run(transport, command)).last, {
      type: 'exit',
      code: undefined,
      signal: 'SIGKILL',
    });
  });

  it('whose channel closes without an exit code is reported as such', async () => {
    await serve((channel) => channel.close());
    assert.deepEqual((await run(transport, command)).last, {
      type: 'exit',
      code: undefined,
      signal: undefined,
    });
  });

  it('delivers the output of both streams in the order of writing', async () => {
    await serve((channel) => {
      for (let i = 0; i < 50; i++) (i % 2 ? channel.stderr : channel.stdout).write(`${i} `);
      finish(channel);
    });
    const expected = Array.from({ length: 50 }, (_, i) => `${i} `).join('');
    // Repeated so that in some rounds the first output arrives in the packet that opens the channel.
    for (let round = 0; round < 30; round++) {
      let text = '';
      for await (const output of transport.exec(command, forever))
        if (output.type === 'data') text += Buffer.from(output.bytes).toString();
      assert.equal(text, expected);
    }
  });

  it('loses none of ten thousand lines', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `Installing : package-${i} 한글`);
    await serve((channel) => {
      channel.stdout.write(`${lines.join('\n')}\n`, () => finish(channel));
    });
    const reader = createLines();
    const read: string[] = [];
    for await (const output of transport.exec(command, forever))
      if (output.type === 'data') read.push(...reader.push(output.bytes));
    assert.deepEqual([...read, ...reader.end()], lines);
  });

  it('delivers 20 MB byte for byte, even invalid UTF-8', async () => {
    const bytes = randomBytes(20_000_000);
    await serve((channel) => {
      channel.stdout.write(bytes, () => finish(channel));
    });
    const { stdout, last } = await run(transport, command);
    assert.equal(sha256(stdout), sha256(bytes));
    assert.equal(last.type, 'exit');
  });

  it('is paused by flow control while its output is not read', async () => {
    let sent = 0;
    const total = 200;
    const chunk = Buffer.alloc(100_000, 'x');
    await serve((channel) => {
      const more = () => {
        if (sent === total) return finish(channel);
        channel.stdout.write(chunk, () => {
          sent++;
          more();
        });
      };
      more();
    });
    const outputs = transport.exec(command, forever)[Symbol.asyncIterator]();
    let received = 0;
    const first = await outputs.next();
    if (!first.done && first.value.type === 'data') received += first.value.bytes.length;
    let before = -1;
    while (before !== sent) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(sent < total / 2, `${sent} of ${total} chunks were sent without a reader`);
    for (let next = await outputs.next(); !next.done; next = await outputs.next())
      if (next.value.type === 'data') received += next.value.bytes.length;
    assert.equal(received, total * chunk.length);
  });

  it('receives a megabyte of input and then end of file', async () => {
    const stdin = randomBytes(500_000).toString('hex');
    await serve((channel) => {
      const hash = createHash('sha256');
      channel.stdin.on('data', (bytes: Buffer) => hash.update(bytes));
      channel.stdin.on('end', () => {
        channel.stdout.write(hash.digest('hex'));
        finish(channel);
      });
    });
    const { stdout } = await run(transport, { ...command, stdin });
    assert.equal(stdout.toString(), sha256(Buffer.from(stdin)));
  });

  it('receives end of file at once if it has no input', async () => {
    await serve((channel) => {
      channel.stdin.on('end', () => finish(channel)).resume();
    });
    assert.equal((await run(transport, command)).last.type, 'exit');
  });

  it('is reported as cancelled when its signal aborts, and its channel is closed', async () => {
    let isClosed = false;
    await serve((channel) => {
      channel.on('close', () => {
        isClosed = true;
      });
      channel.resume().stdout.write('begun');
    });
    const cancel = new AbortController();
    const outputs: Output[] = [];
    for await (const output of transport.exec(command, cancel.signal)) {
      outputs.push(output);
      cancel.abort();
    }
    assert.deepEqual(
      outputs.map(({ type }) => type),
      ['data', 'lost'],
    );
    const last = outputs[1];
    assert.equal(last?.type === 'lost' && last.failure.code, 'cancelled');
    while (!isClosed) await new Promise((resolve) => setTimeout(resolve, 5));
    const { last: never } = await run(transport, command, AbortSignal.abort());
    assert.equal(never.type === 'lost' && never.failure.code, 'cancelled');
  });

  it('has its channel closed when the reader stops', async () => {
    let isClosed = false;
    await serve((channel) => {
      channel.on('close', () => {
        isClosed = true;
      });
      channel.resume().stdout.write('begun');
    });
    for await (const output of transport.exec(command, forever)) {
      assert.equal(output.type, 'data');
      break;
    }
    while (!isClosed) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('delivers all output from before the connection was lost, even to a slow reader', async () => {
    const bytes = randomBytes(1_500_000);
    await serve((channel) => {
      channel.stdout.write(bytes, () => setTimeout(() => server.drop(), 100));
    });
    const outputs = transport.exec(command, forever)[Symbol.asyncIterator]();
    const received: Uint8Array[] = [];
    let last: Output | undefined;
    for (let next = await outputs.next(); !next.done; next = await outputs.next()) {
      if (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 300));
      if (next.value.type === 'data') received.push(next.value.bytes);
      else last = next.value;
    }
    assert.equal(sha256(Buffer.concat(received)), sha256(bytes));
    assert.equal(last?.type === 'lost' && last.failure.code, 'lost');
  });

  it('fails with a session error if the server allows no more sessions', async () => {
    await serve((channel) => channel.stdout.write('begun'), { maxSessions: 1 });
    const first = transport.exec(command, forever)[Symbol.asyncIterator]();
    await first.next();
    const { last } = await run(transport, command);
    assert.equal(last.type === 'lost' && last.failure.code, 'sessions');
  });
});
