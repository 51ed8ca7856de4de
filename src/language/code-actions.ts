import type {
  CodeAction,
  CodeActionContext,
  CodeActionKind,
  Diagnostic,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { type Message, msg } from '../base/l10n.ts';
import { type Fix, joinFixes, type Problem } from '../base/problem.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import { ignoreFix } from './ignore-actions.ts';
import type { Initialization } from './initialization.ts';

const quickFix: CodeActionKind = 'quickfix';
/** The code action kind that fixes everything, with the part for `stackprep`. */
export const fixAll: CodeActionKind = 'source.fixAll.stackprep';

/** A document with its problems. */
export interface Judged extends Pick<ClusterDocument, 'uri' | 'positions' | 'text' | 'reading'> {
  readonly problems: readonly Problem[];
}

/** Whether the client requests actions of a kind; without a filter, all of them. */
function isAsked(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

/** The problems in a range that a comment can accept, with the fix that writes it. */
function ignorable(
  judged: Judged,
  range: Range,
): readonly { readonly problem: Problem; readonly fix: Fix }[] {
  return judged.problems.flatMap((problem) => {
    const fix = touches(rangeOf(judged, problem.span), range) ? ignoreFix(judged, problem) : undefined;
    return fix ? [{ problem, fix }] : [];
  });
}

/** The fixes for the problems in a range, and those for the whole text. */
export function codeActions(
  judged: Judged,
  { range, context }: { readonly range: Range; readonly context: Pick<CodeActionContext, 'only'> },
  reader: Initialization,
): readonly CodeAction[] {
  const { uri, problems } = judged;
  const fixable = problems.filter((problem) => problem.fix);
  const { translate } = reader;
  const change = (edits: Fix['edits']): WorkspaceEdit => ({
    changes: {
      [uri]: edits.map((edit): TextEdit => ({ range: rangeOf(judged, edit.span), newText: edit.text })),
    },
  });
  const here = fixable.filter(({ span }) => touches(rangeOf(judged, span), range));
  const single = (problem: Problem, fix: Fix): CodeAction => ({
    title: translate(fix.title),
    kind: quickFix,
    diagnostics: [...diagnosticsOf(judged, [problem], reader)],
    isPreferred: here.length === 1,
    edit: change(fix.edits),
  });
  const all = (kind: CodeActionKind, title: Message, chosen: readonly Problem[]): CodeAction => {
    const { edits, fixed } = joinFixes(chosen);
    const diagnostics: Diagnostic[] = [...diagnosticsOf(judged, fixed, reader)];
    return { title: translate(title), kind, diagnostics, edit: change(edits) };
  };
  const actions: CodeAction[] = [];
  if (isAsked(quickFix, context.only)) {
    for (const problem of here) if (problem.fix) actions.push(single(problem, problem.fix));
    for (const code of new Set(here.map((problem) => problem.code))) {
      const alike = fixable.filter((problem) => problem.code === code);
      if (alike.length > 1) actions.push(all(quickFix, msg('Fix all {0} of {1}', alike.length, code), alike));
    }
    if (here.length > 0 && fixable.length > 1)
      actions.push(all(quickFix, msg('Fix all auto-fixable problems in this file'), fixable));
  }
  if (isAsked(quickFix, context.only))
    for (const { problem, fix } of ignorable(judged, range))
      actions.push({ ...single(problem, fix), isPreferred: false });
  if (isAsked(fixAll, context.only) && context.only && fixable.length > 0)
    actions.push(all(fixAll, msg('Fix all auto-fixable problems in this file'), fixable));
  return actions;
}
