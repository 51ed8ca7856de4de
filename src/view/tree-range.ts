import { msg } from '../base/l10n.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import { nodeCount } from './counts.ts';
import { type ClusterSource, hasLogs, type Target } from './live.ts';
import { oldMark } from './old.ts';
import { type Status, worstOf } from './status.ts';
import { stepHeadline, tallyOf } from './tally.ts';
import { type TreeIcon, type TreeItemView, type TreeOptions, workTraits } from './tree-item.ts';

/** A range with more nodes than this has its own level. */
const mostWithoutLevel = 8;

/** Items with failures first; both parts keep their order. */
function failuresFirst(items: readonly TreeItemView[]): readonly TreeItemView[] {
  return [...items.filter(({ failures }) => failures > 0), ...items.filter(({ failures }) => failures === 0)];
}

/** The items that remain with the options, in the order to show them. */
export function shownItems(
  items: readonly TreeItemView[],
  { onlyFailed = false, failuresFirst: isFirst = false }: TreeOptions,
): readonly TreeItemView[] {
  const left = onlyFailed ? items.filter(({ failures }) => failures > 0) : items;
  return isFirst ? failuresFirst(left) : left;
}

function isKnown(status: Status): boolean {
  return status !== 'unchecked' && status !== 'unavailable';
}

function rangeIcon(statuses: readonly Status[]): TreeIcon {
  const worst = worstOf(statuses);
  return worst === 'unchecked' || worst === 'unavailable' ? 'range' : worst;
}

/** The level of a range: its nodes, or one step on them. */
interface Level {
  readonly range: OutlineItem;
  readonly names: readonly string[];
  readonly step: OutlineItem | undefined;
  readonly items: readonly TreeItemView[];
}

function rangeItem(source: ClusterSource, level: Level, options: TreeOptions): TreeItemView {
  const { range, names, step, items } = level;
  const { uri } = source.outline;
  const target: Target = { uri, nodes: names, ...(step ? { step: step.id } : {}) };
  const statuses = items.map(({ status }) => status);
  const cells = statuses.map((status) => ({ status, kind: source.state.run?.kind ?? ('run' as const) }));
  const description = stepHeadline(tallyOf(cells, names.length, [])) ?? nodeCount(names.length);
  const failures = items.reduce((sum, item) => sum + item.failures, 0);
  const isRunnable = step ? step.runnable : source.outline.cluster.runnable;
  return {
    id: JSON.stringify([uri, 'range', range.id, ...(step ? [step.id] : [])]),
    kind: 'range',
    label: range.id,
    description,
    spoken: msg('range of {0} nodes, {1}: {2}', names.length, range.id, description),
    icon: rangeIcon(statuses),
    ...oldMark(
      items.some(({ isOld }) => isOld) && items.every((item) => item.isOld || !isKnown(item.status)),
    ),
    tooltip: { title: range.id, lines: [nodeCount(names.length), description] },
    target,
    opens: 'file',
    status: worstOf(statuses),
    failures,
    traits: [
      ...(isRunnable ? (['runnable'] as const) : []),
      ...workTraits(source, target),
      ...(hasLogs(source) ? (['log'] as const) : []),
      ...(failures > 0 ? (['failed'] as const) : []),
    ],
    children: failuresFirst(shownItems(items, options)),
  };
}

/** Which of some nodes have a level of their range, by the name of the node. */
function levelsOf({ outline }: ClusterSource, names: readonly string[]): ReadonlyMap<string, OutlineItem> {
  const known = new Set(names);
  const levels = new Map<string, OutlineItem>();
  for (const range of outline.ranges) {
    const present = range.nodes.filter((name) => known.has(name));
    if (present.length > mostWithoutLevel) for (const name of present) levels.set(name, range);
  }
  return levels;
}

export interface Grouping {
  /** The nodes, in the order of the file. */
  readonly names: readonly string[];
  /** Set if the items are those of one step. */
  readonly step?: OutlineItem;
  readonly item: (name: string, index: number) => TreeItemView;
  readonly options: TreeOptions;
}

/** One node, or a large range with its nodes. */
interface Slot {
  readonly range: OutlineItem | undefined;
  readonly names: string[];
  readonly items: TreeItemView[];
}

/** The items of some nodes: those of a large range below one item, which is at the place of its first node. */
export function groupedItems(source: ClusterSource, grouping: Grouping): readonly TreeItemView[] {
  const { names, step, options } = grouping;
  const levels = levelsOf(source, names);
  const slots: Slot[] = [];
  const ofRange = new Map<OutlineItem, Slot>();
  names.forEach((name, index) => {
    const range = levels.get(name);
    const known = range && ofRange.get(range);
    const slot = known ?? { range, names: [], items: [] };
    if (!known) slots.push(slot);
    if (range) ofRange.set(range, slot);
    slot.names.push(name);
    slot.items.push(grouping.item(name, index));
  });
  const items = slots.flatMap(({ range, ...level }) =>
    range ? [rangeItem(source, { range, step, ...level }, options)] : level.items,
  );
  return shownItems(items, options);
}
