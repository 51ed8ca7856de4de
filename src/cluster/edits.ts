import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Span, TextEdit } from '../base/problem.ts';
import type { Path } from '../schema/places.ts';
import type { Reading } from '../schema/reading.ts';

type Edits = readonly TextEdit[] | undefined;

/** The YAML node written at a path; undefined for values that come from an alias or a merge key. */
function written(reading: Reading, path: Path): Node | undefined {
  let node: unknown = reading.doc.contents;
  for (const part of path) {
    if (isMap(node) && typeof part === 'string') node = pairOf(node, part)?.value;
    else if (isSeq(node) && typeof part === 'number') node = node.items[part];
    else return undefined;
  }
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && (pair.key.source ?? String(pair.key.value)) === key);
}

function spanOf(node: unknown): Span | undefined {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}

function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  return end === -1 ? source.length : end;
}

/** The full line of an item or entry that is alone on its line; otherwise undefined. */
function ownLine(source: string, span: Span, lead: RegExp): Span | undefined {
  const start = lineStart(source, span.start);
  if (!lead.test(source.slice(start, span.start))) return undefined;
  if (source.slice(span.start, span.end).includes('\n')) return undefined;
  const end = lineEnd(source, span.end);
  if (!/^\s*(?:#.*)?$/.test(source.slice(span.end, end))) return undefined;
  return { start, end: Math.min(end + 1, source.length) };
}

const itemLead = /^\s*-[ ]+$/;
const entryLead = /^\s*$/;

function flowCut(source: string, spans: readonly (Span | undefined)[], index: number): Edits {
  const [before, own, after] = [spans[index - 1], spans[index], spans[index + 1]];
  if (!own) return undefined;
  const cut = before ? { start: before.end, end: own.end } : after && { start: own.start, end: after.start };
  if (!cut || source.slice(cut.start, cut.end).includes('#')) return undefined;
  return [{ span: cut, text: '' }];
}

/** Removes an item from a list; the only item is never removed. */
export function removeItem(reading: Reading, list: Path, index: number): Edits {
  const seq = written(reading, list);
  if (!isSeq(seq) || seq.items.length < 2) return undefined;
  const { source } = reading;
  const own = spanOf(seq.items[index]);
  if (seq.flow) return flowCut(source, seq.items.map(spanOf), index);
  const line = own && ownLine(source, own, itemLead);
  return line && [{ span: line, text: '' }];
}

/** Replaces an item with several. */
export function splitItem(
  reading: Reading,
  list: Path,
  { index, texts }: { readonly index: number; readonly texts: readonly string[] },
): Edits {
  const seq = written(reading, list);
  const span = isSeq(seq) ? spanOf(seq.items[index]) : undefined;
  if (!isSeq(seq) || !span) return undefined;
  const { source } = reading;
  if (seq.flow) return [{ span, text: texts.join(', ') }];
  const lead = source.slice(lineStart(source, span.start), span.start);
  if (!itemLead.test(lead)) return undefined;
  const end = source[lineEnd(source, span.end) - 1] === '\r' ? '\r\n' : '\n';
  return [{ span, text: texts.join(end + lead) }];
}

/** Removes a key and its value from a map; the only key is never removed. */
export function removeEntry(reading: Reading, map: Path, key: string): Edits {
  const found = written(reading, map);
  if (!isMap(found) || found.items.length < 2) return undefined;
  const spans = found.items.map((pair) => {
    const [head, tail] = [spanOf(pair.key), spanOf(pair.value)];
    return head && tail ? { start: head.start, end: tail.end } : undefined;
  });
  const index = found.items.findLastIndex(
    (pair) => isScalar(pair.key) && (pair.key.source ?? String(pair.key.value)) === key,
  );
  const own = spans[index];
  if (found.flow) return flowCut(reading.source, spans, index);
  const line = own && ownLine(reading.source, own, entryLead);
  return line && [{ span: line, text: '' }];
}

/** Inserts items before an item of a list. */
export function insertItems(reading: Reading, list: Path, { before, texts }: Insertion): Edits {
  const seq = written(reading, list);
  const next = isSeq(seq) ? spanOf(seq.items[before]) : undefined;
  if (!isSeq(seq) || !next) return undefined;
  if (seq.flow) {
    return [
      { span: { start: next.start, end: next.start }, text: texts.map((text) => `${text}, `).join('') },
    ];
  }
  const start = lineStart(reading.source, next.start);
  const lead = reading.source.slice(start, next.start);
  if (!itemLead.test(lead)) return undefined;
  return [{ span: { start, end: start }, text: texts.map((text) => `${lead}${text}\n`).join('') }];
}

/** Inserts a key and its value after another key of a map. */
export function insertEntry(reading: Reading, map: Path, after: string, text: string): Edits {
  const found = written(reading, map);
  const pair = isMap(found) ? pairOf(found, after) : undefined;
  const [head, tail] = [spanOf(pair?.key), spanOf(pair?.value)];
  if (!isMap(found) || !head || !tail) return undefined;
  if (found.flow) return [{ span: { start: tail.end, end: tail.end }, text: `, ${text}` }];
  const line = ownLine(reading.source, { start: head.start, end: tail.end }, entryLead);
  if (!line) return undefined;
  const indent = reading.source.slice(line.start, head.start);
  const end = lineEnd(reading.source, tail.end);
  return [{ span: { start: end, end }, text: `\n${indent}${text}` }];
}

/** Moves items of a list before an earlier item, in the given order. */
export function moveItems(reading: Reading, list: Path, { from, to }: Move): Edits {
  const seq = written(reading, list);
  const target = isSeq(seq) ? spanOf(seq.items[to]) : undefined;
  if (!isSeq(seq) || !target) return undefined;
  const { source } = reading;
  const spans = seq.items.map(spanOf);
  const start = seq.flow ? target.start : lineStart(source, target.start);
  if (!seq.flow && !itemLead.test(source.slice(start, target.start))) return undefined;
  let text = '';
  const cuts: TextEdit[] = [];
  for (const index of from) {
    const own = spans[index];
    const cut = seq.flow ? flowCut(source, spans, index)?.[0]?.span : own && ownLine(source, own, itemLead);
    if (!own || !cut) return undefined;
    const line = source.slice(cut.start, cut.end);
    text += seq.flow ? `${source.slice(own.start, own.end)}, ` : line.endsWith('\n') ? line : `${line}\n`;
    cuts.push({ span: cut, text: '' });
  }
  return [{ span: { start, end: start }, text }, ...cuts.sort((a, b) => a.span.start - b.span.start)];
}

/** Indexes of the list in the file; `to` is lower than each of `from`. */
export interface Move {
  readonly from: readonly number[];
  readonly to: number;
}

export interface Insertion {
  /** Index of the list in the file. */
  readonly before: number;
  readonly texts: readonly string[];
}
