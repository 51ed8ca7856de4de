import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { main } from '../../src/cli/cli.ts';
import { type Home, makeHome } from '../support/connecting.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../support/sshd.ts';
import { fakeIo, fakeKeyboard } from './fake-io.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(`stackprep forget on a real sshd${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  const base = () => home.file('node');
  beforeEach(async () => {
    home = await makeHome();
    const identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    sshd = await startSshd({ home, settings: [`SetEnv SHLVL=5 HOME=${home.path} STACKPREP_BASE=${base()}`] });
    const steps = `\n  - { name: wait, run: 'while [ -e ${home.file('stop')} ]; do sleep 0.05; done; echo a line of n1' }`;
    await home.write(
      'x.cluster.yaml',
      `cluster: x\nssh: { port: ${sshd.port}, identity: ${identity} }\nnodes:\n  n1: { address: 10.0.0.1, host: 127.0.0.1 }\nsteps:${steps}\n`,
    );
  });
  afterEach(async () => {
    await sshd.stop();
    await home.remove();
  });

  async function call(argv: readonly string[], answers?: readonly string[]) {
    const person = answers && fakeKeyboard(answers);
    const { io, stdout, stderr } = fakeIo({ cwd: home.path, ...(person && { keyboard: person.keyboard }) });
    const [command = '', ...rest] = argv;
    const code = await main([command, 'x.cluster.yaml', ...rest, '--state-dir', 'state'], io);
    return { code, out: stdout.text(), err: stderr.text(), asked: person?.text() ?? '' };
  }
  const runs = (): readonly string[] => readdirSync(home.file('state/runs'));
  const log = (): string => home.file(`state/runs/${runs()[0]}/n1/wait.log`);
  async function used(): Promise<void> {
    const { code, out, err } = await call(['run', '--yes'], ['yes']);
    assert.equal(code, 0, out + err);
    mkdirSync(`${base()}/kept/first/locale`, { recursive: true });
    assert.equal(readFileSync(log(), 'utf8').includes('a line of n1'), true);
  }

  it('shows what is kept, asks, and removes nothing unless the answer is yes', async () => {
    await used();
    const { code, asked, err } = await call(['forget', '--node', 'n1'], ['']);
    assert.equal(code, 130);
    assert.match(asked, /On n1: jobs: 1, backups for undo: 1, records of steps: 1 \(\d+ kB\)/);
    assert.match(asked, /On this computer: saved host keys: 1, runs with logs: 1 \(\d+ kB\)/);
    assert.match(asked, /Can no longer be undone: locale/);
    assert.match(asked, /Will run again, since their records are removed: wait/);
    assert.match(asked, /Forget n1\? \[y\/N\]/);
    assert.match(err, /Nothing was removed\./);
    assert.ok(existsSync(`${base()}/kept/first/locale`) && existsSync(log()));
  });

  it('removes it there and here; the run stays in the list and can be shown', async () => {
    await used();
    const { code, out } = await call(['forget', '--node', 'n1'], ['y']);
    assert.equal(code, 0);
    assert.match(
      out,
      /Can no longer be undone: locale\n[\s\S]*n1 was forgotten, on the node and on this computer\.\n$/,
    );
    assert.equal(existsSync(base()), false);
    assert.equal(existsSync(log()), false);
    assert.equal(readFileSync(home.file('state/known_hosts'), 'utf8'), '');
    const { io, stdout } = fakeIo({ cwd: home.path });
    assert.equal(await main(['logs', 'latest', '--state-dir', 'state'], io), 0);
    assert.match(stdout.text(), /wait/);
    assert.doesNotMatch(stdout.text(), /a line of n1/);
    const again = await call(['forget', '--node', 'n1', '--yes', '--json'], ['once']);
    assert.equal(again.code, 0);
    assert.equal(JSON.parse(again.out).result, 'nothing');
  });

  it('is refused while a job runs there, and prints who runs what', async () => {
    await used();
    writeFileSync(home.file('stop'), '');
    mkdirSync(`${base()}/ran`, { recursive: true });
    writeFileSync(`${base()}/ran/wait`, '');
    const running = call(['run', '--yes']);
    while (!existsSync(`${base()}/holder`)) await sleep(20);
    // As from another computer, which has no run here.
    const { io, stdout, stderr } = fakeIo({ cwd: home.path });
    const argv = ['forget', 'x.cluster.yaml', '--node', 'n1', '--yes', '--state-dir', 'other'];
    const hosts = ['--known-hosts', home.file('state/known_hosts')];
    assert.equal(await main([...argv, ...hosts], io), 1, stdout.text());
    assert.match(stderr.text(), /^n1: \S+@\S+ has been running wait here since .*\. Nothing was removed\.$/m);
    const here = await call(['forget', '--node', 'n1', '--yes']);
    assert.equal(here.code, 1);
    assert.match(here.err, /A run is already in progress on n1/);
    assert.ok(existsSync(`${base()}/kept/first/locale`));
    rmSync(home.file('stop'));
    assert.equal((await running).code, 0);
  });

  it('forgets an unreachable node on this computer alone, and says so', async () => {
    await used();
    await sshd.stop();
    const { code, out } = await call(['forget', '--node', 'n1', '--yes', '--json']);
    assert.equal(code, 3);
    const { result, here, onNode } = JSON.parse(out);
    assert.deepEqual([result, here.hostKeys, here.runs, onNode], ['here-only', 1, 1, undefined]);
    assert.equal(existsSync(log()), false);
    assert.ok(existsSync(`${base()}/kept/first/locale`));
  });

  it('requires a node, and a terminal or --yes', async () => {
    const none = await call(['forget', '--yes']);
    assert.equal(none.code, 2);
    assert.match(none.err, /stackprep forget FILE --node NAME/);
    const quiet = await call(['forget', '--node', 'n1']);
    assert.equal(quiet.code, 2);
    assert.match(quiet.err, /--yes/);
  });
});
