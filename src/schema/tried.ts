import type { Message } from '../base/l10n.ts';
import { positions } from '../base/position.ts';
import type { Fix, Span, TextEdit } from '../base/problem.ts';
import { parsePart, type SyntaxProblem } from './part.ts';
import { openQuotes, type Repair, repairsAt } from './repairs.ts';
import type { Line } from './slip.ts';

/** A syntax error whose cause is known, because the text is better without it. */
export interface Explained {
  readonly span: Span;
  readonly message: Message;
  readonly fix: Fix;
  /** The lines, counted from 0, whose errors it explains. */
  readonly lines: ReadonlySet<number>;
}

/** Limits of the attempts: size of the text in characters, errors that are explained, and attempts in all. */
const limits = { size: 60_000, errors: 8, attempts: 60 };

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: put } of edits) {
    result += text.slice(at, span.start) + put;
    at = span.end;
  }
  return result + text.slice(at);
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { start, text: line.replace(/\r$/, '') };
    start += line.length + 1;
    return found;
  });
}

/** The lines of the errors of a text; errors at its end count for its last line. */
function errorLines(text: string, errors: readonly SyntaxProblem[]): readonly number[] {
  const { at } = positions(text);
  return errors.map(({ span }) => at(Math.min(span.start, text.length)).line);
}

function explained(
  lines: readonly Line[],
  { line, message, title, edits }: Repair,
  solved: ReadonlySet<number>,
): Explained {
  const { start = 0, text = '' } = lines[line] ?? {};
  const lead = text.length - text.trimStart().length;
  const span = { start: start + lead, end: start + Math.max(text.trimEnd().length, lead + 1) };
  return { span, message, fix: { title, edits }, lines: solved };
}

/** Explains the syntax errors of a text by trying what was probably meant; each attempt has to leave fewer errors. */
export function explainErrors(text: string, errors: readonly SyntaxProblem[]): readonly Explained[] {
  if (errors.length === 0 || text.length > limits.size) return [];
  const lines = linesOf(text);
  const before = errorLines(text, errors);
  const found: Explained[] = [];
  const solved = new Set<number>();
  let attempts = 0;
  const attempt = (repair: Repair): boolean => {
    attempts += 1;
    if (attempts > limits.attempts) return false;
    const trial = applied(text, repair.edits);
    const rest = parsePart(trial, 0).syntaxProblems;
    if (rest.length >= errors.length) return false;
    const left = new Set(errorLines(trial, rest));
    // What is left must not be new.
    if ([...left].some((line) => !before.includes(line))) return false;
    const here = new Set([repair.line, ...before.filter((line) => !left.has(line))]);
    for (const line of here) solved.add(line);
    found.push(explained(lines, repair, here));
    return true;
  };
  openQuotes(lines).slice(0, limits.errors).find(attempt);
  for (const line of [...new Set(before)].slice(0, limits.errors))
    if (!solved.has(line)) repairsAt(lines, line).find(attempt);
  return found;
}
