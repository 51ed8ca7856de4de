import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCluster, readCluster } from '../../../src/core/cluster/decode.ts';
import { outlineOf } from '../../../src/core/cluster/outline.ts';
import { english } from '../../../src/core/l10n.ts';
import { joinFixes } from '../../../src/core/problem.ts';
import { mutated, type Random, random } from '../../support/random.ts';

const root = join(import.meta.dirname, '../../..');

/** How many mutated files are read; `STACKPREP_FUZZ=100000` for the long run, which also takes every prefix. */
const asked = Number(process.env.STACKPREP_FUZZ ?? 0);
const mutations = asked || 250;
const stride = asked ? 1 : 31;

function texts(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

const whole = [...texts('examples'), ...texts('test/cases/sound')];
const small = texts('test/cases/rules').flatMap((text) => text.split(/^--- # .*\n/m));
const corpus = [...whole, ...small];

const words = (
  '{ } [ ] : - , ? ! & * | > % @ # " \' \\ ` $ null ~ true 0 -1 1e999 0x10 2025.1 constructor __proto__ ' +
  'toString hasOwnProperty &a *a <<: !!binary [1:3] [001:200] [9:1] [1:99999] 10.0.0.0/8 ::1 fd00::/64 ' +
  'controller packstack stein epoxy enabled disabled nodes: steps: services: sshd: Match 한글 🐧 \ud800 ' +
  'rm -rf "$x"/ <<EOF $( ${ ` \ufeff \u00a0 \f \u2028'
).split(' ');

/** A text of the corpus with some typing, and words and lines of others in it. */
function mixed(source: Random): string {
  const { below } = source;
  const one = (list: readonly string[]): string => list[below(list.length)] ?? '';
  let text = one(corpus);
  for (let times = 1 + below(4); times > 0; times -= 1) {
    const lines = text.split('\n');
    const line = below(lines.length);
    const how = below(5);
    if (how === 0) text = lines.toSpliced(line, 1, ' '.repeat(below(6)) + lines[line]?.trim()).join('\n');
    else if (how === 1) text = lines.toSpliced(line, 1, one(one(corpus).split('\n'))).join('\n');
    else if (how === 2) text = text.replace(/[\w.-]{2,}/g, (word) => (below(30) === 0 ? one(words) : word));
    else text = mutated(text, source);
  }
  return text;
}

function applied(text: string, edits: ReturnType<typeof joinFixes>['edits']): string {
  return edits.reduceRight(
    (done, { span, text: put }) => done.slice(0, span.start) + put + done.slice(span.end),
    text,
  );
}

/** Reads a text as the editor does, with all that hangs on its problems. */
function judge(text: string): void {
  try {
    const { problems } = decodeCluster(text);
    outlineOf(readCluster(text));
    for (const { span, code, message, fix } of problems) {
      assert.ok(span.start >= 0 && span.end >= span.start && span.start <= text.length, code);
      assert.doesNotMatch(english(message), /\bundefined\b|\[object|\bNaN\b/, code);
      for (const [, hole] of message.text.matchAll(/\{(\d)\}/g))
        assert.ok(Number(hole) < message.args.length, code);
      const edits = fix?.edits.toSorted((a, b) => a.span.start - b.span.start) ?? [];
      edits.forEach((edit, index) => {
        const before = edits[index - 1]?.span.end ?? 0;
        assert.ok(edit.span.start >= before && edit.span.end <= text.length, code);
      });
    }
    const { edits } = joinFixes(problems);
    if (edits.length > 0) decodeCluster(applied(text, edits));
  } catch (cause) {
    throw new Error(`this text is not judged: ${JSON.stringify(text)}`, { cause });
  }
}

describe('half-typed and broken files', () => {
  it('are judged at every prefix of whole files', () => {
    for (const text of whole)
      for (let end = text.length % stride; end <= text.length; end += stride) judge(text.slice(0, end));
  }).timeout(0);

  it('are judged at every line of the cases', () => {
    for (const text of asked ? small : small.filter((_, index) => index % 4 === 0)) {
      const lines = text.split('\n');
      for (let end = 1; end <= lines.length; end += asked ? 1 : 3) judge(lines.slice(0, end).join('\n'));
    }
  }).timeout(0);

  it('are judged after mutations', () => {
    const source = random(asked || 7);
    for (let count = 0; count < mutations; count += 1) judge(mixed(source));
  }).timeout(0);
});
