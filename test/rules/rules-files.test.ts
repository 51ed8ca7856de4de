import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import korean from '../../l10n/bundle.l10n.ko.json';
import { translator } from '../../src/base/l10n.ts';
import { clusterFile } from '../../src/demo/cluster-file.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const root = join(import.meta.dirname, '../..');

/** The errors and warnings of a text, without advice. */
function problemsIn(text: string): readonly string[] {
  return decodeCluster(text)
    .problems.filter(({ severity }) => severity !== 'information')
    .map(({ code }) => code);
}

describe('The cluster files of the project', () => {
  for (const name of readdirSync(join(root, 'examples'))) {
    it(`have neither errors nor warnings: ${name}`, () => {
      assert.deepEqual(problemsIn(readFileSync(join(root, 'examples', name), 'utf8')), []);
    });
  }

  // Files from practice: what is reported for them must be right.
  for (const name of readdirSync(join(root, 'test/cases/valid'))) {
    it(`include valid cases without errors and warnings: ${name}`, () => {
      assert.deepEqual(problemsIn(readFileSync(join(root, 'test/cases/valid', name), 'utf8')), []);
    });
  }

  for (const system of ['el7', 'el9'] as const) {
    it(`include a demo for ${system} without errors and warnings`, () => {
      const ports = new Map([
        ['openstack1', 2201],
        ['openstack2', 2202],
      ] as const);
      assert.deepEqual(problemsIn(clusterFile({ system, identity: '/tmp/key', ports })), []);
      const translate = translator(korean);
      const text = clusterFile({ system, identity: '/tmp/key', ports, translate });
      assert.deepEqual(problemsIn(text), []);
      const comments = text.split('\n').filter((line) => line.includes('#'));
      assert.equal(comments.length, 8);
      for (const line of comments) assert.match(line, /# .*[가-힣]/);
    });
  }
});
