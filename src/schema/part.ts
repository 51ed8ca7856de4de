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
} from 'yaml';
import type { Span } from '../base/problem.ts';

/** A problem of the YAML itself: one of the parser's, or nesting that is not read. */
export interface SyntaxProblem {
  readonly code: ErrorCode | 'TOO_DEEP';
  readonly span: Span;
}

/** A tag that YAML takes off a value without knowing it: `!vault`, or a lone `!`. */
export interface UnknownTag {
  readonly span: Span;
  /** What it was taken off, where nothing but properties is between. */
  readonly node?: Node;
}

/** A place where a name for a value begins or ends, or is used; in the order of the text. */
export type Naming =
  | { readonly kind: 'begin' | 'end'; readonly name: string; readonly node: Node }
  | { readonly kind: 'use'; readonly name: string; readonly node: Alias };

/** A parsed part of a text; the ranges of its nodes count from the beginning of the text. */
export interface Part {
  readonly text: string;
  /** Where the part begins; ranges follow when it moves. */
  at: number;
  readonly contents: Node | null;
  /** Its ranges count from the beginning of the part. */
  readonly syntaxProblems: readonly SyntaxProblem[];
  readonly namings: readonly Naming[];
  /** Their spans count from the beginning of the part. */
  readonly tags: readonly UnknownTag[];
}

/** How deep brackets may nest, and how far a line may be indented: more than in any cluster file, less than the parser bears. */
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

/** Every node of a tree with its ways in and out; keys come before their values. */
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

/** The tag right before a value, among its properties; none where a comment is between. */
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

/** The tags of a document that mean nothing: those that the parser warns of, and each lone `!`, of which it says nothing. */
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

/** The contents of a document; none where it has only marks and comments, of which the parser makes an empty text. */
function contentsOf(contents: Node | null): Node | null {
  const isEmpty =
    isScalar(contents) &&
    contents.source === '' &&
    contents.value === null &&
    !contents.tag &&
    !contents.anchor;
  return isEmpty ? null : contents;
}

/** Parses a text that begins at `at` of the file. */
export function parsePart(text: string, at: number): Part {
  if (isTooDeep(text)) {
    const tooDeep: SyntaxProblem = { code: 'TOO_DEEP', span: { start: 0, end: text.length } };
    return { text, at, contents: null, syntaxProblems: [tooDeep], namings: [], tags: [] };
  }
  const doc = parseDocument(text, {
    ...{ uniqueKeys: false, merge: false, logLevel: 'error' },
    // Pretty messages copy the text before each error.
    prettyErrors: false,
  });
  const syntaxProblems = doc.errors.map(({ code, pos: [start, end] }) => ({ code, span: { start, end } }));
  const contents = contentsOf(doc.contents);
  const tags = strangeTags(doc, text);
  const part: Part = { text, at: 0, contents, syntaxProblems, namings: namingsOf(contents), tags };
  movePart(part, at);
  return part;
}

/** Moves a part, and with it the ranges of its nodes. */
export function movePart(part: Part, at: number): void {
  const by = at - part.at;
  if (by === 0) return;
  part.at = at;
  walk(
    part.contents,
    (node) => {
      if (node.range) node.range = [node.range[0] + by, node.range[1] + by, node.range[2] + by];
    },
    () => undefined,
  );
}
