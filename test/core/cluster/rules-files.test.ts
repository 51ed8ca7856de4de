import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCluster } from '../../../src/core/cluster/decode.ts';
import { clusterFile } from '../../../src/demo/cluster-file.ts';

const root = join(import.meta.dirname, '../../..');

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

describe('a file cut at any line', () => {
  it('is judged without a throw, with spans inside of it and edits that do not cross', () => {
    const folder = join(root, 'test/cases/rules');
    let texts = 0;
    for (const name of readdirSync(folder)) {
      for (const text of readFileSync(join(folder, name), 'utf8').split(/^--- # .*\n/m)) {
        const lines = text.split('\n');
        for (let end = 1; end <= lines.length; end += 2) {
          const cut = lines.slice(0, end).join('\n');
          texts += 1;
          for (const { span, fix, code } of decodeCluster(cut).problems) {
            assert.ok(span.start >= 0 && span.end >= span.start, code);
            for (const edit of fix?.edits ?? []) assert.ok(edit.span.end <= cut.length, code);
          }
        }
      }
    }
    assert.ok(texts > 500, String(texts));
  });
});
