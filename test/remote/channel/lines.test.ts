import assert from 'node:assert/strict';
import { createLines, MAX_LINE_LENGTH } from '../../../src/remote/channel/lines.ts';

/** Splits the bytes into lines, fed in pieces of the given size. */
function linesOf(bytes: Uint8Array, size: number): string[] {
  const lines = createLines();
  const all: string[] = [];
  for (let at = 0; at < bytes.length; at += size) all.push(...lines.push(bytes.subarray(at, at + size)));
  return [...all, ...lines.end()];
}

describe('Lines of a stream', () => {
  it('do not depend on where the bytes are split', () => {
    const bytes = Buffer.from('첫 줄\r\nzweite Zeile ü\n\n🦊 fox\r\nno newline at the end €');
    const expected = ['첫 줄', 'zweite Zeile ü', '', '🦊 fox', 'no newline at the end €'];
    for (let size = 1; size <= bytes.length; size++) assert.deepEqual(linesOf(bytes, size), expected);
  });

  it('keep a carriage return that no newline follows', () => {
    assert.deepEqual(linesOf(Buffer.from('10%\r20%\r30%\r\ndone\n'), 3), ['10%\r20%\r30%', 'done']);
  });

  it('show invalid UTF-8 as replacement characters', () => {
    const bytes = Buffer.concat([Buffer.from('a'), Buffer.from([0xff, 0xc3]), Buffer.from('b\nc\n')]);
    for (let size = 1; size <= bytes.length; size++)
      assert.deepEqual(linesOf(bytes, size), ['a\ufffd\ufffdb', 'c']);
  });

  it('show an incomplete character at the end of the stream', () => {
    assert.deepEqual(linesOf(Buffer.from('€').subarray(0, 2), 1), ['\ufffd']);
  });

  it('are split if they are too long, but never inside a character', () => {
    const text = `${'x'.repeat(MAX_LINE_LENGTH - 1)}🦊${'y'.repeat(3 * MAX_LINE_LENGTH)}`;
    const pieces = linesOf(Buffer.from(`${text}\nnext\n`), 10_000);
    assert.equal(pieces.pop(), 'next');
    assert.equal(pieces.join(''), text);
    assert.ok(pieces.every((piece) => piece.length <= MAX_LINE_LENGTH + 1));
    assert.equal(pieces[1]?.codePointAt(0), '🦊'.codePointAt(0));
  });

  it('never buffer more than the maximum length', () => {
    const lines = createLines();
    for (let i = 0; i < 200; i++) {
      lines.push(Buffer.alloc(10_000, 'z'));
      assert.ok(lines.partial.length <= MAX_LINE_LENGTH + 1);
    }
  });

  it('are not split if they have exactly the maximum length', () => {
    const line = 'x'.repeat(MAX_LINE_LENGTH);
    assert.deepEqual(linesOf(Buffer.from(`${line}\r\n`), 1_000), [line]);
  });

  it('include the incomplete last line', () => {
    const lines = createLines();
    assert.deepEqual(lines.push(Buffer.from('one\nPassword: ')), ['one']);
    assert.equal(lines.partial, 'Password: ');
    assert.deepEqual(lines.end(), ['Password: ']);
    assert.equal(lines.partial, '');
  });
});
