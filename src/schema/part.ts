import {
  type Alias,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Range,
} from 'yaml';
import type { Span } from '../base/problem.ts';

/** A problem of the YAML: a parser error, or nesting that is too deep. */
export interface SyntaxProblem {
  readonly code: ErrorCode | 'TOO_DEEP';
  readonly span: Span;
}

/** An unknown tag that YAML drops: `!vault`, or a lone `!`. */
export interface UnknownTag {
  readonly span: Span;
  /** The value of the tag, if only other properties are between. */
  readonly node?: Node;
}

/** A position where an anchored value starts or ends, or where an alias is; in the order of the text. */
export type Naming =
  | { readonly kind: 'begin' | 'end'; readonly name: string; readonly node: Node }
  | { readonly kind: 'use'; readonly name: string; readonly node: Alias };

/** A parsed part of a text; the ranges of its nodes are offsets into the whole text. */
export interface Part {
  readonly text: string;
  /** Offset of the part; ranges are updated when it moves. */
  at: number;
  readonly contents: Node | null;
  /** The ranges of all nodes. */
  readonly ranges: readonly Range[];
  /** With ranges relative to the start of the part. */
  readonly syntaxProblems: readonly SyntaxProblem[];
  readonly namings: readonly Naming[];
  /** With spans relative to the start of the part. */
  readonly tags: readonly UnknownTag[];
}

/** Maximum nesting of brackets and maximum indentation: more than any cluster file has, less than the parser's stack limit. */
const deepest = { brackets: 100, indent: 400 };
const deepLine = new RegExp(`^[ \\t?:-]{${deepest.indent}}`, 'm');

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 91 || char === 123) depth += 1;
    else if (char === 93 || char === 125) depth = Math.max(0, depth - 1);
    if (depth > deepest.brackets) return true;
  }
  return deepLine.test(text);
}

/** Visits every node of a tree on entry and exit; keys come before their values. */
function walk(node: unknown, enter: (node: Node) => void, leave: (node: Node) => void): void {
  if (isMap(node)) {
    enter(node);
    for (const pair of node.items as Pair[]) {
      walk(pair.key, enter, leave);
      walk(pair.value, enter, leave);
    }
    leave(node);
  } else if (isSeq(node)) {
    enter(node);
    for (const item of node.items) walk(item, enter, leave);
    leave(node);
  } else if (isScalar(node) || isAlias(node)) {
    enter(node);
    leave(node);
  }
}

function namingsOf(contents: Node | null): readonly Naming[] {
  const namings: Naming[] = [];
  walk(
    contents,
    (node) => {
      if (isAlias(node)) namings.push({ kind: 'use', name: node.source, node });
      else if ('anchor' in node && typeof node.anchor === 'string')
        namings.push({ kind: 'begin', name: node.anchor, node });
    },
    (node) => {
      if (!isAlias(node) && 'anchor' in node && typeof node.anchor === 'string')
        namings.push({ kind: 'end', name: node.anchor, node });
    },
  );
  return namings;
}

/** The tag directly before a value, among its properties; undefined if a comment is between. */
function tagBefore(text: string, at: number): Span | undefined {
  let end = at;
  while (end > 0) {
    while (end > 0 && /\s/.test(text[end - 1] ?? '')) end -= 1;
    let start = end;
    while (start > 0 && /[^\s,[\]{}]/.test(text[start - 1] ?? '')) start -= 1;
    if (text[start] === '!') return { start, end };
    if (text[start] !== '&') return undefined;
    end = start;
  }
  return undefined;
}

/** The unknown tags of a document: those that the parser warns about, and each lone `!`, which it ignores. */
function strangeTags({ contents, warnings }: Document.Parsed, text: string): readonly UnknownTag[] {
  const tags = new Map<number, UnknownTag>();
  for (const { code, pos } of warnings)
    if (code === 'TAG_RESOLVE_FAILED') tags.set(pos[0], { span: { start: pos[0], end: pos[1] } });
  if (!text.includes('!')) return [];
  walk(
    contents,
    (node) => {
      if (!node.range || isAlias(node) || node.tag === undefined) return;
      const span = tagBefore(text, node.range[0]);
      if (!span || tags.get(span.start)?.node) return;
      if (tags.has(span.start) || span.end - span.start === 1) tags.set(span.start, { span, node });
    },
    () => undefined,
  );
  return [...tags.values()].sort((a, b) => a.span.start - b.span.start);
}

/** The contents of a document; null if it has only markers and comments, which the parser reads as empty text. */
function contentsOf(contents: Node | null): Node | null {
  const isEmpty =
    isScalar(contents) &&
    contents.source === '' &&
    contents.value === null &&
    !contents.tag &&
    !contents.anchor;
  return isEmpty ? null : contents;
}

/** Parses a text at offset `at` of the file. */
export function parsePart(text: string, at: number): Part {
  if (isTooDeep(text)) {
    const tooDeep: SyntaxProblem = { code: 'TOO_DEEP', span: { start: 0, end: text.length } };
    return { text, at, contents: null, ranges: [], syntaxProblems: [tooDeep], namings: [], tags: [] };
  }
  const doc = parseDocument(text, {
    ...{ uniqueKeys: false, merge: false, logLevel: 'error' },
    // Pretty messages include a copy of the text before each error.
    prettyErrors: false,
  });
  const syntaxProblems = doc.errors.map(({ code, pos: [start, end] }) => ({ code, span: { start, end } }));
  const contents = contentsOf(doc.contents);
  const tags = strangeTags(doc, text);
  const ranges: Range[] = [];
  walk(
    contents,
    ({ range }) => void (range && ranges.push(range)),
    () => undefined,
  );
  const part: Part = { text, at: 0, contents, ranges, syntaxProblems, namings: namingsOf(contents), tags };
  movePart(part, at);
  return part;
}

/** Moves a part and the ranges of its nodes. */
export function movePart(part: Part, at: number): void {
  const by = at - part.at;
  if (by === 0) return;
  part.at = at;
  for (const range of part.ranges) {
    // In place: a new array for each node of thousands of parts would be most of the garbage of an edit.
    range[0] += by;
    range[1] += by;
    range[2] += by;
  }
}
