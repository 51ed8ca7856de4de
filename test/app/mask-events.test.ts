import assert from 'node:assert/strict';
import { maskEvents, rememberValues } from '../../src/app/mask-events.ts';

describe('Secrets in events', () => {
  it('are masked from the moment they are handed out', async () => {
    const given = { get: async (name: string) => (name === 'none' ? undefined : `value-of-${name}`) };
    const { secrets, values } = rememberValues(given);
    async function* events() {
      yield { type: 'log', line: 'value-of-one' };
      assert.equal(await secrets.get('one'), 'value-of-one');
      assert.equal(await secrets.get('none'), undefined);
      yield { type: 'log', line: 'value-of-one and value-of-two' };
      await secrets.get('two');
      yield { type: 'log', line: 'value-of-one and value-of-two' };
    }
    const lines: string[] = [];
    for await (const { line } of maskEvents(events(), values)) lines.push(line);
    assert.deepEqual(lines, ['value-of-one', '******** and value-of-two', '******** and ********']);
  });
});
