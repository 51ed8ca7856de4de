import { assertNever } from '../../base/assert-never.ts';
import { msg } from '../../base/l10n.ts';
import type { NodeDifference } from '../../plan/differences.ts';
import type { Plan } from '../../plan/plan.ts';
import { customRuns, orderOf } from '../../view/differences/custom.ts';
import { foldDifferences } from '../../view/differences/fold.ts';
import { customLines, differenceLines, unpreviewedText } from '../../view/differences/text.ts';
import type { DifferenceLine } from '../../view/differences/unified.ts';
import type { Context } from '../command-line/context.ts';
import type { Style } from '../terminal/style.ts';
import { shownAs } from '../text/printable.ts';

function painted({ kind, text }: DifferenceLine, style: Style): string {
  const shown = shownAs(text);
  switch (kind) {
    case 'head':
      return style.bold(shown);
    case 'place':
      return style.cyan(shown);
    case 'added':
      return style.green(shown);
    case 'removed':
      return style.red(shown);
    case 'note':
      return style.dim(shown);
    case 'same':
      return shown;
    default:
      return assertNever(kind);
  }
}

/** The changes of all steps, in the order of the plan: of each step the nodes, nodes with equal changes together. */
export function differencesText({ t, style }: Context, plan: Plan, found: readonly NodeDifference[]): string {
  const order = orderOf(plan);
  const { steps, unavailable } = foldDifferences(found, order);
  const block = (step: string, nodes: readonly string[], lines: readonly DifferenceLine[]): string =>
    [
      `${style.bold(step)}  ${style.dim(nodes.join(', '))}`,
      ...(lines.length > 0
        ? lines
        : [{ kind: 'note', text: t(msg('Nothing that can be shown.')) } as const]
      ).map((line) => `  ${painted(line, style)}`.trimEnd()),
      '',
    ].join('\n');
  const customs = new Map(customRuns(plan).map((each) => [each.step, each]));
  const blocks = order.steps.flatMap((step) => {
    const custom = customs.get(step);
    if (custom) return [block(step, custom.nodes, customLines(custom.run))];
    const folded = steps.find((each) => each.step === step)?.differences ?? [];
    return folded.map(({ nodes, difference }) => block(step, nodes, differenceLines(difference, t)));
  });
  const missing = [...unavailable].map(
    ([why, nodes]) => `${style.bold(nodes.join(', '))}  ${t(unpreviewedText(why))}\n`,
  );
  return [...blocks, ...missing].map((text) => `${text}\n`).join('');
}
