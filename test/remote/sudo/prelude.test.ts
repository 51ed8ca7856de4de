import assert from 'node:assert/strict';
import { Prelude, type PreludeStep } from '../../../src/remote/sudo/prelude.ts';
import { random } from '../../support/random.ts';

const words = { prompt: '[stackprep-1f]', begun: 'stackprep-begun-1f' };

/** The actions for a text that arrives in pieces, without those that only wait. */
function movesOf(prelude: Prelude, text: string, cut: (left: number) => number): PreludeStep[] {
  const bytes = Buffer.from(text, 'latin1');
  const moves: PreludeStep[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = cut(bytes.length - at);
    const move = prelude.push(bytes.subarray(at, at + length));
    at += length;
    if (move.type !== 'wait') moves.push(move);
    if (move.type === 'begun') {
      const rest = Buffer.concat([move.rest, bytes.subarray(at)]);
      return [...moves.slice(0, -1), { type: 'begun', rest }];
    }
    if (isEnd(move)) return moves;
  }
  return moves;
}

/** Whether nothing more is read after it. */
function isEnd({ type }: PreludeStep): boolean {
  return type === 'refused' || type === 'asked-more' || type === 'flooded';
}

describe('The output of sudo before the command', () => {
  it('contains the user whose password is asked for', () => {
    const prelude = new Prelude(words);
    prelude.push(Buffer.from(`${words.prompt}(root) `));
    assert.equal(prelude.askedFor, 'root');
    assert.equal(prelude.said, '');
  });

  const cases: readonly (readonly [title: string, text: string, moves: readonly string[], said: string])[] = [
    ['no prompt', 'stackprep-begun-1f\nout', ['begun'], ''],
    [
      'a lecture and a prompt',
      `We trust you\n${words.prompt}\nstackprep-begun-1f\n`,
      ['answer', 'begun'],
      'We trust you',
    ],
    [
      'a prompt of sudo-rs',
      '[sudo: [stackprep-1f]] Password: \nstackprep-begun-1f\n\xff',
      ['answer', 'begun'],
      '[sudo: ] Password:',
    ],
    [
      'a second prompt',
      `${words.prompt}Sorry, try again.\n${words.prompt}`,
      ['answer', 'refused'],
      'Sorry, try again.',
    ],
    [
      'a question after the password, for which sudo uses the same prompt',
      `${words.prompt}(deploy) \n${words.prompt}`,
      ['answer', 'asked-more'],
      '',
    ],
    ['the prompt of another program', '[sudo] password for root: ', [], '[sudo] password for root:'],
    ['a marker with a suffix', 'stackprep-begun-1fX\n', [], 'stackprep-begun-1fX'],
  ];
  for (const [title, text, moves, said] of cases)
    it(`is recognized as ${title}, however the bytes are split`, () => {
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

  it('is answered only at the nonce prompt, and only once', () => {
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
        Math.min(prompts, 1) - (moves[0] && isEnd(moves[0]) ? 1 : 0),
        text,
      );
      const last = moves.at(-1);
      assert.equal(last !== undefined && isEnd(last), prompts > 1, text);
    }
  });

  it('is limited in size', () => {
    const prelude = new Prelude(words);
    const noise = Buffer.alloc(16_384, 'x');
    const moves = Array.from({ length: 5 }, () => prelude.push(noise).type);
    assert.deepEqual(moves.slice(-2), ['wait', 'flooded']);
  });
});
