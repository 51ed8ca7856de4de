import assert from 'node:assert/strict';
import { type Move, Prelude } from '../../../src/remote/sudo/prelude.ts';
import { random } from '../../support/random.ts';

const words = { prompt: '[stackprep-1f]', begun: 'stackprep-begun-1f' };

/** What comes of a text that arrives in pieces, until the first move that is not waiting. */
function movesOf(prelude: Prelude, text: string, cut: (left: number) => number): Move[] {
  const bytes = Buffer.from(text, 'latin1');
  const moves: Move[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = cut(bytes.length - at);
    const move = prelude.hear(bytes.subarray(at, at + length));
    at += length;
    if (move.type !== 'wait') moves.push(move);
    if (move.type === 'begun') {
      const rest = Buffer.concat([move.rest, bytes.subarray(at)]);
      return [...moves.slice(0, -1), { type: 'begun', rest }];
    }
    if (move.type === 'refused' || move.type === 'flooded') return moves;
  }
  return moves;
}

describe('What sudo says before the command', () => {
  const cases: readonly (readonly [title: string, text: string, moves: readonly string[], said: string])[] = [
    ['no question', 'stackprep-begun-1f\nout', ['begun'], ''],
    [
      'a lecture and a question',
      `We trust you\n${words.prompt}\nstackprep-begun-1f\n`,
      ['answer', 'begun'],
      'We trust you',
    ],
    [
      'a question of sudo-rs',
      '[sudo: [stackprep-1f]] Password: \nstackprep-begun-1f\n\xff',
      ['answer', 'begun'],
      '[sudo: ] Password:',
    ],
    [
      'a second question',
      `${words.prompt}Sorry, try again.\n${words.prompt}`,
      ['answer', 'refused'],
      'Sorry, try again.',
    ],
    ['somebody else’s question', '[sudo] password for root: ', [], '[sudo] password for root:'],
    ['a word that only looks alike', 'stackprep-begun-1fX\n', [], 'stackprep-begun-1fX'],
  ];
  for (const [title, text, moves, said] of cases)
    it(`understands ${title}, wherever the bytes are cut`, () => {
      const { below } = random(7);
      for (let round = 0; round < 200; round++) {
        const prelude = new Prelude(words);
        const found = movesOf(prelude, text, (left) => 1 + below(Math.min(left, 9)));
        assert.deepEqual(
          found.map(({ type }) => type),
          moves,
        );
        assert.equal(prelude.said, said);
        const [last] = found.slice(-1);
        if (last?.type === 'begun')
          assert.equal(last.rest.toString('latin1'), text.slice(text.indexOf('begun-1f\n') + 9));
      }
    });

  it('answers no text but its own prompt, and never twice', () => {
    const { below, pick } = random(11);
    const pieces = [
      '[stackprep-',
      '1f]',
      'Password:',
      '\n',
      '\xff',
      '[stackprep-1e]',
      'begun',
      words.prompt,
    ] as const;
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: below(12) }, () => pick(pieces)).join('');
      const moves = movesOf(new Prelude(words), text, (left) => 1 + below(left));
      const prompts = text.split(words.prompt).length - 1;
      assert.equal(
        moves.filter(({ type }) => type === 'answer').length,
        Math.min(prompts, 1) - (moves[0]?.type === 'refused' ? 1 : 0),
        text,
      );
      assert.equal(moves.at(-1)?.type === 'refused', prompts > 1, text);
    }
  });

  it('gives up on a node that never stops talking', () => {
    const prelude = new Prelude(words);
    const noise = Buffer.alloc(16_384, 'x');
    const moves = Array.from({ length: 5 }, () => prelude.hear(noise).type);
    assert.deepEqual(moves.slice(-2), ['wait', 'flooded']);
  });
});
