import assert from 'node:assert/strict';
import { askOncePerHostKey } from '../../src/app/host-key-questions.ts';
import type { HostKeyAnswer, HostKeyQuestion } from '../../src/remote/base/prompts.ts';
import { person } from '../support/person.ts';

const question = (node: string, fingerprint = 'SHA256:a'): HostKeyQuestion => ({
  ...{ node, host: '10.0.0.1', port: 22, algorithm: 'ssh-ed25519', fingerprint },
});
const never = new AbortController().signal;

/** A user who answers each question when the test says so. */
function slowPerson() {
  const answers: ((answer: HostKeyAnswer) => void)[] = [];
  const asked = person({ hostKey: () => new Promise((resolve) => answers.push(resolve)) });
  return { asked, answers, prompts: askOncePerHostKey(asked) };
}

describe('A host key question', () => {
  it('is asked once for all nodes with that key, and the key is saved once', async () => {
    const { asked, answers, prompts } = slowPerson();
    const all = ['a', 'b', 'c'].map((node) => prompts.hostKey(question(node), never));
    answers[0]?.('save');
    assert.deepEqual(await Promise.all(all), ['save', 'once', 'once']);
    assert.deepEqual(
      asked.hostKeys.map(({ node }) => node),
      ['a'],
    );
  });

  it('that is rejected is rejected for all nodes', async () => {
    const { answers, prompts } = slowPerson();
    const all = ['a', 'b'].map((node) => prompts.hostKey(question(node), never));
    answers[0]?.('reject');
    assert.deepEqual(await Promise.all(all), ['reject', 'reject']);
  });

  it('is asked again for a different key, and after it was answered', async () => {
    const { asked, answers, prompts } = slowPerson();
    const first = prompts.hostKey(question('a'), never);
    const other = prompts.hostKey(question('b', 'SHA256:b'), never);
    for (const answer of answers) answer('once');
    await Promise.all([first, other]);
    void prompts.hostKey(question('c'), never);
    assert.equal(asked.hostKeys.length, 3);
  });

  it('is asked for the next node when the first one is cancelled', async () => {
    const { asked, answers, prompts } = slowPerson();
    const stop = new AbortController();
    const first = prompts.hostKey(question('a'), stop.signal);
    const second = prompts.hostKey(question('b'), never);
    stop.abort();
    answers[0]?.('reject');
    assert.equal(await first, 'reject');
    await new Promise(setImmediate);
    answers[1]?.('save');
    assert.equal(await second, 'save');
    assert.equal(asked.hostKeys.length, 2);
  });
});
