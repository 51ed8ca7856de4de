import type { Message } from './l10n.ts';
import type { problemCodes } from './problem-codes.ts';

/** A place in a text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information';

export type ProblemCode = (typeof problemCodes)[number];

/** One change of a text: what stands in the span becomes the text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** The one correct fix of a problem; its edits do not overlap and all hold for the text that was read. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

/** A fault of the user's document, as a value; line and column are made only at the edge. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: Message;
  readonly fix?: Fix;
}

/** The fixes of several problems in one: each whose edits keep clear of those before it, and do not even touch them. */
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

/** How many of the edits, which are in order, begin before an offset. */
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

/** A fix, where its edits could be found. */
export function fixBy(title: Message, edits: readonly TextEdit[] | undefined): Fix | undefined {
  return edits && edits.length > 0 ? { title, edits } : undefined;
}
