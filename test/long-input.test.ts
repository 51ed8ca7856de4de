import assert from 'node:assert/strict';
import { join } from 'node:path';
import { start } from './cli/built.ts';

interface Cost {
  readonly title: string;
  /** Processor time in microseconds. */
  readonly few: number;
  readonly many: number;
}

/** Below 20 ms, a difference is that of the clock. */
const noise = 20_000;

describe('Foreign input of any length', () => {
  it('takes time in proportion to its length, in the parsers of logs, masks, answer files and cluster files', async function () {
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
    // Eight times the input costs 8 times as much when linear and 64 times when quadratic.
    assert.deepEqual(
      costs.filter(({ few, many }) => many > 24 * Math.max(few, noise)),
      [],
    );
  });
});
