import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { english } from '../../../src/base/l10n.ts';
import { createShared } from '../../../src/remote/shared.ts';
import { connectTo, type Home, makeHome, run, transportOf } from '../../support/connecting.ts';
import { person } from '../../support/person.ts';
import { authorize, keygen, opensshMissing, type Sshd, startSshd } from '../../support/sshd.ts';
import { fakeSudo, type SudoBehavior } from '../../support/sudo.ts';

const missing = opensshMissing();
const title = missing === undefined ? '' : ` (skipped: ${missing})`;

/** Bytes that a terminal in cooked mode would change, drop or interpret. */
const tricky = 'line\r\n\u0003\u0004\u0011\u0013\u001c\u007f\0\tend without newline';

(missing === undefined ? describe : describe.skip)(`A command run with sudo${title}`, () => {
  let home: Home;
  let sshd: Sshd;
  let identity: string;
  before(async () => {
    home = await makeHome();
    identity = await keygen(home, 'id_ed25519');
    await authorize(home, identity);
    sshd = await startSshd({ home, settings: [await fakeSudo(home, {})] });
  });
  after(async () => {
    await sshd.stop();
    await home.remove();
  });
  beforeEach(() => rm(home.file('given'), { force: true }));
  const given = () => readFile(home.file('given'), 'utf8').catch(() => '');

  async function connect(behavior: SudoBehavior, secrets: readonly (string | undefined)[] = []) {
    await fakeSudo(home, behavior);
    const prompts = person({ secrets });
    const shared = createShared({ lingerMs: 0 });
    const group = {
      id: 'lab',
      nodes: ['openstack1', 'openstack2', 'openstack3'].map((name) => ({ name, user: 'root' })),
    };
    const to = { home, port: sshd.port, identity };
    const limits = { sudoMs: 1_500, sudoTotalMs: 4_000 };
    const transport = transportOf(await connectTo(to, { prompts, shared, group, limits }));
    return { transport, prompts };
  }
  const echo = (stdin: string) => ({
    ...{ argv: ['sh', '-c', 'cat; echo err >&2; exit 7'], stdin, become: 'sudo' as const },
  });

  const ways: readonly (readonly [name: string, behavior: SudoBehavior, asked: number])[] = [
    ['without a password', {}, 0],
    ['with a password', { password: 's3cret word', lecture: 'We trust you' }, 1],
    ['under requiretty', { requiretty: true }, 0],
    ['with a password under requiretty', { requiretty: true, password: 's3cret word' }, 1],
  ];
  for (const [name, behavior, asked] of ways)
    it(`works ${name}, with unchanged input and output`, async () => {
      const { transport, prompts } = await connect(behavior, ['s3cret word']);
      for (const input of [`${tricky}${'x'.repeat(300_000)}${tricky}`, '']) {
        const { stdout, stderr, last } = await run(transport, echo(input));
        assert.deepEqual(last, { type: 'exit', code: 7, signal: undefined });
        const both = behavior.requiretty ? [`${input}err\n`, ''] : [input, 'err\n'];
        assert.deepEqual([stdout.toString(), stderr.toString()], both);
      }
      assert.deepEqual(
        prompts.secrets.map(({ kind, text }) => [kind, english(text)]),
        asked === 0 ? [] : [['sudo', 'sudo password for root on openstack1, openstack2, openstack3']],
      );
      assert.equal(await given(), asked === 0 ? '' : 's3cret word\n'.repeat(2));
      await transport.dispose();
    });

  it('is not wrapped in sudo if it needs no root', async () => {
    const { transport } = await connect({ error: 'sudo is not wanted' });
    const { stdout } = await run(transport, { argv: ['cat'], stdin: 'plain' });
    assert.equal(stdout.toString(), 'plain');
    await transport.dispose();
  });

  for (const requiretty of [false, true])
    it(`fails after one wrong password, and the script is never sent as a password${requiretty ? ' (requiretty)' : ''}`, async () => {
      const { transport } = await connect({ password: 'right', requiretty }, ['bad-secret']);
      const { stdout, last } = await run(transport, echo('script\nscript\nscript\n'));
      assert.ok(last.type === 'lost');
      const { code, message, action, detail } = last.failure;
      assert.equal(code, 'become');
      assert.match(
        english(message),
        /^openstack1 \(127\.0\.0\.1:\d+\): sudo rejected the password of root\.$/,
      );
      assert.match(english(action), /enter the sudo password of root/);
      assert.match(detail ?? '', /Sorry, try again/);
      assert.doesNotMatch(JSON.stringify(last), /bad-secret/);
      assert.deepEqual([await given(), stdout.length], ['bad-secret\n', 0]);
      await transport.dispose();
    });

  for (const requiretty of [false, true])
    it(`works if a start file prints 130 KB${requiretty ? ' (requiretty)' : ''}`, async () => {
      const path = await fakeSudo(home, { password: 'pw', requiretty });
      await home.write('.bashrc', 'yes | head -c 130000 >&2; yes | head -c 130000\n');
      const noisy = await startSshd({
        home,
        name: `noisy${requiretty ? '-tty' : ''}`,
        settings: [`${path} HOME=${home.path}`],
      });
      const prompts = person({ secrets: ['pw'] });
      const transport = transportOf(await connectTo({ home, port: noisy.port, identity }, { prompts }));
      const { stdout, last } = await run(transport, echo('the input'));
      assert.deepEqual(last, { type: 'exit', code: 7, signal: undefined });
      assert.equal(stdout.toString(), requiretty ? 'the inputerr\n' : 'the input');
      assert.equal(noisy.log().split('Accepted publickey').length - 1, 1);
      await transport.dispose();
      await noisy.stop();
      await rm(home.file('.bashrc'));
    });

  for (const question of ['Verification code: ', 'New password: '])
    it(`fails if sudo asks "${question}" after the password; the prompt is quoted and not answered`, async () => {
      const { transport } = await connect({ password: 'pw', asksMore: question }, ['pw']);
      const { last } = await run(transport, echo('the script'));
      assert.ok(last.type === 'lost', JSON.stringify(last));
      const { code, message, action, detail } = last.failure;
      assert.equal(code, 'become');
      assert.match(
        english(message),
        /^openstack1 \(127\.0\.0\.1:\d+\): sudo started no command within 1\.5 seconds\.$/,
      );
      assert.match(english(action), /only the password prompt.*sudo -v/);
      assert.equal(detail, question.trim());
      assert.equal(await given(), 'pw\n');
      await transport.dispose();
    });

  it('fails if sudo is silent, and can be cancelled before', async () => {
    const { transport } = await connect({ silent: true });
    const stop = new AbortController();
    const running = run(transport, echo(''), stop.signal);
    setImmediate(() => stop.abort());
    const { last: called } = await running;
    assert.equal(called.type === 'lost' && called.failure.code, 'cancelled');
    const { last } = await run(transport, echo(''));
    assert.ok(last.type === 'lost', JSON.stringify(last));
    assert.equal(last.failure.code, 'become');
    assert.match(english(last.failure.message), /: sudo did not answer within 1\.5 seconds\.$/);
    await transport.dispose();
  });

  it('fails if no password is entered, and says so', async () => {
    const { transport } = await connect({ password: 'right' }, [undefined]);
    const { last } = await run(transport, echo(''));
    assert.match(last.type === 'lost' ? english(last.failure.message) : '', /none was entered/);
    assert.equal(last.type === 'lost' && last.failure.detail, 'sudo: a password is required');
    assert.equal(await given(), '');
    await transport.dispose();
  });

  const errors: readonly (readonly [error: string, message: RegExp])[] = [
    ['sh: 1: sudo: not found', /sudo is not installed/],
    ['admin is not in the sudoers file.', /root may not use sudo/],
    ['sudo: /etc/sudoers is world writable', /failed before the command started/],
  ];
  for (const [error, message] of errors)
    it(`fails with an explanation of "${error}"`, async () => {
      const { transport } = await connect({ error });
      const { last } = await run(transport, echo(''));
      assert.ok(last.type === 'lost');
      assert.match(english(last.failure.message), message);
      assert.equal(last.failure.detail, error);
      await transport.dispose();
    });
});
