import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles, sourceFolder } from './support/imports.ts';
import { type Node, SyntaxKind, visitSources } from './support/typed-sources.ts';

const literal = /\bmsg\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

/** Every English pattern in the source, with its file. */
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

const texts: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateExpression,
]);

/** A literal of the source without its placeholders, line feeds, Markdown links and the start of a code block. */
function wordsOf(literal: string): string {
  return literal
    .replace(/\$\{[^}]*\}/g, '')
    .replaceAll('\\n', '')
    .replace(/\[[^\]]*\]\(https:[^)]*\)/g, '')
    .replace(/(?:\\`){3}\w*/g, '');
}

/** The literals in the arguments of a call, without those of nested calls. */
function literalsOf(call: Node): readonly Node[] {
  const found: Node[] = [];
  const walk = (node: Node): void => {
    if (texts.has(node.kind)) found.push(node);
    else if (node.kind !== SyntaxKind.CallExpression) node.forEachChild(walk);
  };
  call.forEachChild(walk);
  return found;
}

/** The calls of `plain` and `joined` in the source with their literals. */
function untranslated(): readonly { readonly place: string; readonly literals: readonly string[] }[] {
  const calls: { place: string; literals: readonly string[] }[] = [];
  visitSources(new Set([SyntaxKind.CallExpression]), ({ node, checker, place, text }) => {
    const [, name] = /^(plain|joined)\(/.exec(text(node)) ?? [];
    if (name === undefined) return;
    const type = checker.getTypeAtLocation(node);
    const isMessage = type && /^(Plain|Joined)$/.test(checker.typeToString(type));
    if (isMessage) calls.push({ place, literals: literalsOf(node).map(text) });
  });
  return calls;
}

describe('The translations', () => {
  const bundle: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(import.meta.dirname, '../l10n/bundle.l10n.ko.json'), 'utf8'),
  );
  const english = patterns();

  it('are checked against all message literals of the source', () => {
    const calls = sourceFiles(sourceFolder)
      .filter((file) => file !== 'base/l10n.ts')
      .flatMap((file) => readFileSync(join(sourceFolder, file), 'utf8').match(/\bmsg\(/g) ?? []);
    const literals = sourceFiles(sourceFolder).flatMap(
      (file) => readFileSync(join(sourceFolder, file), 'utf8').match(literal) ?? [],
    );
    assert.equal(literals.length, calls.length, 'every msg( begins with a literal');
    assert.ok(english.size > 100);
  });

  it('have no entry for a text without words, which is plain or joined', () => {
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

  it('are not bypassed by plain or joined texts with words', () => {
    const calls = untranslated();
    assert.ok(calls.length > 50, 'the calls are found');
    assert.ok(calls.some(({ literals }) => literals.includes("', '")));
    const wordy = calls.flatMap(({ place, literals }) =>
      literals.filter((text) => hasLetter(wordsOf(text))).map((text) => `${place}: ${text}`),
    );
    assert.deepEqual(wordy, []);
  });

  it('are required only for texts with words', () => {
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

  it('have no text that is no longer in the source', () => {
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

  it('have both forms of a particle only after a value, where one of them is chosen', () => {
    const both = /[은이을과와](?:\([는가를와과]\))|\((?:으|이)\)/;
    const chosen = /(?<=\{\d+\}[`"'”’)\]]?)(?:은\(는\)|이\(가\)|을\(를\)|[과와]\([과와]\)|\(으\)로|\(이\))/g;
    const kept = Object.values(bundle).filter((korean) => both.test(korean.replaceAll(chosen, '')));
    assert.deepEqual(kept, []);
  });

  it('have no particle in one form after a value that may end in any sound', () => {
    const fixed = Object.values(bundle).filter((korean) =>
      /\{\d+\}[`"'”’\]]?(?:[은는이가을를과와로]|이?라는|이?라고|이?어야|여야|이?나)(?=[\s.,)]|$)/.test(
        korean,
      ),
    );
    assert.deepEqual(fixed, []);
  });

  it('keep to the Korean terms and counters', () => {
    const titles: Readonly<Record<string, string>> = JSON.parse(
      readFileSync(join(import.meta.dirname, '../package.nls.ko.json'), 'utf8'),
    );
    const foreign = [
      ...[
        '경유 호스트',
        '비밀(?! 저장소)',
        '암호문',
        '안내서',
        '로케일',
        '구성원',
        '걸림돌',
        '의존성',
        '운영체제',
      ],
      ...[
        '당신',
        '낱말',
        '말없이',
        '그것',
        '십시오',
        '에 의해',
        '되어지',
        '실패와 함께',
        '확인 안 함',
        '설명대로',
      ],
      ...['노드 \\{\\d\\}개', '\\{\\d\\} (?:%|[GM]B)', '(?:실패|취소|오류|문제) \\{\\d\\}(?!개|건)'],
    ].map((pattern) => new RegExp(pattern));
    const found = [...Object.values(bundle), ...Object.values(titles)].filter((korean) =>
      foreign.some((pattern) => pattern.test(korean)),
    );
    assert.deepEqual(found, []);
  });
});
