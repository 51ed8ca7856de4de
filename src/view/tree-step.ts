import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import { type ClusterSource, nodeOf, talliedOf } from './live.ts';
import { areOld, oldMark } from './old.ts';
import { progressText, stepProgress } from './progress.ts';
import { statusText, worstOf } from './status.ts';
import { stepHeadline } from './tally.ts';
import {
  cellItem,
  compareTraits,
  isFailure,
  isLogged,
  type Position,
  scriptTraits,
  type TreeItemView,
  type TreeOptions,
  workTraits,
} from './tree-item.ts';
import type { Recall } from './tree-memory.ts';
import { groupedItems } from './tree-range.ts';

/** The place of a step in the tree. */
export interface StepPlace {
  readonly position: Position;
  readonly recall: Recall;
  readonly options: TreeOptions;
}

/** A step with its nodes. */
export function stepItem(
  source: ClusterSource,
  item: OutlineItem,
  { position: { index, count }, recall, options }: StepPlace,
): TreeItemView {
  const { uri } = source.outline;
  const tally = talliedOf(source, item.nodes, item);
  const progress = stepProgress(source, item.id, item.nodes);
  const description = item.runnable
    ? ((progress ? progressText(progress) : stepHeadline(tally)) ?? statusText('unchecked'))
    : statusText('unavailable');
  const logs = item.nodes.some((name) => isLogged(source, name, item.id));
  const { length } = item.nodes;
  return {
    id: JSON.stringify([uri, 'step', item.id]),
    kind: 'step',
    label: item.id,
    description,
    spoken: msg('step {0} of {1}, {2}: {3}', index, count, item.id, description),
    icon: progress ? 'running' : worstOf([...tally.counts.keys()]),
    ...oldMark(areOld(item.nodes.map((name) => own(nodeOf(source, name).steps, item.id)))),
    tooltip: { title: item.id, lines: [description] },
    target: { uri, step: item.id },
    opens: 'file',
    status: worstOf([...tally.counts.keys()]),
    failures: [...tally.counts].reduce((sum, [status, found]) => sum + (isFailure(status) ? found : 0), 0),
    traits: [
      ...scriptTraits(item),
      ...workTraits(source, { uri, step: item.id }),
      ...(logs ? (['log'] as const) : []),
      ...compareTraits(source, item),
    ],
    children: groupedItems(source, {
      names: item.nodes,
      step: item,
      item: (node, at) =>
        recall(JSON.stringify([item.id, node]), node, () =>
          cellItem(source, item, {
            node,
            under: 'step',
            position: { index: at + 1, count: length },
            options,
          }),
        ),
      options,
    }),
  };
}
