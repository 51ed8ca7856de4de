import assert from 'node:assert/strict';
import { utils } from 'ssh2';
import { createKeyPair, publicBlob } from '../../src/demo/ssh2.ts';

describe('A key pair that is generated for the demo', () => {
  it('is never one of those that the ssh2 library truncates', () => {
    for (let made = 0; made < 400; made += 1) {
      const pair = createKeyPair();
      const parsed = utils.parseKey(pair.private);
      assert.ok(!(parsed instanceof Error), String(parsed));
      assert.deepEqual(parsed.getPublicSSH(), publicBlob(pair));
    }
  });
});
