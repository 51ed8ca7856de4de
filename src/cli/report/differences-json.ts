import type { FileChange, FileSide, NodeDifference } from '../../plan/differences.ts';
import type { Plan } from '../../plan/plan.ts';
import { customRuns, orderOf } from '../../view/differences/custom.ts';
import { foldDifferences } from '../../view/differences/fold.ts';
import { commandText } from '../../view/differences/text.ts';
import { unifiedLines } from '../../view/differences/unified.ts';
import type { Context } from '../command-line/context.ts';
import { jsonText } from '../text/json.ts';

function sideJson(side: FileSide): object {
  const { kind } = side;
  if (kind === 'absent') return { kind };
  const { mode, owner, size, context } = side;
  return {
    ...{ kind, mode, owner, size },
    ...(context === undefined ? {} : { context }),
    ...('text' in side ? { text: side.text } : {}),
  };
}

function fileJson(change: FileChange): object {
  const diff = unifiedLines(change)
    .map(({ text }) => `${text}\n`)
    .join('');
  return { path: change.path, before: sideJson(change.before), after: sideJson(change.after), diff };
}

/** Prints a line of JSON for each step and each group of nodes with equal changes; docs/plan.md has the fields. */
export function printDifferencesJson({ io }: Context, plan: Plan, found: readonly NodeDifference[]): void {
  const order = orderOf(plan);
  const { steps, unavailable } = foldDifferences(found, order);
  const print = (item: object): void => void io.stdout.write(`${jsonText(item)}\n`);
  for (const { step, differences } of steps)
    for (const { nodes, difference } of differences) {
      const { end, isCut, notices } = difference;
      print({
        type: 'difference',
        ...{ step, nodes, end, complete: end === 'whole' && !isCut },
        files: difference.files.map(fileJson),
        transactions: difference.transactions,
        commands: difference.effects.map(commandText),
        notices,
      });
    }
  for (const { step, nodes, run } of customRuns(plan))
    print({
      type: 'difference',
      step,
      nodes,
      end: 'custom',
      complete: false,
      files: [],
      transactions: [],
      commands: [run],
      notices: [],
    });
  for (const [reason, nodes] of unavailable) print({ type: 'no-difference', nodes, reason });
}
