import { own } from '../../base/own.ts';
import type { Outline, OutlineItem } from '../../cluster/outline.ts';
import type { NodeStatus } from '../../run/state.ts';
import { comparableText } from '../comparable.ts';
import { nodeCount } from '../counts.ts';
import { failureLabel } from '../failures.ts';
import { activityText, type ClusterSource, failureOf, hasLogs, isActive, nodeOf } from '../live.ts';
import { indexOf } from '../outline-index.ts';
import { cellOf, groupCell, groupTraits, noCell, rank, worst } from './cells.ts';
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

/** What something was drawn from, apart from the status of its node or step. */
type Base = readonly unknown[];

function isSame(one: Base, other: Base): boolean {
  return one.every((part, index) => part === other[index]);
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

/** The cells of a node as they were drawn last, and what of the node and the run they were made of. */
interface DrawnCells {
  readonly base: Base;
  readonly steps: NodeStatus['steps'];
  readonly cells: readonly DashboardCell[];
}

const drawnCells = new WeakMap<Outline, Map<string, DrawnCells>>();

/** The cells of a node; the same ones as long as nothing that they show has changed. */
function cellsOfNode(
  { source, steps: items, translate, time }: Rows,
  name: string,
): readonly DashboardCell[] {
  const { outline, scope, state } = source;
  const { steps, connection, failure, occupant, notStarted, outcome, lastRun } = nodeOf(source, name);
  const base: Base = [
    ...[items, scope, state.run, translate],
    ...[comparableText(source), connection, failure, occupant, notStarted, outcome, lastRun],
  ];
  const known = drawnCells.get(outline) ?? new Map<string, DrawnCells>();
  drawnCells.set(outline, known);
  const last = known.get(name);
  const before = last && isSame(last.base, base) ? last : undefined;
  const present = indexOf(outline).stepsOf.get(name) ?? [];
  let next = 0;
  const cells = items.map((item, column) => {
    // Both lists have the order of work.
    if (present[next] !== item) return noCell;
    next += 1;
    const drawnCell = before?.cells[column];
    // Another step blocks it, so it may change without this one.
    const isKept =
      drawnCell && drawnCell.status !== 'blocked' && own(before.steps, item.id) === own(steps, item.id);
    return isKept ? drawnCell : cellOf(source, { node: name, item, translate, time });
  });
  known.set(name, { base, steps, cells });
  return cells;
}

function drawnRow(of: Rows, name: string, group?: string): DashboardRow {
  const { source, translate } = of;
  const cells = cellsOfNode(of, name);
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

const drawn = new WeakMap<NodeStatus, { readonly base: Base; readonly row: DashboardRow }>();

/** The row of a node; the same one as long as nothing about the node has changed. */
function nodeRow(of: Rows, name: string, group?: string): DashboardRow {
  const { source, translate } = of;
  const { outline, scope, state } = source;
  const status = nodeOf(source, name);
  const base: Base = [
    ...[outline, scope, state.run, hasLogs(source), comparableText(source)],
    ...[translate, name, group],
  ];
  const known = drawn.get(status);
  if (known && isSame(known.base, base)) return known.row;
  const row = drawnRow(of, name, group);
  drawn.set(status, { base, row });
  return row;
}

/** The row of a group and those of its nodes, failures first. */
function groupRows(of: Rows, { id, label, nodes }: NodeGroup): readonly DashboardRow[] {
  const { source, steps, translate } = of;
  const members = nodes.map((name) => nodeRow(of, name, id));
  const cells = steps.map((item, column) => {
    const each = members.flatMap(({ cells: those }) => those[column] ?? []);
    return groupCell(source, { step: item.id, nodes, cells: each });
  });
  const present = new Set(members.flatMap(({ traits }) => traits));
  const head: DashboardRow = {
    ...{ id, label, isGroup: true, size: nodes.length },
    status: worst(members.map(({ status }) => status)),
    note: translate(nodeCount(nodes.length)),
    traits: groupTraits.filter((trait) => present.has(trait)),
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
