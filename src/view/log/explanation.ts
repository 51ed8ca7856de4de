import type { Explanation } from '../../yum/explain/match.ts';
import { widthOf } from '../page.ts';
import { explainLine, type LogView, partAt } from './document.ts';
import type { Mark } from './outline.ts';

/** An important line with its explanation. */
export interface ExplainedMark extends Mark {
  readonly explanation: Explanation;
}

/** Columns that fit in a window of usual size. */
const columns = 110;

/** The lines to explain: the main errors, and of all others the first with each explanation. */
export function newExplanations(view: LogView): readonly ExplainedMark[] {
  const shown = new Map<number, Set<string>>();
  return view.marks.flatMap((mark) => {
    const part = partAt(view, mark.row);
    const explanation = part && explainLine(part, mark.line);
    if (!explanation) return [];
    const known = shown.get(part.first) ?? new Set();
    shown.set(part.first, known);
    if (known.has(explanation.id) && mark.line !== part.summary.mainError) return [];
    known.add(explanation.id);
    return [{ ...mark, explanation }];
  });
}

/** Whether a text fits next to a line; otherwise it is shown above it. */
export function isBeside(line: string, text: string): boolean {
  return widthOf(line) + widthOf(text) <= columns;
}
