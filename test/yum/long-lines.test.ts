import assert from 'node:assert/strict';
import { createUnwrapper } from '../../src/yum/carrier/unwrap.ts';

/** The lines that a line of 1,000,000 characters holds. */
function linesIn(start: string, unit: string): number {
  const unwrapper = createUnwrapper();
  const line = start + unit.repeat(Math.ceil(1_000_000 / unit.length));
  return [...unwrapper.push(`${'x\n'.repeat(401)}${line}\n`), ...unwrapper.end()].length - 401;
}

describe('A line of a log that holds other lines', () => {
  it('holds a limited number of them, however they are written', () => {
    for (const [start, unit] of [
      ['', '"msg": "x\\ny", '],
      ['fatal: [a]: FAILED! => {"msg": "', '\\n'],
      ['    "results": [', '"a",'],
      ['msg: "', 'a\\n'],
      ['', 'a\\nb\\n'],
    ] as const) {
      const count = linesIn(start, unit);
      assert.ok(count >= 1 && count <= 6000, `${start}${unit}: ${count}`);
    }
  });

  it('gives its first and its last lines', () => {
    const unwrapper = createUnwrapper();
    const stdout = Array.from({ length: 9000 }, (_, index) => `line ${index}`).join('\\n');
    const lines = [...unwrapper.push(`fatal: [a]: FAILED! => {"msg": "${stdout}"}\n`), ...unwrapper.end()];
    assert.equal(lines[0]?.text, 'line 0');
    assert.equal(lines.at(-1)?.text, 'line 8999');
  });
});
