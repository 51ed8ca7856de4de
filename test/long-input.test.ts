import assert from 'node:assert/strict';
import { join } from 'node:path';
import { start } from './cli/built.ts';

interface Cost {
  readonly title: string;
  /** Microseconds of processor time. */
  readonly few: number;
  readonly many: number;
}

/** Below this a difference is that of the clock: 20 ms. */
const noise = 20_000;

describe('foreign input of any length', () => {
  it('costs a time that grows with its length, in the parsers of logs, masks, answer files and cluster files', async function () {
    this.timeout(240_000);
    const file = join(import.meta.dirname, 'support/long-input.ts');
    const { child, ended } = start([process.execPath, '--import', 'tsx', file]);
    // What grows faster may never end.
    const deadline = setTimeout(() => child.kill('SIGKILL'), 200_000);
    const { code, out, err } = await ended.finally(() => clearTimeout(deadline));
    assert.equal(code, 0, `ended with ${code} after: ${out}${err}`);
    const costs = out
      .trim()
      .split('\n')
      .map((line): Cost => JSON.parse(line));
    assert.equal(costs.length, 12);
    // Eight times the input costs 8 where it is in proportion, and 64 where it is a square.
    assert.deepEqual(
      costs.filter(({ few, many }) => many > 24 * Math.max(few, noise)),
      [],
    );
  });
});
