import type { OutlineItem } from '../../cluster/outline.ts';
import type { NodeStatus } from '../../run/state.ts';
import { nodeCount } from '../counts.ts';
import { failureLabel } from '../failures.ts';
import { activityText, type ClusterSource, failureOf, hasLogs, isActive, nodeOf } from '../live.ts';
import { indexOf } from '../outline-index.ts';
import { cellOf, groupCell, noCell, rank, worst } from './cells.ts';
import { groupNodes, type NodeGroup } from './groups.ts';
import type { DashboardOptions } from './head.ts';
import {
  type CellStatus,
  type DashboardCell,
  type DashboardRow,
  type DashboardTrait,
  isFailure,
} from './model.ts';

interface Rows extends Pick<DashboardOptions, 'translate' | 'time'> {
  readonly source: ClusterSource;
  readonly steps: readonly OutlineItem[];
}

function statusOf(source: ClusterSource, name: string, cells: readonly DashboardCell[]): CellStatus {
  if (isActive(source, name) && nodeOf(source, name).connection !== 'idle') return 'running';
  if (failureOf(source, name)) return 'unreachable';
  return worst(cells.map(({ status }) => status));
}

function nodeTraits(source: ClusterSource, name: string, status: CellStatus): readonly DashboardTrait[] {
  const steps = indexOf(source.outline).stepsOf.get(name) ?? [];
  return [
    ...(steps.some(({ runnable }) => runnable) ? (['runnable'] as const) : []),
    ...(source.scope ? [] : (['idle'] as const)),
    ...(isActive(source, name) ? (['busy'] as const) : []),
    ...(hasLogs(source) ? (['log'] as const) : []),
    ...(isFailure(status) ? (['failed'] as const) : []),
    ...(failureOf(source, name)?.code === 'host-key-changed' ? (['rebuilt'] as const) : []),
  ];
}

function drawnRow({ source, steps, translate, time }: Rows, name: string, group?: string): DashboardRow {
  const present = new Set(indexOf(source.outline).stepsOf.get(name));
  const cells = steps.map((item) =>
    present.has(item) ? cellOf(source, { node: name, item, translate, time }) : noCell,
  );
  const failure = failureOf(source, name);
  const note = activityText(source, name) ?? (failure && failureLabel(failure.code));
  const status = statusOf(source, name, cells);
  return {
    ...{ id: name, label: name, isGroup: false, status },
    ...(group === undefined ? {} : { group }),
    ...(note ? { note: translate(note) } : {}),
    traits: nodeTraits(source, name, status),
    cells,
  };
}

/** What the row of a node is made of in addition to the status of the node. */
type Base = readonly unknown[];

const drawn = new WeakMap<NodeStatus, { readonly base: Base; readonly row: DashboardRow }>();

/** The row of a node; the same one as long as nothing about the node has changed. */
function nodeRow(of: Rows, name: string, group?: string): DashboardRow {
  const { source, translate } = of;
  const { outline, scope, state } = source;
  const status = nodeOf(source, name);
  const base: Base = [outline, scope, state.run, hasLogs(source), translate, name, group];
  const known = drawn.get(status);
  if (known?.base.every((part, index) => part === base[index])) return known.row;
  const row = drawnRow(of, name, group);
  drawn.set(status, { base, row });
  return row;
}

/** The row of a group and those of its nodes, failures first. */
function groupRows(of: Rows, { id, label, nodes }: NodeGroup): readonly DashboardRow[] {
  const { source, steps, translate } = of;
  const members = nodes.map((name) => nodeRow(of, name, id));
  const cells = steps.map((item, column) => {
    const own = members.flatMap(({ cells: each }) => each[column] ?? []);
    return groupCell(source, { step: item.id, nodes, cells: own });
  });
  const has = (trait: DashboardTrait): boolean => members.some(({ traits }) => traits.includes(trait));
  const head: DashboardRow = {
    ...{ id, label, isGroup: true, size: nodes.length },
    status: worst(members.map(({ status }) => status)),
    note: translate(nodeCount(nodes.length)),
    traits: (['runnable', 'idle', 'busy', 'log', 'failed'] as const).filter(has),
    cells,
  };
  const order = [...members].sort((one, other) => failureRank(one) - failureRank(other));
  return [head, ...order];
}

/** Rows without a failure keep the order of the file, so that rows do not move while steps end. */
function failureRank({ status }: DashboardRow): number {
  return isFailure(status) ? rank(status) : Number.POSITIVE_INFINITY;
}

/** All rows: nodes, and groups followed by their nodes. */
export function rowsOf(
  source: ClusterSource,
  steps: readonly OutlineItem[],
  { translate, time }: Pick<DashboardOptions, 'translate' | 'time'>,
): readonly DashboardRow[] {
  const of = { source, steps, translate, time };
  return groupNodes(source.outline).flatMap((entry) =>
    typeof entry === 'string' ? [nodeRow(of, entry)] : groupRows(of, entry),
  );
}
