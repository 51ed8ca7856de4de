import { isMap, isSeq, type Node, type Pair } from 'yaml';
import type { Span, TextEdit } from '../../base/problem.ts';

/** The target indentation of the lines of a text, and edits within them. */
export interface Layout {
  /** By line: the indentation of its first word. */
  readonly indents: Map<number, number>;
  /** By line: the shift relative to its parent, for scripts, long texts and multiline brackets. */
  readonly shifts: Map<number, number>;
  readonly edits: TextEdit[];
}

interface Source {
  readonly text: string;
  readonly lineOf: (offset: number) => number;
  readonly layout: Layout;
}

const step = 2;

function spanOf(node: unknown): Span | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) ? { start: Number(range[0]), end: Number(range[1]) } : undefined;
}

/** Normalizes a gap that contains only white space and one sign. */
function gap({ text, layout }: Source, span: Span, allowed: RegExp, wanted: string): void {
  const now = text.slice(span.start, span.end);
  if (now !== wanted && allowed.test(now)) layout.edits.push({ span, text: wanted });
}

function flowItems(node: Node): readonly (readonly [unknown, unknown])[] {
  if (isMap(node)) return (node.items as Pair[]).map(({ key, value }) => [key, value]);
  return isSeq(node) ? node.items.map((item) => [item, undefined]) : [];
}

/** Spaces inside brackets on one line. */
function flow(source: Source, node: Node): void {
  const range = spanOf(node);
  if (!range) return;
  const { start, end } = range;
  if (source.text.slice(start, end).includes('\n')) return;
  const inner = isMap(node) ? ' ' : '';
  let before = start + 1;
  const items = flowItems(node);
  items.forEach(([key, value], index) => {
    const [head, tail] = [spanOf(key), spanOf(value)];
    if (!head) return;
    const lead = { start: before, end: head.start };
    gap(source, lead, index === 0 ? /^[ \t]*$/ : /^[ \t]*,[ \t]*$/, index === 0 ? inner : ', ');
    if (tail && tail.start > head.end)
      gap(source, { start: head.end, end: tail.start }, /^[ \t]*:[ \t]+$/, ': ');
    before = Math.max(head.end, tail?.end ?? 0);
    for (const each of [key, value]) if (isMap(each) || isSeq(each)) flow(source, each);
  });
  gap(source, { start: before, end: end - 1 }, /^[ \t]*(?:,[ \t]*)?$/, items.length === 0 ? '' : inner);
}

/** Lines of a value after its first line are shifted with it. */
function shift({ lineOf, layout }: Source, { start, end }: Span, by: number): void {
  for (let line = lineOf(start) + 1; line <= lineOf(Math.max(start, end - 1)); line += 1)
    layout.shifts.set(line, by);
}

function value(source: Source, node: unknown, column: number, by: number): void {
  const span = spanOf(node);
  if (!span) return;
  const isCollection = isMap(node) || isSeq(node);
  if (isCollection && node.flow !== true) block(source, node, column);
  else shift(source, span, by);
  if (isCollection && node.flow === true) flow(source, node);
}

/** The anchor or tag of a key may precede it. */
const keyLead = /^( *)(?:[&!]\S+ +)?$/;

function entries(source: Source, pairs: readonly Pair[], column: number): void {
  const { text, lineOf, layout } = source;
  for (const { key, value: inner } of pairs) {
    const [head, tail] = [spanOf(key), spanOf(inner)];
    if (!head) continue;
    const lineStart = text.lastIndexOf('\n', head.start - 1) + 1;
    const lead = keyLead.exec(text.slice(lineStart, head.start))?.[1];
    if (lead !== undefined) layout.indents.set(lineOf(head.start), column);
    if (tail && tail.start > head.end)
      gap(source, { start: head.end, end: tail.start }, /^[ \t]*:[ \t]+$/, ': ');
    value(source, inner, column + step, column - (lead?.length ?? head.start - lineStart));
  }
}

function items(source: Source, nodes: readonly unknown[], column: number): void {
  const { text, lineOf, layout } = source;
  for (const item of nodes) {
    const start = spanOf(item)?.start;
    if (start === undefined) continue;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const lead = /^( *)-([ \t]+)(?:[&!]\S+[ \t]+)*$/.exec(text.slice(lineStart, start));
    if (!lead) continue;
    const dash = lineStart + (lead[1] ?? '').length;
    layout.indents.set(lineOf(dash), column);
    const after = { start: dash + 1, end: dash + 1 + (lead[2] ?? '').length };
    gap(source, after, /^[ \t]+$/, ' ');
    value(source, item, column + step, column - (lead[1] ?? '').length);
  }
}

function block(source: Source, node: Node, column: number): void {
  if (isMap(node)) entries(source, node.items as Pair[], column);
  else if (isSeq(node)) items(source, node.items, column);
}

/** The layout of a parsed text. */
export function layoutOf(contents: Node | null, { text, lineOf }: Omit<Source, 'layout'>): Layout {
  const layout: Layout = { indents: new Map(), shifts: new Map(), edits: [] };
  if (contents) value({ text, lineOf, layout }, contents, 0, 0);
  return layout;
}
