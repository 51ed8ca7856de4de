import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { assertNever } from '../../base/assert-never.ts';
import { own } from '../../base/own.ts';
import type { Span } from '../../base/problem.ts';
import { clusterSchema } from '../../cluster/schema.ts';
import { keyText } from '../../schema/key-text.ts';
import type { Field, Meaning, Schema } from '../../schema/schema.ts';
import { spanOf } from '../../schema/tree.ts';
import { type ClusterDocument, perDocument } from './document.ts';

export type Path = readonly (string | number)[];

/** A word of a cluster file and what it refers to. */
export interface Mark {
  /** `key` is a key of the schema, `choice` one of its values; the others are words chosen by the user. */
  readonly means: Meaning | 'key' | 'choice' | 'number' | 'flag' | 'anchor' | 'alias';
  readonly word: string;
  /** Without quotes. */
  readonly span: Span;
  /** Including quotes. */
  readonly whole: Span;
  /** Its path; for a key, including the key. */
  readonly path: Path;
  readonly isKey: boolean;
  /** The schema of a key. */
  readonly field?: Field;
}

function isQuoted({ type }: Scalar): boolean {
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
}

interface Walk {
  readonly text: string;
  readonly marks: Mark[];
}

type Kind = Pick<Mark, 'means' | 'path'> & Partial<Pick<Mark, 'isKey' | 'field'>>;

function put({ marks }: Walk, node: unknown, kind: Kind): void {
  if (!isScalar(node) || !node.range || node.value === null) return;
  const whole = spanOf(node);
  const span =
    isQuoted(node) && whole.end - whole.start > 1 ? { start: whole.start + 1, end: whole.end - 1 } : whole;
  const word = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  marks.push({ isKey: false, ...kind, word, span, whole });
}

/** The name of an anchor, which precedes its value; for an alias, the value itself. */
function putName(walk: Walk, node: Node, path: Path): void {
  const { text, marks } = walk;
  if (isAlias(node)) {
    const whole = spanOf(node);
    const span = { start: whole.start + 1, end: whole.end };
    marks.push({ means: 'alias', word: node.source, span, whole, path, isKey: false });
  } else if ('anchor' in node && typeof node.anchor === 'string') {
    const start = text.lastIndexOf(`&${node.anchor}`, node.range?.[0] ?? 0);
    if (start < 0) return;
    const whole = { start, end: start + 1 + node.anchor.length };
    const span = { start: start + 1, end: whole.end };
    marks.push({ means: 'anchor', word: node.anchor, span, whole, path, isKey: false });
  }
}

function walkMap(walk: Walk, map: YAMLMap, schema: Schema | undefined, path: Path): void {
  for (const pair of map.items as Pair[]) {
    const key = keyText(pair.key);
    const inner = [...path, key];
    const field = schema?.kind === 'object' ? own(schema.fields, key) : undefined;
    if (key === '<<') walkValue(walk, pair.value, schema, path);
    else if (schema?.kind === 'record') {
      if (schema.keys) put(walk, pair.key, { means: schema.keys, path: inner, isKey: true });
      walkValue(walk, pair.value, schema.value, inner);
    } else {
      put(walk, pair.key, { means: 'key', path: inner, isKey: true, ...(field ? { field } : {}) });
      walkValue(walk, pair.value, field?.schema, inner);
    }
  }
}

function meansOf(schema: Schema): Mark['means'] | undefined {
  switch (schema.kind) {
    case 'text':
      return schema.means;
    case 'text-or':
      return schema.text.means;
    case 'choice':
      return 'choice';
    case 'integer':
      return 'number';
    case 'flag':
      return 'flag';
    case 'list':
    case 'object':
    case 'record':
      return undefined;
    default:
      return assertNever(schema);
  }
}

function walkValue(walk: Walk, node: unknown, schema: Schema | undefined, path: Path): void {
  if (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) putName(walk, node, path);
  const shape = schema?.kind === 'text-or' && !isScalar(node) ? schema.other : schema;
  if (isMap(node)) walkMap(walk, node, shape, path);
  else if (isSeq(node)) {
    const item = shape?.kind === 'list' ? shape.item : undefined;
    node.items.forEach((each, index) => {
      walkValue(walk, each, item, [...path, index]);
    });
  } else if (isScalar(node) && shape) {
    const means = meansOf(shape);
    if (means) put(walk, node, { means, path });
  }
}

/** All words with a meaning, in the order of the text. */
export const marksOf = perDocument((document: ClusterDocument): readonly Mark[] => {
  const walk: Walk = { text: document.text, marks: [] };
  walkValue(walk, document.reading?.doc.contents, clusterSchema, []);
  return walk.marks.sort((a, b) => a.whole.start - b.whole.start);
});

/** The word at an offset or directly before it. */
export function markAt(document: ClusterDocument, offset: number): Mark | undefined {
  const marks = marksOf(document);
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.whole.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = marks[low - 1];
  return found && offset <= found.whole.end ? found : undefined;
}
