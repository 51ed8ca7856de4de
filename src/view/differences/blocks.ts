import { msg, type Translate } from '../../base/l10n.ts';
import type { FileChange, NodeDifference } from '../../plan/differences.ts';
import type { Plan } from '../../plan/plan.ts';
import { customRuns, orderOf } from './custom.ts';
import { foldDifferences } from './fold.ts';
import { customLines, differenceLines, unpreviewedText } from './text.ts';
import type { DifferenceLine } from './unified.ts';

/** What a step would change on some nodes. */
export interface DifferenceBlock {
  readonly step: string;
  readonly nodes: readonly string[];
  /** At least one; those of the files come first, each file with two lines of the kind `head`. */
  readonly lines: readonly DifferenceLine[];
  readonly files: readonly FileChange[];
}

/** The changes of all nodes, ready to be printed. */
export interface DifferenceBlocks {
  /** In the order of the plan: of each step the nodes, nodes with equal changes together. */
  readonly blocks: readonly DifferenceBlock[];
  /** The nodes that cannot show differences, with the reason. */
  readonly unavailable: readonly { readonly nodes: readonly string[]; readonly reason: string }[];
}

/** The changes of all steps of a plan. */
export function differenceBlocks(
  plan: Plan,
  found: readonly NodeDifference[],
  t: Translate,
): DifferenceBlocks {
  const order = orderOf(plan);
  const { steps, unavailable } = foldDifferences(found, order);
  const customs = new Map(customRuns(plan).map((each) => [each.step, each]));
  const blocks = order.steps.flatMap((step): readonly DifferenceBlock[] => {
    const custom = customs.get(step);
    if (custom) return [{ step, nodes: custom.nodes, lines: customLines(custom.run), files: [] }];
    const folded = steps.find((each) => each.step === step)?.differences ?? [];
    return folded.map(({ nodes, difference }) => {
      const lines = differenceLines(difference, t);
      const nothing = [{ kind: 'note', text: t(msg('Nothing that can be shown.')) } as const];
      return { step, nodes, lines: lines.length > 0 ? lines : nothing, files: difference.files };
    });
  });
  return {
    blocks,
    unavailable: [...unavailable].map(([why, nodes]) => ({ nodes, reason: t(unpreviewedText(why)) })),
  };
}
