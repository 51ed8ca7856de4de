import { assertNever } from '../../base/assert-never.ts';
import type { NodeDifference } from '../../plan/differences.ts';
import type { Plan } from '../../plan/plan.ts';
import { differenceBlocks } from '../../view/differences/blocks.ts';
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
  const { blocks, unavailable } = differenceBlocks(plan, found, t);
  const texts = blocks.map(({ step, nodes, lines }) =>
    [
      `${style.bold(step)}  ${style.dim(nodes.join(', '))}`,
      ...lines.map((line) => `  ${painted(line, style)}`.trimEnd()),
      '',
    ].join('\n'),
  );
  const missing = unavailable.map(({ nodes, reason }) => `${style.bold(nodes.join(', '))}  ${reason}\n`);
  return [...texts, ...missing].map((text) => `${text}\n`).join('');
}
