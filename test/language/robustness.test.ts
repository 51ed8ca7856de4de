import assert from 'node:assert/strict';
import type { Positions } from '../../src/base/position.ts';
import { createDocumentReader } from '../../src/language/document/document.ts';
import { readAnswersDocument } from '../../src/language/packstack-answers.ts';
import { answerFiles, broken, wholeFiles } from '../support/broken.ts';
import { mutated, random } from '../support/random.ts';
import { isLong, rounds } from '../support/rounds.ts';
import { clusterTexts } from '../support/texts.ts';
import { askAnswers, askEverything, rangesIn } from './every-feature.ts';

/** Longer than any response takes, even on a busy system. */
const patience = 10_000;

/** Sends a request for a text; the ranges in the response must be inside the text, and it must arrive in time. */
function ask(
  text: string,
  answer: () => { readonly positions: Positions; readonly answers: readonly unknown[] },
): void {
  const begun = process.cpuUsage();
  try {
    const { positions, answers } = answer();
    const last = positions.at(text.length);
    for (const { start, end } of rangesIn(answers)) {
      const isInOrder =
        start.line < end.line || (start.line === end.line && start.character <= end.character);
      assert.ok(isInOrder && start.line >= 0 && start.character >= 0, JSON.stringify({ start, end }));
      assert.ok(end.line <= last.line, JSON.stringify({ start, end }));
    }
    const { user, system } = process.cpuUsage(begun);
    assert.ok((user + system) / 1_000 < patience, 'this takes too long');
  } catch (cause) {
    throw new Error(`there is no answer about this text: ${JSON.stringify(text)}`, { cause });
  }
}

type Reader = ReturnType<typeof createDocumentReader>;

/** Parses a text as the next version of a document and sends every request at an offset. */
function askCluster(read: Reader, text: string, version: number, offset: number): void {
  ask(text, () => {
    const document = read({ uri: 'file:///a.cluster.yaml', version, text });
    return { positions: document.positions, answers: askEverything(document, offset) };
  });
}

function askAnswerFile(text: string, version: number, offset: number): void {
  ask(text, () => {
    const document = readAnswersDocument({ uri: 'file:///a.answers', version, text });
    return { positions: document.positions, answers: askAnswers(document, offset) };
  });
}

describe('Every language feature', () => {
  it('responds at every prefix of every complete file, as if it were being typed', () => {
    for (const text of wholeFiles) {
      const read = createDocumentReader();
      for (let end = 0; end <= text.length; end += 1)
        if (isLong || end % 61 === 0) askCluster(read, text.slice(0, end), end, end);
    }
  }).timeout(0);

  it('responds after random edits of every kind of file, at random places', () => {
    const source = random(3);
    for (let round = 0; round < rounds(300); ) {
      const read = createDocumentReader();
      let text = source.pick(['', ...clusterTexts]);
      for (let edit = 0; edit < 8; edit += 1, round += 1) {
        text = mutated(text, source);
        askCluster(read, text, edit, source.below(text.length + 1));
      }
    }
  }).timeout(0);

  it('responds for files with parts of other files mixed in', () => {
    const source = random(5);
    const read = createDocumentReader();
    for (let round = 0; round < rounds(200); round += 1) {
      const text = broken(source, [...wholeFiles, ...clusterTexts]);
      askCluster(read, text, round, source.below(text.length + 1));
    }
  }).timeout(0);

  it('responds for the prefixes of answer files, and for broken ones', () => {
    const source = random(6);
    for (const text of answerFiles)
      for (let end = 0; end <= text.length; end += isLong ? 101 : 4001)
        askAnswerFile(text.slice(0, end), end, end);
    for (let round = 0; round < rounds(60); round += 1) {
      const whole = broken(source, answerFiles);
      // Usually a part: the complete files are long.
      const start = source.below(whole.length + 1);
      const text = round % 20 === 0 ? whole : whole.slice(start, start + 2000);
      askAnswerFile(text, round, source.below(text.length + 1));
    }
  }).timeout(0);
});
