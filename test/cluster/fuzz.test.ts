import assert from 'node:assert/strict';
import { english } from '../../src/base/l10n.ts';
import { joinFixes } from '../../src/base/problem.ts';
import { outlineOf } from '../../src/cluster/outline.ts';
import { decodeCluster, readCluster } from '../../src/rules/decode.ts';
import { createParseMemory } from '../../src/schema/memory.ts';
import { broken, caseFiles, wholeFiles } from '../support/broken.ts';
import { patternsIn } from '../support/messages.ts';
import { mutated, random } from '../support/random.ts';

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

/** Files with many nodes, so that an edit leaves most of their chunks alone: some inherit, some have problems. */
const largeFiles: readonly string[] = ['', 'ssh: { user: stack, become: sudo }\n'].map((head) => {
  const nodes = Array.from({ length: 90 }, (_, at) => {
    const name = at % 17 === 5 ? `Rack-${at}` : at % 23 === 7 ? `"n[${at}:${at + 1}]"` : `node${at}`;
    const address = at % 23 === 7 ? `"10.1.${at}.[1:2]"` : `10.0.${at >> 6}.${(at % 64) * 4 + 1}`;
    const roles = at === 11 ? '[compute, compute]' : at % 9 === 4 ? '[Controler]' : '[compute]';
    const own =
      at % 13 === 3
        ? '\n    user: "a b"\n    identity: k.pub'
        : at === 40 && head === ''
          ? '\n    <<: *d'
          : '';
    return `  ${name}:\n    address: ${address}\n    roles: ${roles}${own}\n`;
  });
  return `x: &d { port: 22 }\n${head}cluster: many\nnetworks: { management: { cidr: 10.0.0.0/16 } }\nnodes:\n${nodes.join('')}`;
});

/** The text with entries of its nodes moved, copied or removed. */
function shuffled(source: ReturnType<typeof random>, text: string): string {
  const entries = text.split(/^(?= {2}\S)/m);
  const from = source.below(entries.length);
  const taken = entries.slice(from, from + source.below(20));
  const rest = source.below(2) === 0 ? entries : entries.toSpliced(from, taken.length);
  return rest.toSpliced(source.below(rest.length + 1), 0, ...(source.below(3) === 0 ? [] : taken)).join('');
}

/** Reads the versions of one file in turn with a memory, and each from nothing: both must find the same. */
function readInTurn(versions: readonly string[]): void {
  const memory = createParseMemory();
  for (const text of versions) {
    const [inTurn, fresh] = [readCluster(text, { memory }), readCluster(text)];
    assert.deepEqual(inTurn.decoded, fresh.decoded, JSON.stringify(versions));
    assert.deepEqual(outlineOf(inTurn), outlineOf(fresh), JSON.stringify(versions));
  }
}

describe('A cluster file that is edited', () => {
  it('has the same problems as the same text read from nothing, whatever was edited before', () => {
    const source = random(asked || 11);
    const corpus = [...wholeFiles, ...caseFiles];
    for (let count = 0; count < mutations; count += asked ? 4 : 20) {
      const start = source.below(3) === 0 ? source.pick(['', ...largeFiles]) : broken(source, corpus);
      const edited = broken(source, [start]);
      readInTurn([start, edited, shuffled(source, start), mutated(edited, source), start]);
    }
  }).timeout(0);

  it('has the same problems as the same text read from nothing after small edits all over a large file', () => {
    const source = random(asked || 17);
    const pieces = [
      'x',
      ' ',
      '\n',
      '  ',
      ':',
      ' :',
      '#',
      '- ',
      'a: 1\n',
      '  n900: {}\n',
      '"',
      '&a ',
      '*a',
      '\t',
      '',
    ];
    for (const start of largeFiles) {
      const memory = createParseMemory();
      let text = start;
      for (let count = 0; count < (asked ? 400 : 15); count += 1) {
        const line = text.indexOf('\n', source.below(text.length));
        const at = source.below(2) === 0 ? source.below(text.length + 1) : line + 1;
        const end = at + (source.below(2) === 0 ? 0 : source.below(12));
        const edited = text.slice(0, at) + source.pick(['', ...pieces]) + text.slice(end);
        for (const each of [edited, text]) {
          const [inTurn, fresh] = [readCluster(each, { memory }), readCluster(each)];
          assert.deepEqual(inTurn.decoded, fresh.decoded, JSON.stringify({ text, each }));
          assert.deepEqual(outlineOf(inTurn), outlineOf(fresh), JSON.stringify({ text, each }));
        }
        // Edits add up, until too little of the file is left.
        text = source.below(3) === 0 ? edited : text;
        if (text.length < start.length - 200 || source.below(40) === 0) text = start;
      }
    }
  }).timeout(0);

  it('has the same problems as the same text read from nothing after an edit of what all nodes depend on', () => {
    for (const text of largeFiles) {
      const narrow = text.replace('10.0.0.0/16', '10.0.0.0/24');
      const other = text
        .replace('cluster: many', 'ssh: { user: ops }\ncluster: many')
        .replace('user: stack', 'user: root');
      const named = text.replace('roles: [compute]', 'roles: [node60]');
      assert.notDeepEqual(readCluster(narrow).decoded, readCluster(text).decoded);
      readInTurn([text, narrow, other, named, text]);
    }
  }).timeout(0);

  it('has the same problems as the same text read from nothing after a letter at any place of any case', () => {
    const source = random(asked || 13);
    for (const text of asked ? caseFiles : caseFiles.filter((_, index) => index % 8 === 0)) {
      const at = source.below(text.length + 1);
      readInTurn([text, `${text.slice(0, at)}x${text.slice(at)}`, text]);
    }
  }).timeout(0);
});

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
