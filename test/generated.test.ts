import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { generated } from '../scripts/generated.ts';

describe('The generated files', () => {
  for (const [path, text] of Object.entries(generated())) {
    it(`are up to date with the schema (else run npm run generate): ${path}`, () => {
      assert.equal(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), text);
    });
  }
});
