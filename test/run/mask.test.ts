import assert from 'node:assert/strict';
import { minSecretLength } from '../../src/base/secret-forms.ts';
import { maskEvent, maskSecrets } from '../../src/run/mask.ts';
import { random } from '../support/random.ts';

describe('Masking of secret values', () => {
  const cases: readonly (readonly [secrets: readonly string[], text: string, masked: string])[] = [
    [['hunter2'], 'password hunter2, again hunter2', 'password ********, again ********'],
    [['abc', 'bcd'], 'xabcdy', 'x********y'],
    [['aaa'], 'aaaaa', '********'],
    [["it's"], `echo 'it'\\''s'`, `echo '********'`],
    [['a"b\tc'], '{"x":"a\\"b\\tc"}', '{"x":"********"}'],
    [['p&ss w'], 'curl http://h/?k=p%26ss%20w', 'curl http://h/?k=********'],
    [['first line\nsecond line'], 'got second line', 'got ********'],
    [['$&.*'], 'a $&.* b', 'a ******** b'],
    [['ab', ''], 'ab stays', 'ab stays'],
  ];
  for (const [secrets, text, expected] of cases)
    it(`changes ${JSON.stringify(text)} to ${JSON.stringify(expected)}`, () =>
      assert.equal(maskSecrets(secrets).text(text), expected));

  it('leaves no secret in a text, and all of the text around it', () => {
    const { below, pick } = random(4);
    const letters = ['a', 'b', 'c', "'", '"', '\\', '$', '&', ' ', 'é', '한', '🙂', '\ud800', '\n'] as const;
    const word = (length: number) => Array.from({ length }, () => pick(letters)).join('');
    for (let round = 0; round < 3_000; round++) {
      const secrets = Array.from({ length: 1 + below(3) }, () => word(minSecretLength + below(5)));
      const text = Array.from({ length: 1 + below(6) }, () =>
        below(2) === 0 ? word(below(6)) : (secrets[below(secrets.length)] ?? ''),
      ).join('');
      const masked = maskSecrets(secrets).text(text);
      for (const secret of secrets) assert.ok(!masked.includes(secret), JSON.stringify({ secrets, text }));
      let at = 0;
      for (const piece of masked.split('********')) {
        const found = text.indexOf(piece, at);
        assert.ok(found >= at, JSON.stringify({ secrets, text, masked }));
        at = found + piece.length;
      }
      assert.equal(maskSecrets(secrets).text(masked), masked);
    }
  });

  it("covers the foreign texts of an event, but not Stackprep's own words", () => {
    const mask = maskSecrets(['node', 's3cret', 'log']);
    const event = {
      ...{ type: 'log', node: 'node', line: 'a node s3cret', at: 5, list: [null, true] },
      reasons: [{ code: 'apply-failed', args: ['s3cret'] }],
      failure: { code: 'lost', message: { text: 'The node {0}', args: ['s3cret'] }, detail: 'log' },
    };
    assert.deepEqual(maskEvent(event, mask), {
      ...{ type: 'log', node: 'node', line: 'a ******** ********', at: 5, list: [null, true] },
      reasons: [{ code: 'apply-failed', args: ['********'] }],
      failure: { code: 'lost', message: { text: 'The node {0}', args: ['********'] }, detail: '********' },
    });
  });
});
