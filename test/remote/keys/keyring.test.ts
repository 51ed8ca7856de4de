import assert from 'node:assert/strict';
import { noTerminal } from '../../../src/remote/base/prompts.ts';
import { type AskPassphrase, Keyring, type RefusedKeys } from '../../../src/remote/keys/keyring.ts';
import { makeKey } from '../../support/ssh-server.ts';

const { privateText } = makeKey('right');
const { signal } = new AbortController();

/** Answers in turn, and counts the prompts. */
function typing(...answers: Awaited<ReturnType<AskPassphrase>>[]) {
  let asked = 0;
  return { ask: async () => answers[asked++], count: () => asked };
}

describe('The key files of a run', () => {
  it('are asked for by one node: one that comes after three wrong passphrases does not ask again', async () => {
    const keyring = new Keyring();
    const refused: RefusedKeys = new Map();
    const first = typing('a', 'b', 'c');
    const late = typing('right');
    const opened = await keyring.open(privateText, { ask: first.ask, signal, refused });
    assert.ok(!opened.ok && opened.why === 'wrong-passphrase');
    assert.deepEqual(await keyring.open(privateText, { ask: late.ask, signal, refused }), opened);
    assert.deepEqual([first.count(), late.count()], [3, 0]);
  });

  it('are asked for again in the next run', async () => {
    const keyring = new Keyring();
    const wrong = typing('a', 'b', 'c');
    await keyring.open(privateText, { ask: wrong.ask, signal, refused: new Map() });
    const { ask } = typing('right');
    assert.ok((await keyring.open(privateText, { ask, signal, refused: new Map() })).ok);
  });

  it('are not asked for again after the user cancelled, or without a terminal', async () => {
    for (const [answer, why] of [
      [undefined, 'cancelled'],
      [noTerminal, 'unasked'],
    ] as const) {
      const keyring = new Keyring();
      const refused: RefusedKeys = new Map();
      const none = typing(answer);
      const late = typing('right');
      for (const { ask } of [none, late]) {
        const opened = await keyring.open(privateText, { ask, signal, refused });
        assert.ok(!opened.ok && opened.why === why, why);
      }
      assert.equal(late.count(), 0, why);
    }
  });

  it('are asked for by another node if the one that asked was aborted', async () => {
    const keyring = new Keyring();
    const refused: RefusedKeys = new Map();
    const aborted = AbortSignal.abort();
    const opened = await keyring.open(privateText, { ask: async () => undefined, signal: aborted, refused });
    assert.ok(!opened.ok && opened.why === 'aborted');
    const { ask } = typing('right');
    assert.ok((await keyring.open(privateText, { ask, signal, refused })).ok);
  });

  it('are asked for by a node that waits for one that may not ask', async () => {
    const keyring = new Keyring();
    const refused: RefusedKeys = new Map();
    const { ask } = typing('right');
    const [batch, other, late] = await Promise.all([
      keyring.open(privateText, { signal, refused }),
      keyring.open(privateText, { ask, signal, refused }),
      keyring.open(privateText, { signal, refused }),
    ]);
    assert.ok(!batch.ok && batch.why === 'forbidden');
    assert.ok(other.ok && late.ok);
    assert.ok((await keyring.open(privateText, { signal, refused })).ok);
  });
});
