import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../src/base/l10n.ts';
import { clusterTemplate } from '../../src/client/template.ts';
import { clusterFile } from '../../src/demo/cluster-file.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const root = join(import.meta.dirname, '../..');

/** What of a text is worse than advice. */
function faults(text: string): readonly string[] {
  return decodeCluster(text)
    .problems.filter(({ severity }) => severity !== 'information')
    .map(({ code }) => code);
}

describe('the cluster files of the project', () => {
  for (const name of readdirSync(join(root, 'examples'))) {
    it(`${name} has neither errors nor warnings`, () => {
      assert.deepEqual(faults(readFileSync(join(root, 'examples', name), 'utf8')), []);
    });
  }

  // Files as people have them: what is said of them has to be right.
  for (const name of readdirSync(join(root, 'test/cases/sound'))) {
    it(`${name} of the sound ones has neither errors nor warnings`, () => {
      assert.deepEqual(faults(readFileSync(join(root, 'test/cases/sound', name), 'utf8')), []);
    });
  }

  it('the file that the editor begins with has neither errors nor warnings', () => {
    assert.deepEqual(faults(clusterTemplate(english)), []);
  });

  for (const system of ['el7', 'el9'] as const) {
    it(`the demo's file for ${system} has neither errors nor warnings`, () => {
      const ports = new Map([
        ['openstack1', 2201],
        ['openstack2', 2202],
      ] as const);
      assert.deepEqual(faults(clusterFile({ system, identity: '/tmp/key', ports })), []);
    });
  }
});
