import { isMap, isScalar, isSeq } from 'yaml';
import { msg } from '../base/l10n.ts';
import { positions } from '../base/position.ts';
import type { Problem, Span } from '../base/problem.ts';
import { literalBackslashes, quotedText } from '../schema/command.ts';
import { replacement } from '../schema/fixes.ts';
import type { Parsed } from '../schema/parse.ts';
import type { SyntaxProblem } from '../schema/part.ts';
import { spanOf } from '../schema/tree.ts';
import { explainErrors } from '../schema/tried.ts';
import { yamlErrorText } from '../schema/yaml-errors.ts';
import { unquotedCommand } from './refused-commands.ts';
import { tagProblems } from './tags.ts';

/** The scalar that contains an offset. */
function textAt(node: unknown, at: number): Span | undefined {
  if (isScalar(node)) {
    const span = spanOf(node);
    return span.start <= at && at < span.end ? span : undefined;
  }
  if (!isMap(node) && !isSeq(node)) return undefined;
  const inner = isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : node.items;
  for (const each of inner) {
    const found = textAt(each, at);
    if (found) return found;
  }
  return undefined;
}

/** The fix for text that starts with a character that a plain scalar cannot start with. */
function unquotedText(
  { contents }: Parsed,
  { code, span }: SyntaxProblem,
  text: string,
): Pick<Problem, 'fix'> | undefined {
  const whole = code === 'BAD_SCALAR_START' ? textAt(contents, span.start) : undefined;
  const plain = whole && text.slice(whole.start, whole.end);
  if (!whole || !plain || /^[|>]|\n/.test(plain)) return undefined;
  const [, ticked] = /^`([\w.:/-]+)`$/.exec(plain) ?? [];
  if (ticked !== undefined) return { fix: replacement(text, whole, ticked) };
  const quoted = quotedText(plain);
  return { fix: { title: msg('Change to {0}', quoted), edits: [{ span: whole, text: quoted }] } };
}

/** The problem of an unquoted range such as 10.0.0.[11:13] in braces, where YAML reads the bracket as syntax. */
function unquotedRange(text: string, at: number): Problem | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  for (const { 0: range, index } of line.matchAll(/(?<![\w."'-])[\w.-]+\[\d+[:-]\d+\][\w.-]*/g)) {
    const span = { start: start + index, end: start + index + range.length };
    if (span.end < at) continue;
    const quoted = JSON.stringify(range.replace(/(\[\d+)-/, '$1:'));
    const message = msg('Put the range in quotes: {0}.', quoted);
    const fix = { title: msg('Change to {0}', quoted), edits: [{ span, text: quoted }] };
    return { code: 'yaml-syntax', severity: 'error', span, message, fix };
  }
  return undefined;
}

/** The fix for a double-quoted line with an invalid escape: doubles its backslashes, except in `\'`. */
function backslashes(
  { contents }: Parsed,
  { code, span }: SyntaxProblem,
  text: string,
): Pick<Problem, 'fix'> | undefined {
  const whole = code === 'BAD_DQ_ESCAPE' ? textAt(contents, span.start) : undefined;
  if (!whole) return undefined;
  const lineStart = text.lastIndexOf('\n', span.start) + 1;
  const lineEnd = text.indexOf('\n', span.start);
  const end = Math.min(whole.end, lineEnd === -1 ? whole.end : lineEnd);
  const edits = literalBackslashes(text, { start: Math.max(whole.start, lineStart), end });
  return edits.length > 0 ? { fix: { title: msg('Fix the backslashes'), edits } } : undefined;
}

function syntaxProblem({ code, span: { start, end } }: SyntaxProblem): Problem {
  const span = { start, end: Math.max(end, start + 1) };
  return { code: 'yaml-syntax', severity: 'error', span, message: yamlErrorText(code) };
}

const topKey = /^([\w-]+):(?=\s|$)/gm;

/** The fix for a second document whose keys the first does not have: without the mark, both are one. */
function joinedDocuments({ code, span }: SyntaxProblem, text: string): Pick<Problem, 'fix'> | undefined {
  if (code !== 'MULTIPLE_DOCS') return undefined;
  let start = text.lastIndexOf('\n', span.start) + 1;
  // A document that ends by its own mark is reported at the line after it.
  if (!text.startsWith('---', start)) start = text.lastIndexOf('\n', start - 2) + 1;
  if (!/^(?:---|\.\.\.)[ \t]*\r?\n/.test(text.slice(start, start + 100))) return undefined;
  const next = text.indexOf('\n', start);
  const [before, after] = [text.slice(0, start), next === -1 ? '' : text.slice(next + 1)];
  const keys = new Set([...before.matchAll(topKey)].map(([, key]) => key));
  const isApart = [...after.matchAll(topKey)].every(([, key]) => !keys.has(key));
  if (!isApart || /^(?:---|\.\.\.)(?=\s|$)/m.test(after)) return undefined;
  const edits = [{ span: { start, end: next === -1 ? text.length : next + 1 }, text: '' }];
  return { fix: { title: msg('Remove {0}', text.slice(start, start + 3)), edits } };
}

/** A more specific message and a fix for a syntax error, if the intention is clear. */
function meantBy(doc: Parsed, found: SyntaxProblem, text: string): Partial<Problem> | undefined {
  const { start } = found.span;
  return (
    joinedDocuments(found, text) ??
    backslashes(doc, found, text) ??
    unquotedRange(text, start) ??
    unquotedCommand(text, start) ??
    unquotedText(doc, found, text)
  );
}

/** The syntax errors without a more specific fix; the limit bounds the time of a check. */
function unmeant(doc: Parsed, text: string): readonly SyntaxProblem[] {
  const { syntaxProblems: all } = doc;
  const isAllMeant =
    all.length > 0 && all.slice(0, fixLimit).every((found) => meantBy(doc, found, text)?.fix);
  return isAllMeant ? [] : all;
}

/** Maximum number of syntax errors per file that get a fix, to bound the time of a check. */
const fixLimit = 20;

/** Problems of the YAML: syntax errors, and tags that the parser drops without a warning. */
export function yamlProblems(doc: Parsed, text: string): Problem[] {
  const problems: Problem[] = [];
  const lines = new Set<number>();
  const places = positions(text);
  const lineOf = (at: number): number => places.at(at).line;
  for (const { lines: solved, ...explained } of explainErrors(text, unmeant(doc, text))) {
    problems.push({ code: 'yaml-syntax', severity: 'error', ...explained });
    for (const line of solved) lines.add(line);
  }
  for (const found of doc.syntaxProblems) {
    // Further errors on the same line usually have the same cause.
    if (lines.has(lineOf(found.span.start))) continue;
    const meant = problems.length < fixLimit ? meantBy(doc, found, text) : undefined;
    const problem = { ...syntaxProblem(found), ...meant };
    if (!lines.has(lineOf(problem.span.start))) problems.push(problem);
    for (const { start } of [found.span, problem.span]) lines.add(lineOf(start));
  }
  const tags = tagProblems(doc, text).filter(({ span }) => !lines.has(lineOf(span.start)));
  return [...problems, ...tags];
}
