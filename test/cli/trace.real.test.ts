import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { visible } from '../../src/base/visible.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';
import { builtCommand, start } from './built.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`--trace of the built program${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  let identity = '';
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    sshd = await startSshd({ home, settings: [`SetEnv HOME=${home.path}`] });
    await home.write('known', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });

  async function check(port: number, ...options: readonly string[]) {
    await home.write(
      'x.cluster.yaml',
      `cluster: x\nssh: { port: ${port}, identity: ${identity} }\nnodes:\n  n1: { address: 10.0.0.1, host: 127.0.0.1 }\nsystem: { timezone: Asia/Seoul }\nsteps: [timezone]\n`,
    );
    const { code, out, err } = await start([
      ...[...builtCommand(), 'check', home.file('x.cluster.yaml'), ...options],
      ...['--known-hosts', home.file('known'), '--state-dir', home.file('state')],
    ]).ended;
    return { code, text: out + err };
  }

  it('shows the key file, the algorithms and the login, but nothing of the private key', async () => {
    const { text } = await check(sshd.port, '--trace');
    assert.match(text, /n1: Connecting to 127\.0\.0\.1:\d+ as \S+; key files: \S+id_ed25519/);
    assert.match(text, /KEX method/);
    assert.match(text, /n1: Logged in/);
    const [, line = ''] = (await readFile(identity, 'utf8')).split('\n');
    assert.ok(line.length > 40);
    assert.ok(!text.includes(line));
    assert.doesNotMatch((await check(sshd.port)).text, /KEX method|Logged in/);
  });

  it('lets no words of a peer control the terminal', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('\u001b]52;c;AAAA\u0007 before\r\nSSH-2.0-evil\u001b[2J\u009b31m\u202Epeer\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { code, text } = await check((server.address() as AddressInfo).port, '--trace');
    server.close();
    assert.notEqual(code, 0);
    assert.match(text, /evil/);
    for (const line of text.split('\n')) assert.equal(visible(line), line);
  });
});
