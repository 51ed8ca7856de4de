import type { Message } from './l10n.ts';
import type { problemCodes } from './problem-codes.ts';

/** A range in a text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information';

export type ProblemCode = (typeof problemCodes)[number];

/** A text edit: replaces the span with the text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** The one correct fix of a problem; its edits do not overlap and apply to the text that was read. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

/** A problem in the user's document; its span is converted to line and column only on output. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: Message;
  readonly fix?: Fix;
}

/** Merges the fixes of several problems; a fix whose edits overlap or touch earlier ones is left out. */
export function joinFixes(problems: readonly Problem[]): {
  readonly edits: readonly TextEdit[];
  readonly fixed: readonly Problem[];
} {
  const edits: TextEdit[] = [];
  const fixed = problems.filter(({ fix }) => {
    const slots = (fix?.edits ?? []).map(({ span }) => {
      const slot = slotOf(edits, span.start);
      const [before, after] = [edits[slot - 1], edits[slot]];
      const isClear = (!before || before.span.end < span.start) && (!after || after.span.start > span.end);
      return isClear ? slot : undefined;
    });
    if (!fix || slots.includes(undefined)) return false;
    for (const edit of fix.edits) edits.splice(slotOf(edits, edit.span.start), 0, edit);
    return true;
  });
  return { edits, fixed };
}

/** How many of the sorted edits start before an offset. */
function slotOf(edits: readonly TextEdit[], offset: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A fix, if its edits could be determined. */
export function fixBy(title: Message, edits: readonly TextEdit[] | undefined): Fix | undefined {
  return edits && edits.length > 0 ? { title, edits } : undefined;
}
