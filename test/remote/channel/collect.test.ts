import assert from 'node:assert/strict';
import type { Output } from '../../../src/remote/base/transport.ts';
import { collect } from '../../../src/remote/channel/collect.ts';

const exit: Output = { type: 'exit', code: 0, signal: undefined };
const data = (bytes: Uint8Array, stream: 'stdout' | 'stderr' = 'stdout'): Output => ({
  type: 'data',
  stream,
  bytes,
});
async function* outputs(...all: readonly Output[]): AsyncGenerator<Output> {
  yield* all;
}

describe('The collected output of a command', () => {
  it('is complete when a character is split between two chunks', async () => {
    const bytes = Buffer.from('노드\n');
    const pieces = [...bytes].map((byte) => data(Uint8Array.of(byte)));
    assert.deepEqual(await collect(outputs(...pieces, exit), { maxBytes: 100 }), {
      end: exit,
      text: '노드\n',
    });
  });

  it('is that of one stream when only that one is requested', async () => {
    const both = [data(Buffer.from('a')), data(Buffer.from('b'), 'stderr'), exit];
    assert.equal((await collect(outputs(...both), { stream: 'stdout', maxBytes: 9 })).text, 'a');
    assert.equal((await collect(outputs(...both), { maxBytes: 9 })).text, 'ab');
  });

  it('ends at its limit, and the end of the command is still reported', async () => {
    async function* endless(): AsyncGenerator<Output> {
      for (let piece = 0; piece < 1000; piece += 1) yield data(Buffer.alloc(1000, 'x'));
      yield exit;
    }
    assert.deepEqual(await collect(endless(), { maxBytes: 2500 }), { end: exit, text: 'x'.repeat(2500) });
  });
});
