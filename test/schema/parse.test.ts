import assert from 'node:assert/strict';
import { isCollection, isMap, isScalar, type Node, parseDocument, visit } from 'yaml';
import { allBlocks } from '../../src/language/blocks.ts';
import { readCluster } from '../../src/rules/decode.ts';
import { createParseMemory } from '../../src/schema/memory.ts';
import { parseText } from '../../src/schema/parse.ts';
import { pathKey } from '../../src/schema/read.ts';
import { mutated, random } from '../support/random.ts';
import { rounds } from '../support/rounds.ts';
import { clusterTexts, largeCluster } from '../support/texts.ts';

const divided = ['nodes'];

/** Every node with its place and its value, in the order of the text. */
function nodesOf(contents: Node | null): readonly string[] {
  const found: string[] = [];
  visit(contents, {
    Node: (_, node) => {
      const what = isScalar(node) ? JSON.stringify(node.value) : isMap(node) ? 'map' : 'other';
      // A collection ends where its last line ends: with or without the comments behind it.
      const end = isCollection(node) ? '' : node.range?.[1];
      found.push(`${what} ${node.range?.[0]}-${end}`);
    },
  });
  return found;
}

function parsed(text: string) {
  return parseText(text, divided, createParseMemory());
}

/** Compares with the parser's own reading of the whole text; where that finds a fault, ours has to find one too. */
function compare(text: string): void {
  const whole = parseDocument(text, { uniqueKeys: false, merge: false, logLevel: 'error' });
  const { contents, faults } = parsed(text);
  assert.equal(
    faults.length > 0,
    whole.errors.length > 0,
    JSON.stringify({ text, faults, errors: whole.errors.map((e) => e.message) }),
  );
  if (whole.errors.length === 0) assert.deepEqual(nodesOf(contents), nodesOf(whole.contents), text);
}

describe('a text parsed in parts', () => {
  it('reads as the whole text does', () => {
    for (const text of [...clusterTexts, largeCluster(50)]) compare(text);
  });

  it('reads as the whole text does after random edits', () => {
    const source = random(1);
    for (let round = 0; round < rounds(250); round += 1) {
      let text = source.pick(['', ...clusterTexts]);
      for (let edits = source.below(4); edits >= 0; edits -= 1) text = mutated(text, source);
      compare(text);
    }
  });

  it('is read from the memory of its last version as from nothing', () => {
    const source = random(2);
    const starts = Array.from({ length: 40 }, () => source.pick(['', ...clusterTexts]));
    for (const start of [...starts, largeCluster(30)]) {
      const memory = createParseMemory();
      let text = start;
      for (let edit = 0; edit < 5; edit += 1) {
        const [fresh, remembered] = [readCluster(text), readCluster(text, memory)];
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
