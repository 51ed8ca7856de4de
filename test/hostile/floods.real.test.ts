import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { english } from '../../src/base/l10n.ts';
import { builtCommand, start } from '../cli/built.ts';
import { connectTo, failureOf, type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';

const missing = process.getuid?.() === 0 ? opensshMissing() : 'requires root';
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

/** The bytes of all files below a folder. */
function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** An unencrypted packet that says nothing: SSH_MSG_IGNORE or SSH_MSG_DEBUG; RFC 4253, 6 and 11. */
function emptyPacket(type: 2 | 4): Buffer {
  const payload = Buffer.alloc(32_000);
  payload[0] = type;
  payload.writeUInt32BE(payload.length - 10, type === 2 ? 1 : 2);
  const padding = 16 - ((5 + payload.length) % 8);
  const head = Buffer.from([0, 0, 0, 0, padding]);
  head.writeUInt32BE(1 + payload.length + padding);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}

describe('A peer that floods before the login', () => {
  const floods: Readonly<Record<string, readonly [first: string, then: Buffer]>> = {
    'with empty packets': ['SSH-2.0-x\r\n', emptyPacket(2)],
    'with debug packets': ['SSH-2.0-x\r\n', emptyPacket(4)],
    'with lines before its identification': ['', Buffer.from(`${'x'.repeat(200)}\r\n`.repeat(200))],
  };
  for (const [name, [first, then]] of Object.entries(floods))
    it(`is left after 4 MB: ${name}`, async () => {
      const home = await makeHome();
      let sent = 0;
      const server = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        const go = (): void => {
          while (!socket.destroyed && socket.write(then)) sent += then.length;
        };
        socket.on('drain', go);
        socket.write(first, go);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const failure = failureOf(await connectTo({ home, port: (server.address() as AddressInfo).port }));
      await new Promise((resolve) => server.close(resolve));
      await home.remove();
      assert.match(english(failure.message), /sent more than 4 MB before the login|is not an SSH server/);
      // What the buffers of both sides hold is sent, too.
      assert.ok(sent < 32 * 1_048_576, `${sent} bytes were taken`);
    });
});

(missing === undefined ? describe : describe.skip)(`Ctrl-C while a node floods${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  before(async () => {
    home = await makeHome();
    const identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    const settings = [`SetEnv HOME=${home.path} STACKPREP_BASE=${home.file('base')}`];
    sshd = await startSshd({ home, settings });
    await home.write('known', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
    const head = `cluster: x\nssh: { port: ${sshd.port}, identity: ${identity} }\nnodes:\n  n1: { address: 10.0.0.1, host: 127.0.0.1 }\n`;
    // It ignores the request to stop, and prints lines and false markers in one endless line.
    const flood = `trap "" INT TERM; : >${home.file('begun')}; n=0; while [ ! -e ${home.file('stop')} ]; do n=$((n + 1)); printf "line %s %0500d\\n@@stackprep:x\\tresult\\tflood\\tchanged\\r" "$n" 0; done`;
    await home.write(
      'x.cluster.yaml',
      `${head}steps:\n  - name: flood\n    check: "false"\n    run: |\n      ${flood}\n`,
    );
  });
  after(async () => {
    writeFileSync(home.file('stop'), '');
    await sshd.stop();
    await home.remove();
  });

  it('leaves the node and says how to resume, although the node does not stop', async () => {
    const running = start([
      ...['/usr/bin/env', ...builtCommand(), 'run', home.file('x.cluster.yaml'), '--yes'],
      ...['--known-hosts', home.file('known'), '--state-dir', home.file('state')],
    ]);
    while (!existsSync(home.file('begun'))) await delay(20);
    // A flood is not kept in memory.
    while (sizeOf(home.file('state')) < 1_048_576) await delay(50);
    const status = readFileSync(`/proc/${running.child.pid}/status`, 'utf8');
    const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
    running.child.kill('SIGINT');
    const { code, out, err } = await running.ended;
    assert.ok(peak < 250, `${peak} MB of memory`);
    assert.equal(code, 130, `${out.slice(-500)}${err}`);
    const words = (out + err)
      .split('\n')
      .filter((line) => !line.includes(' flood │ '))
      .join('\n');
    assert.match(words, /Cancelling on the nodes/);
    assert.match(words, /Resume it with `stackprep run --resume /);
    assert.equal(existsSync(home.file('stop')), false, 'the node still floods');
  });
});
