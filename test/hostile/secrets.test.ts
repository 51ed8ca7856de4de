import assert from 'node:assert/strict';
import { maskSecrets } from '../../src/run/mask.ts';
import { encodings, reads } from '../support/encodings.ts';
import { random } from '../support/random.ts';
import { randomSecret } from '../support/random-secret.ts';

describe('A secret that a program prints', () => {
  const source = random(14);
  const secrets = Array.from({ length: 200 }, () => randomSecret(source));

  for (const [name, encode] of Object.entries(encodings))
    it(`is masked ${name}, in a text and in lines of a log`, () => {
      for (const secret of secrets) {
        const mask = maskSecrets([secret]);
        const text = `before ${encode(secret)} after`;
        assert.equal(reads(mask.text(text), secret), undefined, JSON.stringify({ secret, text }));
        const lines = text.split('\n').map(mask.line).join('\n');
        assert.equal(reads(lines, secret), undefined, JSON.stringify({ secret, text, lines }));
        assert.ok(lines.startsWith('before ') && lines.endsWith(' after'), lines);
      }
    });
});
