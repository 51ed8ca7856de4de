import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { english } from '../../../src/base/l10n.ts';
import { defaultLimits, type Limits } from '../../../src/remote/base/limits.ts';
import type { Transport } from '../../../src/remote/base/transport.ts';
import { connectTo, type Home, makeHome, run, transportOf } from '../../support/connecting.ts';
import { hasProgram } from '../../support/programs.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../../support/sshd.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

/** Long enough for a busy computer to start a shell, short enough for a test. */
const limits: Partial<Limits> = { startMs: 3_000, startTotalMs: 12_000, startGraceMs: 1_500 };

(missing === undefined ? describe : describe.skip)(`The start of a command after the login${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  let identity: string;
  const open: Transport[] = [];
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    // bash looks for start files in HOME, so root's own are not used.
    sshd = await startSshd({ home, settings: [`SetEnv HOME=${home.path}`] });
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });
  afterEach(async () => {
    for (const transport of open.splice(0)) await transport.dispose();
  });

  const logins = () => sshd.log().split('Accepted publickey').length - 1;
  const bashrc = (text: string) => home.write('.bashrc', `${text}\n`);
  async function connect(more: Partial<Limits> = {}): Promise<Transport> {
    const transport = transportOf(
      await connectTo({ home, port: sshd.port, identity }, { limits: { ...limits, ...more } }),
    );
    open.push(transport);
    return transport;
  }
  /** A command that creates a file, which shows whether it ran. */
  const trace = () => ({ argv: ['sh', '-c', `touch ${home.file('ran')}; cat; echo done`], stdin: 'input\n' });

  async function failureWith(text: string, more: Partial<Limits> = {}) {
    await bashrc(text);
    const before = logins();
    const { last, stdout, stderr } = await run(await connect(more), trace());
    assert.equal(last.type, 'lost', JSON.stringify(last));
    const { failure } = last as Extract<typeof last, { type: 'lost' }>;
    assert.deepEqual([stdout.toString(), stderr.toString()], ['', '']);
    assert.equal(logins() - before, 1);
    assert.equal(existsSync(home.file('ran')), false);
    return { ...failure, text: english(failure.message), advice: english(failure.action) };
  }

  const works: readonly (readonly [name: string, bashrc: string])[] = [
    ['prints nothing', ''],
    ['prints a word without a newline', 'printf "Welcome "'],
    ['prints 88 KB', 'yes | head -c 88000'],
    ['prints 1.3 MB', 'yes "$(printf %80s)" | head -c 1300000'],
    ['prints 130 KB on stderr', 'yes | head -c 130000 >&2'],
    [
      'prints on both streams without a newline at the end',
      'head -c 200000 /dev/zero; head -c 200000 /dev/zero >&2',
    ],
    ['prints what it runs', 'set -x'],
    ['prints the start marker without its nonce', 'echo stackprep-start-; echo stackprep-start- >&2'],
    ['tries to read input before any is sent', 'read -t 0.1 -r line'],
    ['fails', 'false; no-such-command'],
    ['starts a background program that prints later', '( sleep 0.2; echo later; echo later >&2 ) &'],
  ];
  for (const [name, text] of works)
    it(`succeeds with a start file that ${name}`, async () => {
      await bashrc(text);
      const before = logins();
      const command = { argv: ['sh', '-c', 'cat; echo err >&2; exit 7'], stdin: 'the input' };
      const { stdout, stderr, last } = await run(await connect(defaultLimits), command);
      assert.deepEqual(last, { type: 'exit', code: 7, signal: undefined });
      assert.match(stdout.toString(), /^the input(later\n)?$/);
      assert.match(stderr.toString(), /err\n/);
      assert.equal(logins() - before, 1);
    });

  it('times out if a start file sleeps, and the failure says so', async () => {
    const failure = await failureWith('echo "Mounting home" ; exec 3>&1; sleep 30 3>&1');
    assert.equal(failure.code, 'login-shell');
    assert.match(
      failure.text,
      /^openstack1 \(127\.0\.0\.1:\d+\): the login of root started no command within 3 seconds; a start file or the login shell is waiting\.$/,
    );
    assert.equal(failure.detail, 'Mounting home');
    assert.match(failure.advice, /~\/\.bashrc/);
  });

  it('times out if a start file prints a little repeatedly', async () => {
    const failure = await failureWith('while :; do echo tick; sleep 0.2; done', { startTotalMs: 2_000 });
    assert.match(failure.text, /started no command within 2 seconds/);
    assert.equal(failure.detail, 'tick');
  });

  it('fails if a start file prints endlessly', async () => {
    const failure = await failureWith('yes "a start file without an end"', {
      startMs: 30_000,
      startTotalMs: 60_000,
    });
    assert.match(failure.text, /the start files of root print more than 16 MB/);
  });

  it('fails if a start file asks a question, and the failure quotes it', async () => {
    const failure = await failureWith('printf "Terminal type? "; read -r answer');
    assert.match(failure.text, /a start file of root waits for input before commands run\.$/);
    assert.equal(failure.detail, 'Terminal type?');
  });

  it('fails if a start file shows a menu again at end of file', async () => {
    const menu = 'while :; do echo "1) Status 2) Quit"; read -r choice; [ "$choice" != 2 ] || exit; done';
    const failure = await failureWith(menu);
    assert.equal(failure.code, 'login-shell');
    assert.match(failure.detail ?? '', /1\) Status 2\) Quit$/);
  });

  it('fails if a start file replaces the login shell, and no command is sent', async () => {
    const failure = await failureWith('exec sh');
    assert.match(
      failure.text,
      /the login of root started no command: a start file replaces the shell \(such as `exec zsh`/,
    );
  });

  for (const program of ['zsh', 'fish', 'tcsh', 'dash'])
    it(`fails if a start file runs exec ${program}`, async function () {
      if (!hasProgram(program)) return this.skip();
      assert.match((await failureWith(`exec ${program}`)).text, /a start file replaces the shell/);
    });

  it('fails if a start file runs exec tmux, as a program that needs a terminal', async function () {
    if (!hasProgram('tmux')) return this.skip();
    const failure = await failureWith('exec tmux');
    assert.match(failure.text, /a start file replaces the shell with a program that needs a terminal\.$/);
    assert.match(failure.detail ?? '', /terminal/);
  });

  it('fails if a start file runs script, which reads the input', async function () {
    if (!hasProgram('script')) return this.skip();
    // The shell inside reads the same start file: without the guard each would start the next, until no terminal is left.
    const failure = await failureWith('[ -n "$INSIDE" ] || INSIDE=1 script -q /dev/null');
    assert.equal(failure.code, 'login-shell');
    assert.match(failure.text, /waits for input|replaces the shell|waiting\.$/);
  });

  it('fails with the exit code of a start file that ends the login', async () => {
    const failure = await failureWith('echo "No logins on Mondays"; exit 4');
    assert.match(failure.text, /runs no commands for root: the login ended with exit code 4\.$/);
    assert.equal(failure.detail, 'No logins on Mondays');
    assert.match(failure.advice, /login shell of root/);
  });

  it('fails if a start file redirects the output', async () => {
    const failure = await failureWith('exec >/dev/null');
    assert.match(failure.text, /a start file of root redirects the output of commands\.$/);
  });

  it('is cancelled while a start file waits', async () => {
    await bashrc('sleep 30');
    const stop = new AbortController();
    const transport = await connect({ startMs: 60_000, startTotalMs: 60_000 });
    const running = run(transport, trace(), stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    const { last } = await running;
    assert.equal(last.type === 'lost' && last.failure.code, 'cancelled');
    assert.equal(existsSync(home.file('ran')), false);
  });

  it('cannot happen after its failure was reported, even if the start file finishes later', async () => {
    // The start file waits for a file that the test creates after the failure.
    const go = home.file('go');
    await bashrc(`while [ ! -e ${go} ]; do sleep 0.05; done; touch ${home.file('through')}`);
    const { last } = await run(await connect({ startMs: 300, startGraceMs: 100 }), trace());
    assert.equal(last.type === 'lost' && last.failure.code, 'login-shell');
    await home.write('go', '');
    while (!existsSync(home.file('through'))) await new Promise((resolve) => setTimeout(resolve, 20));
    // A second command on another connection gives the first one time to run.
    await bashrc('');
    const { last: second } = await run(await connect(), { argv: ['sleep', '0.3'] });
    assert.equal(second.type, 'exit');
    assert.equal(existsSync(home.file('ran')), false);
  });

  describe('with a ForceCommand', () => {
    let forced: Sshd;
    let script: string;
    before(async () => {
      script = await home.write('forced', '#!/bin/sh\n');
      await chmod(script, 0o700);
      forced = await startSshd({ home, name: 'forced_sshd', settings: [`ForceCommand ${script}`] });
    });
    after(() => forced.stop());

    async function forcedFailure(text: string) {
      await home.write('forced', `#!/bin/sh\n${text}\n`);
      const transport = transportOf(await connectTo({ home, port: forced.port, identity }, { limits }));
      open.push(transport);
      const { last } = await run(transport, trace());
      assert.ok(last.type === 'lost', JSON.stringify(last));
      return { ...last.failure, text: english(last.failure.message), advice: english(last.failure.action) };
    }

    it('reports the user that a cloud image asks for, and the settings for it', async () => {
      const sentence = 'Please login as the user "centos" rather than the user "root".';
      const failure = await forcedFailure(`echo '${sentence}'; sleep 0.3`);
      assert.equal(failure.detail, sentence);
      assert.equal(failure.advice, 'Set `user: centos` and `become: sudo` for the node in the cluster file.');
    });

    it('quotes nologin', async () => {
      const failure = await forcedFailure('echo "This account is currently not available."; exit 1');
      assert.equal(failure.detail, 'This account is currently not available.');
    });

    it('reports an expired password', async () => {
      const words = 'WARNING: Your password has expired.\nPassword change required but no TTY available.';
      const failure = await forcedFailure(`echo '${words}' >&2; exit 1`);
      assert.match(failure.advice, /set a new password/);
      assert.match(failure.detail ?? '', /no TTY available\.$/);
    });

    it('shows the control characters of the output as code points', async () => {
      const failure = await forcedFailure("printf 'bad\\033]0;title\\007\\033[31m\\n'; exit 1");
      assert.match(failure.detail ?? '', /^bad<U\+001B>\]0;title<U\+0007><U\+001B>\[31m$/);
    });
  });
});
