import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clearAway } from '../support/clear-away.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';
import { builtCommand, start } from './built.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`A check by the built program${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  before(async () => {
    home = await makeHome();
    const identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    sshd = await startSshd({ home, settings: [`SetEnv HOME=${home.path}`] });
    await home.write('known', `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
    await home.write(
      'x.cluster.yaml',
      `cluster: x\nssh: { port: ${sshd.port}, identity: ${identity} }\nnodes:\n  n1: { address: 10.0.0.1, host: 127.0.0.1 }\nsystem: { timezone: Asia/Seoul }\nsteps: [timezone]\n`,
    );
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });
  const check = (...env: readonly string[]) =>
    start([
      ...['/usr/bin/env', ...env, ...builtCommand(), 'check', home.file('x.cluster.yaml')],
      ...['--known-hosts', home.file('known'), '--state-dir', home.file('state')],
    ]);

  it('finishes after the time-out of an agent that never answers', async () => {
    const folder = await mkdtemp('/tmp/stackprep-agent-');
    const agent = createServer((connection) => void connection.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => agent.listen(join(folder, 'agent'), resolve));
    const { code, out } = await check(`SSH_AUTH_SOCK=${join(folder, 'agent')}`).ended;
    assert.match(out, /timezone/);
    assert.ok(code === 0 || code === 1, `exit code ${code}`);
    await new Promise((resolve) => agent.close(resolve));
    await clearAway(folder);
  });

  it('stops at the first Ctrl-C while a shell start file waits', async () => {
    await home.write('.bashrc', 'touch ~/waits; sleep 30\n');
    const running = check();
    while (!existsSync(home.file('waits'))) await delay(20);
    running.child.kill('SIGINT');
    const { code, out, err } = await running.ended;
    assert.equal(code, 130, out + err);
    assert.match(err + out, /Cancelling/);
    assert.doesNotMatch(out + err, /goes on|go on there/);
  });
});
