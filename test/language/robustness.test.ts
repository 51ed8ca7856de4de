import assert from 'node:assert/strict';
import { createDocumentReader } from '../../src/language/document.ts';
import { mutated, random } from '../support/random.ts';
import { rounds } from '../support/rounds.ts';
import { clusterTexts, examples } from '../support/texts.ts';
import { askEverything, rangesIn } from './every-feature.ts';

/** Reads a text as the next version of a document and asks everything at an offset; ranges have to lie in the text. */
function ask(
  read: ReturnType<typeof createDocumentReader>,
  text: string,
  version: number,
  offset: number,
): void {
  const document = read({ uri: 'file:///a.cluster.yaml', version, text });
  const last = document.positions.at(text.length);
  for (const answer of askEverything(document, offset)) {
    for (const { start, end } of rangesIn(answer)) {
      const isInOrder =
        start.line < end.line || (start.line === end.line && start.character <= end.character);
      assert.ok(isInOrder && start.line >= 0 && start.character >= 0, JSON.stringify({ text, start, end }));
      assert.ok(end.line <= last.line, JSON.stringify({ text, start, end }));
    }
  }
}

describe('every feature', () => {
  it('answers for every prefix of every example, as it is typed', () => {
    for (const text of examples) {
      const read = createDocumentReader();
      for (let end = 0; end <= text.length; end += 1) {
        if (text[end] === '\n' || end === text.length || end % 29 === 0)
          ask(read, text.slice(0, end), end, end);
      }
    }
  });

  it('answers for random edits of every kind of file, at random places', () => {
    const source = random(3);
    for (let round = 0; round < rounds(400); ) {
      const read = createDocumentReader();
      let text = source.pick(['', ...clusterTexts]);
      for (let edit = 0; edit < 8; edit += 1, round += 1) {
        text = mutated(text, source);
        ask(read, text, edit, source.below(text.length + 1));
      }
    }
  });
});
