import assert from 'node:assert/strict';
import { printable } from '../../../src/cli/text/printable.ts';
import { clip, hang, pad, widthOf, wrap } from '../../../src/cli/text/width.ts';

describe('The width of a text', () => {
  const cases: readonly (readonly [text: string, width: number])[] = [
    ['abc', 3],
    ['한국어', 6],
    ['한국어'.normalize('NFD'), 6],
    ['e\u0301', 1],
    ['日本', 4],
    ['│━✓✗', 4],
    ['🚀', 2],
    ['\x1b[31mred\x1b[39m', 3],
    ['', 0],
  ];
  for (const [text, width] of cases) {
    it(`of ${JSON.stringify(text)} is ${width}`, () => assert.equal(widthOf(text), width));
  }

  it('determines padding and truncation by cells, not by characters', () => {
    assert.equal(pad('한', 4), '한  ');
    assert.equal(clip('한국어입니다', 7), '한국어…');
    assert.equal(clip('한국어입니다', 6), '한국…');
    assert.equal(clip('short', 5), 'short');
    assert.equal(clip('anything', 0), '');
  });

  it('determines line breaks at blanks, with a hanging indent', () => {
    assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
    assert.equal(hang('  * ', 'aaaa bbbb cccc dddd eeee', 24), '  * aaaa bbbb cccc dddd\n    eeee');
  });
});

describe('A line printed by a node', () => {
  it('cannot move the cursor, change the title or the text direction', () => {
    assert.equal(printable('a\x1b[2Jb\x1b]0;title\x07c\x9bd\u202ee'), 'abcde');
    assert.equal(printable('bell\x07\x00'), 'bell');
  });

  it('is shown as the last state of a redrawn progress bar', () => {
    assert.equal(printable('10%\r50%\r100%'), '100%');
  });
});
