import assert from 'node:assert/strict';
import { createSecretSearch } from '../../src/client/secrets/search.ts';

const search = (command: unknown, file: unknown) =>
  createSecretSearch(() => ({ command, file }))({ cluster: 'lab', name: 'rabbit' });

describe('The search for a secret with the settings of the editor', () => {
  const none = '/nonexistent/secrets.json';

  it('runs the command of the settings, and finds nothing without one', async () => {
    assert.equal(await search([process.execPath, '-p', '"of {cluster}/{name}"'], none), 'of lab/rabbit');
    assert.equal(await search([], none), undefined);
  });

  it('takes an empty setting as none, and fails for a wrong one instead of ignoring it', async () => {
    for (const [command, file] of [
      ['pass show {name}', ''],
      [['pass'], ''],
      [[1], ''],
      [{}, ''],
      [[], 'relative.json'],
      [[], 5],
    ])
      assert.equal(JSON.parse(JSON.stringify(await search(command, file))).code, 'secret-source');
  });
});
