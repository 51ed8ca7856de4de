import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english, translator } from '../../src/base/l10n.ts';
import { clusterTemplate } from '../../src/client/template.ts';
import { decodeCluster } from '../../src/rules/decode.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

function codes(text: string): string[] {
  return decodeCluster(text).problems.map(({ code }) => code);
}

describe('The template of a new cluster file', () => {
  it('has no problem, in English and in Korean', () => {
    assert.deepEqual(codes(clusterTemplate(english)), []);
    const korean = clusterTemplate(translator(read('l10n/bundle.l10n.ko.json')));
    assert.deepEqual(codes(korean), []);
    assert.match(korean, /[가-힣]/);
  });
});
