import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { english, msg } from '../../../src/base/l10n.ts';
import { createAsker } from '../../../src/cli/terminal/asker.ts';
import type { Env } from '../../../src/cli/terminal/io.ts';
import { terminalPrompts } from '../../../src/cli/terminal/prompts.ts';
import { terminalSecrets } from '../../../src/cli/terminal/secrets.ts';
import { nothingTyped, type } from '../../../src/cli/terminal/typing.ts';
import type { HostKeyQuestion, SecretQuestion } from '../../../src/remote/base/prompts.ts';
import { fakeIo, fakeKeyboard } from '../fake-io.ts';

const hostKey: HostKeyQuestion = {
  node: 'one',
  host: '10.0.0.1',
  port: 2222,
  algorithm: 'ssh-ed25519',
  fingerprint: 'SHA256:abc',
};
const secret: SecretQuestion = {
  kind: 'passphrase',
  node: 'one',
  host: '10.0.0.1',
  port: 22,
  user: 'root',
  text: msg('Passphrase for key file {0}', '/key'),
  echo: false,
  attempt: 1,
};
const never = new AbortController().signal;

function setup(answers?: readonly (string | undefined)[], env: Env = {}) {
  const person = answers && fakeKeyboard(answers);
  const { io } = fakeIo(person ? { keyboard: person.keyboard } : {});
  const notices: string[] = [];
  const turns: string[] = [];
  const asker = createAsker({
    io,
    t: english,
    notice: (text) => notices.push(text),
    suspend: () => turns.push('suspend'),
    resume: () => turns.push('resume'),
  });
  const prompts = terminalPrompts(asker, env);
  const secrets = terminalSecrets({ env, find: async () => undefined, asker, signal: never });
  return { prompts, secrets, person, notices, turns };
}

describe('The host key question on a terminal', () => {
  const answers = [
    ['yes', 'save'],
    ['Y', 'save'],
    ['once', 'once'],
    ['no', 'reject'],
    [undefined, 'reject'],
  ] as const;
  for (const [typed, meant] of answers) {
    it(`is answered with "${meant}" by ${typed === undefined ? 'the end of the input' : `"${typed}"`}`, async () => {
      const { prompts, person, turns } = setup([typed]);
      assert.equal(await prompts.hostKey(hostKey, never), meant);
      for (const part of ['one', '10.0.0.1:2222', 'ssh-ed25519', 'SHA256:abc'])
        assert.ok(person?.text().includes(part), part);
      assert.deepEqual(turns, ['suspend', 'resume']);
    });
  }

  it('is asked again after an invalid answer', async () => {
    const { prompts, person } = setup(['', 'maybe', 'once']);
    assert.equal(await prompts.hostKey(hostKey, never), 'once');
    assert.equal(person?.asked.length, 3);
  });

  it('is answered with no if there is no terminal, with a hint what to do', async () => {
    const { prompts, notices } = setup();
    assert.equal(await prompts.hostKey(hostKey, never), 'reject');
    assert.match(notices.join(), /one \(10\.0\.0\.1:2222\).*SHA256:abc.*--known-hosts/);
  });
});

describe('The password question on a terminal', () => {
  it('is asked without echo', async () => {
    const { prompts, person } = setup(['swordfish']);
    assert.equal(await prompts.secret(secret, never), 'swordfish');
    assert.deepEqual(person?.asked, [{ echo: false }]);
    assert.equal(person?.text(), 'Passphrase for key file /key: ');
  });

  it('says that the previous answer was wrong', async () => {
    const { prompts, person } = setup(['x']);
    await prompts.secret({ ...secret, attempt: 2 }, never);
    assert.match(person?.text() ?? '', /Incorrect\. Try again\./);
  });

  it('stays unanswered if there is no terminal, which the failure of the login then says', async () => {
    const { prompts, notices } = setup();
    assert.deepEqual(await prompts.secret(secret, never), { hasTerminal: false });
    assert.deepEqual(notices, []);
  });

  it('waits for the previous question, and is dropped if it is cancelled while waiting', async () => {
    let release: (text: string) => void = () => undefined;
    let open = 0;
    const { io } = fakeIo({
      keyboard: {
        write: () => undefined,
        readLine: () => {
          open += 1;
          return new Promise((resolve) => {
            release = (text) => {
              open -= 1;
              resolve(text);
            };
          });
        },
      },
    });
    const quiet = () => undefined;
    const asker = createAsker({ io, t: english, notice: quiet, suspend: quiet, resume: quiet });
    const all = terminalPrompts(asker, {});
    const cancelled = new AbortController();
    const first = all.hostKey(hostKey, never);
    const second = all.secret(secret, never);
    const third = all.secret(secret, cancelled.signal);
    await delay(5);
    assert.equal(open, 1, 'one question at a time');
    release('yes');
    assert.equal(await first, 'save');
    await delay(5);
    assert.equal(open, 1);
    cancelled.abort();
    release('two');
    assert.equal(await second, 'two');
    assert.equal(await third, undefined);
    assert.equal(open, 0, 'the cancelled question was never asked');
  });
});

describe('The sudo password', () => {
  const sudo: SecretQuestion = {
    ...secret,
    kind: 'sudo',
    text: msg('sudo password for {0} on {1}', 'a', 'one'),
  };

  it('is read from the environment, but not after it was wrong', async () => {
    const { prompts, person } = setup(['typed'], { STACKPREP_SUDO_PASSWORD: 'given' });
    assert.equal(await prompts.secret(sudo, never), 'given');
    assert.equal(await prompts.secret({ ...sudo, attempt: 2 }, never), 'typed');
    assert.equal(await prompts.secret(secret, never), undefined, 'no other question uses it');
    assert.equal(person?.asked.length, 2);
  });

  it('that cannot be asked for is reported with the name of its environment variable', async () => {
    const { prompts, notices } = setup();
    assert.deepEqual(await prompts.secret(sudo, never), { hasTerminal: false });
    assert.match(notices.join(), /STACKPREP_SUDO_PASSWORD/);
  });
});

describe('A secret of the cluster file', () => {
  it('is read from the environment', async () => {
    const { secrets, person } = setup([], { STACKPREP_SECRET_RABBIT_PASSWORD_2: 'value' });
    assert.equal(await secrets.get('rabbit-password.2'), 'value');
    assert.deepEqual(person?.asked, []);
  });

  it('is asked for without echo, once for all steps that need it', async () => {
    const { secrets, person } = setup(['typed', 'other']);
    const values = await Promise.all([secrets.get('one'), secrets.get('one'), secrets.get('two')]);
    assert.deepEqual(values, ['typed', 'typed', 'other']);
    assert.deepEqual(person?.asked, [{ echo: false }, { echo: false }]);
    assert.match(person?.text() ?? '', /You can also set STACKPREP_SECRET_ONE/);
    assert.doesNotMatch(person?.text() ?? '', /typed/);
  });

  it('is undefined if nothing is typed or if there is no terminal', async () => {
    assert.equal(await setup(['']).secrets.get('one'), undefined);
    const { secrets, notices } = setup();
    assert.equal(await secrets.get('one'), undefined);
    assert.match(notices.join(), /secret one is required.*STACKPREP_SECRET_ONE/);
  });
});

describe('Typing without echo', () => {
  const cases: readonly (readonly [name: string, input: readonly string[], typing: object])[] = [
    ['ends with Enter', ['ab', 'c\r'], { text: 'abc', ended: 'entered' }],
    ['deletes a character, not a byte', ['한국\x7f\r'], { text: '한', ended: 'entered' }],
    ['deletes the line', ['abc\x15d\n'], { text: 'd', ended: 'entered' }],
    ['ends with Ctrl-C', ['ab\x03'], { text: '', ended: 'interrupted' }],
    ['ends with Ctrl-D', ['\x04'], { text: '', ended: 'cancelled' }],
    ['ignores other control characters', ['a\x01b'], { text: 'ab' }],
  ];
  for (const [name, input, typing] of cases)
    it(name, () => assert.deepEqual(input.reduce(type, nothingTyped), typing));
});

describe('The question whether to create a missing key', () => {
  for (const [typed, may] of [
    ['y', true],
    ['yes', true],
    ['', false],
    [undefined, false],
  ] as const) {
    it(`is ${may ? 'accepted' : 'declined'} by ${typed === undefined ? 'the end of the input' : `"${typed}"`}`, async () => {
      const { prompts, person } = setup([typed]);
      assert.equal(await prompts.makeKey?.('/home/me/.ssh/id_ed25519', never), may);
      assert.ok(person?.text().includes('/home/me/.ssh/id_ed25519'));
    });
  }

  it('is declined if there is no terminal, with a notice', async () => {
    const { prompts, notices } = setup();
    assert.equal(await prompts.makeKey?.('/key', never), false);
    assert.match(notices.join(), /Not a terminal/);
  });
});
