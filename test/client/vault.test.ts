import assert from 'node:assert/strict';
import { createVault } from '../../src/client/secrets/vault.ts';

/** The storage of an editor that may hold data from an earlier version. */
function storage(left?: unknown) {
  const values = new Map<string, unknown>(left === undefined ? [] : [['stackprep.secretKeys', left]]);
  const secrets = new Map<string, string>();
  const context = {
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => void secrets.set(key, value),
      delete: async (key: string) => void secrets.delete(key),
    },
    globalState: {
      get: (key: string) => values.get(key),
      update: async (key: string, value: unknown) => void values.set(key, value),
    },
  };
  return { values, vault: createVault(context as unknown as Parameters<typeof createVault>[0]) };
}

describe('The list of stored secrets in the editor', () => {
  it('records its format version', async () => {
    const { values, vault } = storage();
    await vault.keep('rabbit', 'hunter2');
    await vault.keep('rabbit', 'hunter3');
    assert.deepEqual(values.get('stackprep.secretKeys'), { format: 2, keys: ['rabbit'] });
    assert.equal(await vault.get('rabbit'), 'hunter3');
  });

  it('is read and extended when 0.1.0 wrote it, which stored the keys alone', async () => {
    const { values, vault } = storage(['sudo', 'rabbit']);
    assert.deepEqual(vault.keys(), ['sudo', 'rabbit']);
    await vault.forget('sudo');
    assert.deepEqual(values.get('stackprep.secretKeys'), { format: 2, keys: ['rabbit'] });
  });

  it('is read as far as it has keys when a later version wrote it; anything else is an empty list', () => {
    assert.deepEqual(storage({ format: 3, keys: ['sudo'], owners: {} }).vault.keys(), ['sudo']);
    for (const odd of [null, 'sudo', [1], { keys: 'sudo' }, { format: 3 }])
      assert.deepEqual(storage(odd).vault.keys(), [], JSON.stringify(odd));
  });
});
