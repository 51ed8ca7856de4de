import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCluster } from '../../src/rules/decode.ts';

const folder = join(import.meta.dirname, '../cases/real');
const files = readdirSync(folder).filter((name) => name.endsWith('.cluster.yaml'));

describe('Set-ups like those of public guides', () => {
  for (const name of files) {
    it(`have neither errors nor warnings: ${name}`, () => {
      const text = readFileSync(join(folder, name), 'utf8');
      const { cluster, problems } = decodeCluster(text);
      const found = problems.filter(({ severity }) => severity !== 'information');
      assert.deepEqual(
        found.map(({ code, message, span }) => [code, message, text.slice(span.start, span.end)]),
        [],
      );
      assert.ok(cluster && cluster.nodes.length > 1);
      assert.match(text, /^# Source: (?:none; |[\w-]+\/[\w-]+, [\w/.*-]+)/m);
    });
  }

  it('are of many kinds', () => assert.ok(files.length >= 20, String(files.length)));
});
