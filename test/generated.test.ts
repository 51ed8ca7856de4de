import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { generated } from '../scripts/generated.ts';

describe('the generated files', () => {
  for (const [path, text] of Object.entries(generated())) {
    it(`${path} is what the schema says; else run npm run generate`, () => {
      assert.equal(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), text);
    });
  }
});
