import assert from 'node:assert/strict';
import { english } from '../../../src/base/l10n.ts';
import { connectTo, failureOf, type Home, makeHome, transportOf } from '../../support/connecting.ts';
import { patternsIn } from '../../support/messages.ts';
import { person } from '../../support/person.ts';
import { makeKey, type ServerOptions, startServer, type TestServer } from '../../support/ssh-server.ts';

describe('A login with passwords and prompts', () => {
  let home: Home;
  let server: TestServer | undefined;
  const start = async (options: ServerOptions) => {
    server = await startServer(options);
    return server;
  };
  beforeEach(async () => {
    home = await makeHome();
  });
  afterEach(async () => {
    await server?.close();
    await home.remove();
  });

  it('asks for a password only after the host key is trusted', async () => {
    const { port, attempts } = await start({ password: 'pw' });
    const prompts = person({
      hostKey: async () => {
        assert.equal(prompts.secrets.length, 0);
        assert.deepEqual(attempts, []);
        return 'once';
      },
      secrets: ['pw'],
    });
    await transportOf(await connectTo({ home, port, user: 'ops' }, { prompts })).dispose();
    const [question] = prompts.secrets;
    assert.deepEqual(
      [question?.kind, question?.node, question?.host, question?.port, question?.user, question?.echo],
      ['password', 'openstack1', '127.0.0.1', port, 'ops', false],
    );
  });

  it('asks for the password at most three times', async () => {
    const { port, attempts } = await start({
      password: 'pw',
      keyboard: { prompts: ['Password: '], answers: ['pw'] },
    });
    const prompts = person({ secrets: ['one-wrong', 'two-wrong', 'three-wrong'] });
    const failure = failureOf(await connectTo({ home, port }, { prompts }));
    assert.equal(failure.code, 'auth');
    assert.equal(failure.detail, 'password: wrong');
    assert.deepEqual(attempts, ['none', 'password', 'password', 'password']);
    assert.deepEqual(
      prompts.secrets.map(({ attempt }) => attempt),
      [1, 2, 3],
    );
    assert.doesNotMatch(JSON.stringify(failure), /-wrong/);
  });

  it('succeeds with the second password', async () => {
    const { port } = await start({ password: 'pw' });
    const prompts = person({ secrets: ['wrong', 'pw'] });
    await transportOf(await connectTo({ home, port }, { prompts })).dispose();
  });

  it('is cancelled without an empty password if none is entered', async () => {
    const { port, attempts } = await start({ password: 'pw' });
    const prompts = person({ secrets: [undefined] });
    const failure = failureOf(await connectTo({ home, port }, { prompts }));
    assert.equal(failure.code, 'cancelled');
    assert.deepEqual(attempts, ['none']);
    assert.equal(prompts.secrets.length, 1);
  });

  it('forwards keyboard-interactive prompts with visible control characters', async () => {
    const keyboard = { prompts: ['Password: ', '\u001b[31mCode\n: '], answers: ['pw', '123'] };
    const { port } = await start({ keyboard });
    const prompts = person({ secrets: ['pw', '999', 'pw', '123'] });
    await transportOf(await connectTo({ home, port }, { prompts })).dispose();
    assert.deepEqual(
      prompts.secrets.map(({ kind, attempt, text }) => [kind, attempt, patternsIn(text)[0]?.args[1]]),
      [
        ['keyboard', 1, 'Password:'],
        ['keyboard', 1, '<U+001B>[31mCode :'],
        ['keyboard', 2, 'Password:'],
        ['keyboard', 2, '<U+001B>[31mCode :'],
      ],
    );
  });

  it('sends no response to the prompt if the user cancels', async () => {
    const { port, attempts } = await start({ keyboard: { prompts: ['Password: '], answers: ['pw'] } });
    const failure = failureOf(await connectTo({ home, port }, { prompts: person({ secrets: [undefined] }) }));
    assert.equal(failure.code, 'cancelled');
    assert.deepEqual(attempts, ['none', 'keyboard-interactive']);
  });

  it('fails if the password has expired, and says so', async () => {
    const { port } = await start({ password: 'pw', expired: true });
    const failure = failureOf(await connectTo({ home, port }, { prompts: person({ secrets: ['pw'] }) }));
    assert.equal(failure.code, 'auth');
    assert.match(english(failure.message), /openstack1 .*the password of root has expired/);
  });

  it('fails with the methods that the server offers', async () => {
    const { port } = await start({ authorized: [makeKey()] });
    const failure = failureOf(await connectTo({ home, port }));
    assert.equal(failure.code, 'auth');
    assert.equal(failure.detail, 'no key was found; password: not offered, only publickey');
    assert.deepEqual(patternsIn(failure.message)[0]?.args.slice(0, 3), [
      'openstack1',
      `127.0.0.1:${port}`,
      'root',
    ]);
  });

  it('asks only once if the server disconnects while the user types', async () => {
    const { port, drop, connections } = await start({ password: 'pw' });
    const prompts = person({
      secrets: [
        async () => {
          drop();
          await new Promise((resolve) => setTimeout(resolve, 50));
          return 'pw';
        },
      ],
    });
    await transportOf(await connectTo({ home, port }, { prompts })).dispose();
    assert.equal(prompts.secrets.length, 1);
    assert.equal(prompts.hostKeys.length, 1);
    assert.equal(connections(), 2);
  });

  it('is not subject to its time limit while the user types', async () => {
    const { port, connections } = await start({ password: 'pw' });
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return 'pw';
    };
    const prompts = person({ secrets: [slowly] });
    await transportOf(
      await connectTo({ home, port }, { prompts, limits: { loginStepMs: 500, loginMs: 500 } }),
    ).dispose();
    assert.equal(connections(), 1);
  });

  it('drops its question when it is cancelled', async () => {
    const { port } = await start({ password: 'pw' });
    const stop = new AbortController();
    const prompts = person({
      secrets: [
        () => {
          stop.abort();
          return new Promise(() => undefined);
        },
      ],
    });
    const failure = failureOf(await connectTo({ home, port }, { prompts, signal: stop.signal }));
    assert.equal(failure.code, 'cancelled');
  });
});
