import assert from 'node:assert/strict';
import { decodeTarget } from '../../../src/client/cluster/target.ts';

describe('The argument of a command', () => {
  it('is a target when it names a cluster file, nodes or steps', () => {
    assert.deepEqual(decodeTarget({ uri: 'u', nodes: ['a'], step: 's', extra: 1 }), {
      uri: 'u',
      nodes: ['a'],
      step: 's',
    });
    assert.deepEqual(decodeTarget({ uri: 'u' }), { uri: 'u' });
  });

  it('is not a target when it is anything else', () => {
    for (const value of [undefined, null, 'u', 7, {}, { uri: 7 }, []])
      assert.equal(decodeTarget(value), undefined);
  });

  it('loses the parts that are not names', () => {
    assert.deepEqual(decodeTarget({ uri: 'u', nodes: [1], step: {} }), { uri: 'u' });
  });
});
