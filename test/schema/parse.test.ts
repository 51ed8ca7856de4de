import assert from 'node:assert/strict';
import { isCollection, isMap, isScalar, type Node, parseDocument, visit } from 'yaml';
import { allBlocks } from '../../src/language/document/blocks.ts';
import { readCluster } from '../../src/rules/decode.ts';
import { createParseMemory } from '../../src/schema/memory.ts';
import { parseText } from '../../src/schema/parse.ts';
import { pathKey } from '../../src/schema/reading.ts';
import { mutated, random } from '../support/random.ts';
import { isLong, rounds } from '../support/rounds.ts';
import { clusterTexts, examples, largeCluster } from '../support/texts.ts';

const divided = ['nodes'];

/** Every node with its position and value, in the order of the text. */
function nodesOf(contents: Node | null): readonly string[] {
  const found: string[] = [];
  visit(contents, {
    Node: (_, node) => {
      const what = isScalar(node) ? JSON.stringify(node.value) : isMap(node) ? 'map' : 'other';
      // The parser may or may not include trailing comments in a collection.
      const end = isCollection(node) ? '' : node.range?.[1];
      found.push(`${what} ${node.range?.[0]}-${end}`);
    },
  });
  return found;
}

/** The contents of a whole document; for one of only markers and comments the parser returns an empty text. */
function contentsOf({ contents }: ReturnType<typeof parseDocument>): Node | null {
  const isEmpty =
    isScalar(contents) &&
    contents.source === '' &&
    contents.value === null &&
    !contents.tag &&
    !contents.anchor;
  return isEmpty ? null : contents;
}

/** Compares with the parser on the whole text; if one of them reports an error, both must. */
function compare(text: string, memory = createParseMemory()): void {
  const whole = parseDocument(text, { uniqueKeys: false, merge: false, logLevel: 'error' });
  const { contents, syntaxProblems } = parseText(text, divided, memory);
  assert.equal(
    syntaxProblems.length > 0,
    whole.errors.length > 0,
    JSON.stringify({ text, syntaxProblems, errors: whole.errors.map((e) => e.message) }),
  );
  if (whole.errors.length === 0) assert.deepEqual(nodesOf(contents), nodesOf(contentsOf(whole)), text);
}

/** Text before the first key: document markers, comments and directives in all combinations. */
const heads = [
  '---\n',
  '--- \n',
  '---\t\n',
  '---\r\n',
  '--- # a comment\n',
  '---\n# a comment\n',
  '# a comment\n---\n',
  '  # a comment\n---\n',
  '# yaml-language-server: $schema=./cluster.schema.json\n---\n',
  '\n\n---\n\n',
  '\ufeff',
  '\ufeff---\n',
  '\ufeff# a comment\n---\n',
  '%YAML 1.2\n---\n',
  '# a comment\n%YAML 1.1\n---\n',
  '---\n---\n',
  '---\n...\n---\n',
  '---#no comment\n',
  '--- !!map\n',
  '--- &all\n',
  '--- |\n',
  '--- text\n',
  '...\n',
] as const;

describe('A text that is parsed in parts', () => {
  it('gives the same result as when parsed as a whole', () => {
    for (const text of [...clusterTexts, largeCluster(50)]) compare(text);
  });

  it('gives the same result with any text before its first key', () => {
    heads.forEach((head, index) => {
      // Every head is combined with some of the texts, or with all of them in a long run.
      const texts = isLong ? clusterTexts : clusterTexts.filter((_, at) => at % heads.length === index);
      for (const text of ['', ...examples, ...texts]) compare(head + text);
    });
  });

  it('gives the same result after each typed or deleted character', () => {
    for (const text of [
      ...heads,
      '---\ncluster: a\nnodes:\n  n1: { address: 10.0.0.1 }\n  n2:\n    address: 10.0.0.2\n',
    ]) {
      const memory = createParseMemory();
      for (let end = 0; end <= text.length; end += 1) compare(text.slice(0, end), memory);
      for (let start = 0; start <= text.length; start += 1) compare(text.slice(start), memory);
    }
  });

  it('gives the same result after random edits', () => {
    const source = random(1);
    for (let round = 0; round < rounds(250); round += 1) {
      let text = source.pick(['', ...heads]) + source.pick(['', ...clusterTexts]);
      for (let edits = source.below(4); edits >= 0; edits -= 1) text = mutated(text, source);
      compare(text);
    }
  });

  it('gives the same result with or without the cache of its last version', () => {
    const source = random(2);
    const starts = Array.from({ length: 40 }, () => source.pick(['', ...clusterTexts]));
    for (const start of [...starts, largeCluster(30)]) {
      const memory = createParseMemory();
      let text = start;
      for (let edit = 0; edit < 5; edit += 1) {
        const [fresh, remembered] = [readCluster(text), readCluster(text, { memory })];
        assert.deepEqual(remembered.decoded, fresh.decoded, text);
        for (const { path } of allBlocks(text, fresh.reading?.doc.contents)) {
          const [one, other] = [remembered, fresh].map((each) => each.reading?.places.get(pathKey(...path)));
          assert.deepEqual(one, other, text);
        }
        text = source.below(4) === 0 ? start : mutated(text, source);
      }
    }
  });
});
