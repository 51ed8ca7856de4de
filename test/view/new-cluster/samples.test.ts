import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCluster } from '../../../src/rules/decode.ts';
import { samples } from '../../../src/view/new-cluster/samples.ts';

const folder = join(import.meta.dirname, '../../../samples');

describe('The samples', () => {
  it('are the files of the gallery, and no others', () => {
    const files = readdirSync(folder).map((name) => name.replace(/\.cluster\.yaml$/, ''));
    assert.deepEqual(samples.map(({ file }) => file).sort(), files.sort());
  });

  for (const { file } of samples)
    it(`have neither errors nor warnings: ${file}`, () => {
      const { cluster, problems } = decodeCluster(readFileSync(join(folder, `${file}.cluster.yaml`), 'utf8'));
      assert.deepEqual(
        problems.filter(({ severity }) => severity !== 'information').map(({ code }) => code),
        [],
      );
      assert.ok((cluster?.steps.length ?? 0) >= 5);
    });
});
