import assert from 'node:assert/strict';
import { createTurns } from '../../../src/client/editor/dialog-queue.ts';

/** A question that the test answers when it chooses to. */
function question() {
  let answer: (text: string) => void = () => undefined;
  let asked = false;
  const act = (): Promise<string> => {
    asked = true;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  return { act, answer: (text: string) => answer(text), isAsked: () => asked };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

describe('Questions about several nodes', () => {
  it('are asked one after another', async () => {
    const turns = createTurns();
    const [first, second] = [question(), question()];
    const one = turns.take(never, '', first.act);
    const two = turns.take(never, '', second.act);
    await settle();
    assert.deepEqual([first.isAsked(), second.isAsked()], [true, false]);
    first.answer('yes');
    assert.equal(await one, 'yes');
    await settle();
    assert.equal(second.isAsked(), true);
    second.answer('no');
    assert.equal(await two, 'no');
  });

  it('are not asked after they were cancelled', async () => {
    const turns = createTurns();
    const [first, second, third] = [question(), question(), question()];
    const cancelled = new AbortController();
    const one = turns.take(never, '', first.act);
    const two = turns.take(cancelled.signal, 'dropped', second.act);
    const three = turns.take(never, '', third.act);
    cancelled.abort();
    assert.equal(await two, 'dropped');
    first.answer('yes');
    await one;
    await settle();
    assert.deepEqual([second.isAsked(), third.isAsked()], [false, true]);
    third.answer('yes');
    await three;
  });

  it('can be cancelled while open, and the next one waits until the dialog is closed', async () => {
    const turns = createTurns();
    const [first, second] = [question(), question()];
    const cancelled = new AbortController();
    const one = turns.take(cancelled.signal, 'cancelled', first.act);
    const two = turns.take(never, '', second.act);
    await settle();
    cancelled.abort();
    assert.equal(await one, 'cancelled');
    await settle();
    assert.equal(second.isAsked(), false);
    first.answer('too late');
    await settle();
    assert.equal(second.isAsked(), true);
    second.answer('yes');
    assert.equal(await two, 'yes');
  });

  it('continue after one of them throws', async () => {
    const turns = createTurns();
    await assert.rejects(
      turns.take(never, '', () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await turns.take(never, '', () => Promise.resolve('yes')), 'yes');
  });
});
