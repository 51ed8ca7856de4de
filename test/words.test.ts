import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles, sourceFolder } from './support/imports.ts';

const root = join(import.meta.dirname, '..');

/** Words that the glossary replaces, each with what to write; see docs/glossary.md. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\bfaults?\b/i, 'problem, failure'],
  [/\btroubles?\b/i, 'problem, failure'],
  [/\banew\b/i, 'again'],
  [/\blest\b/i, 'to avoid'],
  [/\bbeside\b/i, 'next to'],
  [/\bmostly\b/i, 'usually'],
  [/\bvouch\w*\b/i, 'trust'],
  [/\b(?:brings?|bringing|brought) about\b/i, 'apply'],
  [/\b(?:go|goes|going|gone) on with\b/i, 'resume'],
  [/\bgoes on there\b/i, 'continues on the node'],
  [/\bleft runs?\b/i, 'unfinished run'],
  [/\b(?:is|are) looked at\b/i, 'is checked'],
  [/\b(?:takes?|taken|puts?|gives?|given) (?:\w+ )?back by itself\b/i, 'roll back'],
  [/\bsteps? of your own\b|\bown steps?\b/i, 'custom step'],
  [/\bas whom\b/i, 'the login user'],
  [/\bstands? here\b/i, 'is defined'],
  [/\b(?:is|are) to (?:be|have|keep|change|look|bring|refuse)\b/i, 'must'],
  [/\bcalled off\b/i, 'cancelled'],
  [/\b(?:is|are|was) told\b/i, 'report, show, print'],
];

/** A text of the product, with where it is. */
interface Text {
  readonly where: string;
  readonly text: string;
}

const literal = /\bmsg\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

function messages(): readonly Text[] {
  return sourceFiles(sourceFolder).flatMap((file) =>
    [...readFileSync(join(sourceFolder, file), 'utf8').matchAll(literal)].map(([, quoted = '']) => ({
      where: `src/${file}`,
      text: quoted.slice(1, -1),
    })),
  );
}

function lines(path: string): readonly Text[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .map((text, index) => ({ where: `${path}:${index + 1}`, text }));
}

describe('the words of the product', () => {
  const check = (texts: readonly Text[]): void => {
    assert.ok(texts.length > 10);
    const found = texts.flatMap(({ where, text }) =>
      forbidden.flatMap(([word, better]) => {
        const match = word.exec(text);
        return match ? [`${where}: "${match[0]}" (${better}) in: ${text}`] : [];
      }),
    );
    assert.deepEqual(found, []);
  };

  it('use the terms of the glossary in every message', () => check(messages()));

  it('use the terms of the glossary in the manifest', () => check(lines('package.nls.json')));

  it('use the terms of the glossary in the README, the changelog and the guide for contributors', () =>
    check(['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].flatMap(lines)));

  it('use the terms of the glossary in the documentation', () =>
    check(
      readdirSync(join(root, 'docs'))
        .filter((file) => file.endsWith('.md'))
        .flatMap((file) => lines(`docs/${file}`)),
    ));
});
