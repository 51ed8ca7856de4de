import assert from 'node:assert/strict';
import { lastLines, oneLine, visible } from '../../src/base/visible.ts';

describe('Foreign text made visible', () => {
  const hostile: readonly (readonly [name: string, character: string, shown: string])[] = [
    ['an escape sequence', '\x1b[2J', '<U+001B>[2J'],
    ['a carriage return', '\r', '<U+000D>'],
    ['a line feed', '\n', '<U+000A>'],
    ['a control sequence introducer of one byte', '\u009b2J', '<U+009B>2J'],
    ['a delete', '\u007f', '<U+007F>'],
    ['a right-to-left override', '\u202e', '<U+202E>'],
    ['a right-to-left isolate', '\u2067', '<U+2067>'],
    ['an Arabic letter mark', '\u061c', '<U+061C>'],
    ['a zero-width space', '\u200b', '<U+200B>'],
    ['a line separator', '\u2028', '<U+2028>'],
    ['a tag character', '\u{e0041}', '<U+E0041>'],
    ['half of a surrogate pair', '\ud800', '<U+D800>'],
  ];
  for (const [name, character, shown] of hostile)
    it(`shows ${name} as its code point`, () => {
      assert.equal(visible(`a${character}b`), `a${shown}b`);
    });

  it('is unchanged if it has no invisible characters', () => {
    for (const text of ['sudo: a password is required', '계정을 사용할 수 없습니다.', 'naïve — “x” 😀'])
      assert.equal(visible(text), text);
  });

  it('is joined into one line without repeated parts', () => {
    const text = 'Sorry, try again.\r\n\r\n\tSorry, try again.\nsudo: 3 incorrect password attempts\n';
    assert.equal(oneLine(text), 'Sorry, try again. sudo: 3 incorrect password attempts');
  });

  it('is truncated to its maximum length between characters, and does not change when truncated again', () => {
    const long = oneLine('😀'.repeat(400));
    assert.equal(long, `${'😀'.repeat(149)}…`);
    assert.equal(oneLine(long), long);
    assert.equal(oneLine('x'.repeat(300)), 'x'.repeat(300));
    assert.equal(oneLine(`${'x'.repeat(299)}\u202e`), `${'x'.repeat(299)}…`);
  });

  it('keeps the last lines of a long text, which say why it ended', () => {
    const lecture = `${'We trust you have received the usual lecture. '.repeat(8)}\n`;
    assert.equal(lastLines(`${lecture}\nSorry, try again.\n\n`), 'Sorry, try again.');
    assert.equal(lastLines('one\ntwo\n'), 'one two');
    assert.equal(lastLines('again\nagain\n\u202e'), 'again <U+202E>');
    assert.equal(lastLines(`${'x'.repeat(400)}\n`), `${'x'.repeat(299)}…`);
    assert.equal(lastLines(' \n\t\n'), '');
  });

  it('takes linear time for floods of blanks or lines', () => {
    assert.equal(oneLine(' '.repeat(1_000_000)), '');
    assert.equal(oneLine(`\n${'a\n'.repeat(1_000_000)}`), 'a');
    assert.equal(oneLine(`${' '.repeat(5_000)}a`), 'a');
    assert.equal(lastLines(`a\n${' \n'.repeat(2_000)}`), 'a');
  });
});
