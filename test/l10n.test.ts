import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles, sourceFolder } from './support/imports.ts';

const literal = /\bmsg\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

/** Every English pattern in the source, with the file that has it. */
function patterns(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of sourceFiles(sourceFolder)) {
    const text = readFileSync(join(sourceFolder, file), 'utf8');
    for (const [, quoted = ''] of text.matchAll(literal)) {
      const body = quoted
        .slice(1, -1)
        .replace(/\\(['"\\])/g, '$1')
        .replaceAll('\\n', '\n');
      found.set(body, file);
    }
  }
  return found;
}

const holes = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).sort();

const hasLetter = (text: string): boolean => /\p{L}/u.test(text.replace(/\{\d+\}/g, ''));

describe('the translations', () => {
  const bundle: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(import.meta.dirname, '../l10n/bundle.l10n.ko.json'), 'utf8'),
  );
  const english = patterns();

  it('are found by their literals', () => {
    const calls = sourceFiles(sourceFolder)
      .filter((file) => file !== 'base/l10n.ts')
      .flatMap((file) => readFileSync(join(sourceFolder, file), 'utf8').match(/\bmsg\(/g) ?? []);
    const literals = sourceFiles(sourceFolder).flatMap(
      (file) => readFileSync(join(sourceFolder, file), 'utf8').match(literal) ?? [],
    );
    assert.equal(literals.length, calls.length, 'every msg( begins with a literal');
    assert.ok(english.size > 100);
  });

  it('are of texts with words: what has none is plain or joined', () => {
    const wordless = [...english].filter(([text]) => !hasLetter(text));
    assert.deepEqual(
      wordless.map(([text, file]) => `${file}: ${text}`),
      [],
    );
    assert.deepEqual(
      Object.keys(bundle).filter((text) => !hasLetter(text)),
      [],
    );
  });

  it('know a text without words from one with some', () => {
    for (const text of ['{0}', '{0} {1}', '{0}: "{1}"', '**{0}**', '== {0}, {1} %', '✗ {0}\n'])
      assert.equal(hasLetter(text), false, text);
    for (const text of ['{0} s', 'x{0}', '{0}은', 'é']) assert.equal(hasLetter(text), true, text);
  });

  it('have Korean for every English text', () => {
    const missing = [...english]
      .filter(([text]) => !(text in bundle))
      .map(([text, file]) => `${file}: ${text}`);
    assert.deepEqual(missing, []);
  });

  it('have no text that the source lost', () => {
    assert.deepEqual(
      Object.keys(bundle).filter((text) => !english.has(text)),
      [],
    );
  });

  it('keep the placeholders', () => {
    const differing = Object.entries(bundle).filter(
      ([text, korean]) => holes(text).join() !== holes(korean).join(),
    );
    assert.deepEqual(differing, []);
  });

  it('are Korean', () => {
    const same = Object.entries(bundle).filter(
      ([text, korean]) => /[A-Za-z]{4}/.test(text.replace(/\{\d\}/g, '')) && !/[가-힣]/.test(korean),
    );
    assert.deepEqual(same, []);
  });
});
