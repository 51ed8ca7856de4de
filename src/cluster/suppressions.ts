import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { positions } from '../base/position.ts';
import {
  fixBy,
  type Problem,
  type ProblemCode,
  type Severity,
  type Span,
  type TextEdit,
} from '../base/problem.ts';
import { problemCodes } from '../base/problem-codes.ts';

/** A problem that a comment of the file, with this reason, accepts. */
export interface Suppressed {
  readonly problem: Problem;
  readonly reason: string;
}

/** The severity that a project gives to a code; errors keep theirs. */
export type Severities = Readonly<Partial<Record<ProblemCode, Severity | 'off'>>>;

/** The problems of a text to show, and those that it accepts. */
export interface Settled {
  readonly problems: readonly Problem[];
  readonly suppressed: readonly Suppressed[];
}

/** One code of a comment. */
interface Accepted {
  readonly code: string;
  readonly reason: string;
  readonly span: Span;
  /** The lines that it is about: first and last, counted from 0. */
  readonly from: number;
  readonly to: number;
  /** Removes the code, or the comment with its only code. */
  readonly removal: TextEdit;
  isUsed: boolean;
}

const comment = /(^|\s)#[ \t]*stackprep-ignore\b(.*)/s;
const marker = 'stackprep-ignore';

/** The form of a comment, for messages and quick fixes. */
export function ignoreComment(code: string, reason: string): string {
  return `# ${marker} ${code}: ${reason}`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The last line of the block that begins at a line: the lines below that are indented more. */
function blockEnd(lines: readonly string[], from: number): number {
  const indent = indentOf(lines[from] ?? '');
  let end = from;
  for (let index = from + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= indent) break;
    end = index;
  }
  return end;
}

/** The first line after a comment that is neither empty nor a comment. */
function nextLine(lines: readonly string[], from: number): number {
  let index = from + 1;
  while (index < lines.length && /^\s*(?:#.*)?$/.test(lines[index] ?? '')) index += 1;
  return index;
}

function acceptedIn(
  lines: readonly string[],
  index: number,
  { start, next }: { readonly start: number; readonly next: number },
): readonly Accepted[] {
  const line = lines[index] ?? '';
  const found = line.includes(marker) ? comment.exec(line) : null;
  if (!found) return [];
  const [whole, lead = '', body = ''] = found;
  const at = start + found.index + lead.length;
  const colon = body.indexOf(':');
  const names = colon === -1 ? body : body.slice(0, colon);
  const reason = colon === -1 ? '' : body.slice(colon + 1).trim();
  const isAlone = line.slice(0, found.index + lead.length).trim() === '';
  const from = isAlone ? nextLine(lines, index) : index;
  const bodyStart = start + found.index + whole.length - body.length;
  const codes = [...names.matchAll(/[^\s,]+/g)];
  const end = start + line.length;
  const comments: TextEdit = isAlone
    ? { span: { start, end: next }, text: '' }
    : { span: { start: start + found.index, end }, text: '' };
  // Without a reason, its words are one problem, and a comment without a code is useless.
  const named = reason === '' ? codes.slice(0, 1) : codes;
  if (codes.length === 0)
    return [
      {
        code: 'CODE',
        reason: '',
        span: { start: at, end },
        from,
        to: from,
        removal: comments,
        isUsed: false,
      },
    ];
  return named.map(({ index: place, 0: code }, which): Accepted => {
    const span = { start: bodyStart + place, end: bodyStart + place + code.length };
    const later = codes[which + 1];
    const before = codes[which - 1];
    const removal: TextEdit =
      codes.length === 1
        ? comments
        : later
          ? { span: { start: span.start, end: bodyStart + later.index }, text: '' }
          : {
              span: { start: bodyStart + (before?.index ?? 0) + (before?.[0].length ?? 0), end: span.end },
              text: '',
            };
    return {
      code,
      reason,
      span: codes.length === 0 ? { start: at, end } : span,
      from,
      to: isAlone ? blockEnd(lines, from) : index,
      removal,
      isUsed: false,
    };
  });
}

const known: ReadonlySet<string> = new Set(problemCodes);

function uselessProblem(accepted: Accepted, hidesError: boolean): Problem {
  const { code, span, removal } = accepted;
  const message = !known.has(code)
    ? msg('There is no problem with the code {0}.', code)
    : hidesError
      ? msg('{0} is an error here. Errors cannot be ignored, because a run would fail.', code)
      : msg('{0} is not reported here. Remove the comment.', code);
  const fix = fixBy(msg('Remove {0}', code), [removal]);
  return { code: 'suppression-unused', severity: 'warning', span, message, ...(fix ? { fix } : {}) };
}

function withSeverity(problem: Problem, severities: Severities): readonly Problem[] {
  const wanted = problem.severity === 'error' ? undefined : own(severities, problem.code);
  if (wanted === undefined) return [problem];
  return wanted === 'off' ? [] : [{ ...problem, severity: wanted }];
}

/** The codes that the comments of a text accept. */
function acceptedOf(text: string): readonly Accepted[] {
  const written = text.split('\n');
  const lines = written.map((line) => line.replace(/\r$/, ''));
  const all: Accepted[] = [];
  let start = 0;
  written.forEach((line, index) => {
    const next = Math.min(start + line.length + 1, text.length);
    for (const each of acceptedIn(lines, index, { start, next })) all.push(each);
    start = next;
  });
  return all;
}

/** Sorts out the problems that comments of the text accept, and gives the others the severities of the project. */
export function settle(problems: readonly Problem[], text: string, severities: Severities = {}): Settled {
  const leveled =
    Object.keys(severities).length === 0
      ? problems
      : problems.flatMap((problem) => withSeverity(problem, severities));
  if (!text.includes(marker)) return { problems: leveled, suppressed: [] };
  const all = acceptedOf(text);
  const { at } = positions(text);
  const suppressed: Suppressed[] = [];
  const errors = new Set<Accepted>();
  const shown = leveled.filter((problem) => {
    const line = at(problem.span.start).line;
    const fitting = all.filter(({ code, from, to }) => code === problem.code && from <= line && line <= to);
    if (problem.severity === 'error') for (const each of fitting) errors.add(each);
    const [first] = fitting;
    if (!first || problem.severity === 'error' || first.reason === '') return true;
    for (const each of fitting) each.isUsed = true;
    suppressed.push({ problem, reason: first.reason });
    return false;
  });
  const unused = all.flatMap((each): readonly Problem[] => {
    if (each.reason === '')
      return [
        {
          code: 'suppression-reason',
          severity: 'warning',
          span: each.span,
          message: msg('Say why {0} is ignored here: {1}.', each.code, ignoreComment(each.code, '…')),
        },
      ];
    return each.isUsed ? [] : [uselessProblem(each, errors.has(each))];
  });
  const found = [...shown, ...unused].sort((a, b) => a.span.start - b.span.start);
  return { problems: found, suppressed };
}
