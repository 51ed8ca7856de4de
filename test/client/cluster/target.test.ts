import assert from 'node:assert/strict';
import { decodeTarget } from '../../../src/client/cluster/target.ts';

describe('the argument of a command', () => {
  it('is a target by names', () => {
    assert.deepEqual(decodeTarget({ uri: 'u', nodes: ['a'], step: 's', extra: 1 }), {
      uri: 'u',
      nodes: ['a'],
      step: 's',
    });
    assert.deepEqual(decodeTarget({ uri: 'u' }), { uri: 'u' });
  });

  it('is no target when it is anything else', () => {
    for (const value of [undefined, null, 'u', 7, {}, { uri: 7 }, []])
      assert.equal(decodeTarget(value), undefined);
  });

  it('loses parts that are not names', () => {
    assert.deepEqual(decodeTarget({ uri: 'u', nodes: [1], step: {} }), { uri: 'u' });
  });
});
