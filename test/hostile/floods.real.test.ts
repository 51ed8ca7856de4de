import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { builtCommand, start } from '../cli/built.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';

const missing = process.getuid?.() === 0 ? opensshMissing() : 'requires root';
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

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
    await delay(500);
    running.child.kill('SIGINT');
    const { code, out, err } = await running.ended;
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
