import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterTemplate } from '../../src/client/template.ts';
import { decodeCluster } from '../../src/core/cluster/decode.ts';
import { english, translator } from '../../src/core/l10n.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

function codes(text: string): string[] {
  return decodeCluster(text).problems.map(({ code }) => code);
}

/** The text of a snippet when every placeholder is left as it is. */
function expand(body: readonly string[]): string {
  return body
    .join('\n')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '');
}

describe('a new cluster file', () => {
  it('has no fault, in English and in Korean', () => {
    assert.deepEqual(codes(clusterTemplate(english)), []);
    const korean = clusterTemplate(translator(read('l10n/bundle.l10n.ko.json')));
    assert.deepEqual(codes(korean), []);
    assert.match(korean, /[가-힣]/);
  });
});

describe('the snippets', () => {
  const snippets: Record<string, { body: string[] }> = read('snippets/openstack-cluster.json');
  const text = (name: string): string => expand(snippets[name]?.body ?? []);

  it('make a whole file without a fault', () => {
    assert.deepEqual(codes(text('Cluster file')), []);
  });

  it('make a step and a range that fit into it', () => {
    const range = text('Node range');
    const step = text('Own step').replace(/^/gm, '  ');
    assert.deepEqual(codes(`cluster: lab\nnodes:\n  ${range}\nsteps:\n${step}\n`), []);
  });
});
