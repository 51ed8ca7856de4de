import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { joinFixes } from '../../src/base/problem.ts';
import { outlineOf } from '../../src/cluster/outline.ts';
import { decodeCluster, readCluster } from '../../src/rules/decode.ts';
import { broken, caseFiles, wholeFiles } from '../support/broken.ts';
import { patternsIn } from '../support/messages.ts';
import { random } from '../support/random.ts';

/** How many mutated files are decoded; `STACKPREP_FUZZ=100000` for the long run, which also takes every prefix. */
const asked = Number(process.env.STACKPREP_FUZZ ?? 0);
const mutations = asked || 250;
const stride = asked ? 1 : 31;

function applied(text: string, edits: ReturnType<typeof joinFixes>['edits']): string {
  return edits.reduceRight(
    (done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end),
    text,
  );
}

/** Decodes a text as the editor does, with everything that depends on its problems. */
function decodeAll(text: string): void {
  try {
    const { problems } = decodeCluster(text);
    outlineOf(readCluster(text));
    for (const { span, code, message, fix } of problems) {
      assert.ok(span.start >= 0 && span.end >= span.start && span.start <= text.length, code);
      assert.doesNotMatch(english(message), /\bundefined\b|\[object|\bNaN\b/, code);
      for (const { text: pattern, args } of patternsIn(message))
        for (const [, hole] of pattern.matchAll(/\{(\d)\}/g)) assert.ok(Number(hole) < args.length, code);
      const edits = fix?.edits.toSorted((a, b) => a.span.start - b.span.start) ?? [];
      edits.forEach((edit, index) => {
        const before = edits[index - 1]?.span.end ?? 0;
        assert.ok(edit.span.start >= before && edit.span.end <= text.length, code);
      });
    }
    const { edits } = joinFixes(problems);
    if (edits.length > 0) decodeCluster(applied(text, edits));
  } catch (cause) {
    throw new Error(`this text cannot be decoded: ${JSON.stringify(text)}`, { cause });
  }
}

describe('Half-typed and broken cluster files', () => {
  it('are decoded at every prefix of complete files', () => {
    for (const text of wholeFiles)
      for (let end = text.length % stride; end <= text.length; end += stride) decodeAll(text.slice(0, end));
  }).timeout(0);

  it('are decoded at every line of the cases', () => {
    for (const text of asked ? caseFiles : caseFiles.filter((_, index) => index % 4 === 0)) {
      const lines = text.split('\n');
      for (let end = 1; end <= lines.length; end += asked ? 1 : 3) decodeAll(lines.slice(0, end).join('\n'));
    }
  }).timeout(0);

  it('are decoded after mutations', () => {
    const source = random(asked || 7);
    for (let count = 0; count < mutations; count += 1)
      decodeAll(broken(source, [...wholeFiles, ...caseFiles]));
  }).timeout(0);
});
