import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles, sourceFolder } from './support/imports.ts';
import { comments, declaredNames, exportedNames, lines, type Text, titles } from './support/source-words.ts';

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

/** Habits of comments and titles that are acceptable, or have another meaning, in the texts of the product. */
const forbiddenInCode: readonly (readonly [RegExp, string])[] = [
  ...forbidden,
  [/\b(?:told|tells?|telling)\b/i, 'report, show, print'],
  [/\b(?:any|every|no|some)body\b|\bwho(?:m|ever|soever)\b/i, 'the user, the client, the program'],
  [/\b(?:go|goes|gone|going|went) on\b/i, 'continue'],
  [/\blook(?:s|ed|ing)? at\b/i, 'check, read'],
  [/\bof (?:its|their|one['’]s|your|his|[a-z]+['’]s) own\b/i, 'separate, own'],
  [/(?<!\b(?:leaves?|left|nothing) )\bbehind\b/i, 'after'],
  [/\bso many\b/i, 'the given number of, that many'],
  [/\bstands? (?:in|at|on|for|there|where|next|between|above|before)\b/i, 'is'],
  [/(?<!state |virtual )\b[Mm]achines?\b(?!-)/, 'node; this computer'],
  [/\bthrough with\b/i, 'finished'],
  [/\b(?:a|the) person\b/i, 'the user'],
  [/\b(?:is|are|was|were) said\b/i, 'show, report'],
  [/\bas (?:it|they) stands?\b/i, 'as is, unchanged'],
  [/\bwhat (?:\w+ ){1,5}(?:is|are) of\b/i, 'the … of'],
  [/\bby itself\b/i, 'separately, alone, automatically'],
  [/\bfaultless\b/i, 'valid'],
  [/\bmisspelt\b|\b(?:colour|behaviour|licence)s?\b/i, 'the American spelling'],
];

/** Parts of names that say nothing to an engineer who searches for them. */
const forbiddenNames = new Set(
  [
    ...['books', 'brought', 'emptiness', 'entrance', 'extent', 'flaw', 'gate', 'heed', 'hindrance'],
    ...['judge', 'judgement', 'look', 'mailbox', 'means', 'mend', 'pacer', 'patience', 'seam', 'told'],
    ...['trouble', 'watchwords', 'way', 'wish'],
  ].flatMap((name) => [name, `${name}s`]),
);

/** Names of members and locals that say nothing either; `own`, `way` and their kind have a clear meaning next to their type. */
const forbiddenLocals = /^(?:told|tells?|telling|beside|narrate|sieve|hurry|longest|most|least|mends?|lest)$/;

/** The folders below `test` that hold code; '' is `test` itself. */
const testFolders: readonly string[] = [
  '',
  ...readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'cases')
    .map(({ name }) => name)
    .sort(),
];

/** Modules of `src` whose comments and exported names are checked. */
const checkedModules: readonly string[] = readdirSync(sourceFolder);

const literal = /\bmsg\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

function messages(): readonly Text[] {
  return sourceFiles(sourceFolder).flatMap((file) =>
    [...readFileSync(join(sourceFolder, file), 'utf8').matchAll(literal)].map(([, quoted = '']) => ({
      where: `src/${file}`,
      text: quoted.slice(1, -1),
    })),
  );
}

/** The paths of the files of code in a folder of the project, without generated ones; of the folder itself when not `deep`. */
function codeFiles(folder: string, deep = true): readonly string[] {
  return readdirSync(join(root, folder), { recursive: deep, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|mts|mjs|sh)$/.test(file) && !/\.sh\.ts$|^cases[\\/]/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

function habits(texts: readonly Text[], list: typeof forbidden): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    list.flatMap(([word, better]) => {
      const match = word.exec(text);
      return match ? [`${where}: "${match[0]}" (${better}) in: ${text}`] : [];
    }),
  );
}

function badNames(texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({ where, text }) => {
    const parts = text.split(/(?<=[a-z0-9])(?=[A-Z])|_/).map((part) => part.toLowerCase());
    const found = parts.find((part) => forbiddenNames.has(part));
    return found === undefined ? [] : [`${where}: "${found}" in ${text}`];
  });
}

/** Titles that neither start a sentence, as those of `describe`, nor continue one with what their subject does. */
function unclearTitles(texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    /^(?:the|an?|what|how|who|there|where) /.test(text) ? [`${where}: ${text}`] : [],
  );
}

describe('The words of the project', () => {
  const check = (texts: readonly Text[], list = forbidden): void => {
    assert.ok(texts.length > 0);
    assert.deepEqual(habits(texts, list), []);
  };
  const commentsOf = (file: string): readonly Text[] => comments(lines(file), file.endsWith('.sh'));

  it('follow the glossary in every message', () => check(messages()));

  it('follow the glossary in the manifest', () => check(lines('package.nls.json')));

  it('follow the glossary in the README, the changelog and the guide for contributors', () =>
    check(['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].flatMap(lines)));

  it('follow the glossary in the documentation', () =>
    check(
      readdirSync(join(root, 'docs'))
        .filter((file) => file.endsWith('.md'))
        .flatMap((file) => lines(`docs/${file}`)),
    ));

  it('follow the glossary in the comments of the scripts', () =>
    check(codeFiles('scripts').flatMap(commentsOf), forbiddenInCode));

  for (const folder of testFolders)
    it(`follow the glossary in the titles and comments of the tests: ${folder || 'test'}`, () => {
      const files = codeFiles(folder === '' ? 'test' : `test/${folder}`, folder !== '');
      const found = files.flatMap((file) => titles(lines(file)));
      check([...files.flatMap(commentsOf), ...found], forbiddenInCode);
      assert.deepEqual(unclearTitles(found), []);
    });

  for (const module of checkedModules)
    it(`follow the glossary in the comments and exported names of src/${module}`, () => {
      const files = codeFiles(`src/${module}`);
      const code = files.filter((file) => !file.endsWith('.sh'));
      check(files.flatMap(commentsOf), forbiddenInCode);
      assert.deepEqual(badNames(code.flatMap((file) => exportedNames(lines(file)))), []);
      const declared = code.flatMap((file) => declaredNames(lines(file)));
      assert.deepEqual(
        declared.filter(({ text }) => forbiddenLocals.test(text)),
        [],
      );
    });
});

describe('The check of the words', () => {
  it('finds forbidden words in comments, titles and exported names', () => {
    const at = (texts: readonly string[]): readonly Text[] => texts.map((text) => ({ where: '', text }));
    const quoted = (text: string, quote: string): string => `${quote}${text}${quote}`;
    const code = at([
      ['/**', 'Mend it. */'].join(' '),
      ['const a = 1;', '//', 'the other machine'].join(' '),
      `  it(${quoted('is told', "'")}, () => {`,
      `describe(${quoted('what is behind', '`')}, () => {`,
      `  it.skip(${quoted('the answer', '"')}, () => {`,
    ]);
    const isHabit = (texts: readonly Text[]): readonly boolean[] =>
      texts.map((text) => habits([text], forbiddenInCode).length > 0);
    assert.deepEqual(isHabit(comments(code, false)), [true, true]);
    assert.deepEqual(isHabit(titles(code)), [true, true, false]);
    assert.equal(unclearTitles(titles(code)).length, 2);
    assert.deepEqual(isHabit(comments(at(['# told', '#!/bin/sh', 'echo']), true)), [true]);
    const names = exportedNames(at(['export interface RunTrouble {', 'export function lookup(']));
    assert.deepEqual(badNames(names), [': "trouble" in RunTrouble']);
    const declared = declaredNames(
      at(['  const told = 1;', '  readonly least: number;', '// const most', '  ({ beside: 1 })']),
    );
    assert.deepEqual(
      declared.map(({ text }) => forbiddenLocals.test(text)),
      [true, true, true],
    );
  });
});
