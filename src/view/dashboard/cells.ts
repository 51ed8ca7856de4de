import { type Message, msg, plain, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { OutlineItem } from '../../cluster/outline.ts';
import type { StepStatus } from '../../run/state.ts';
import { type Cell, cellText } from '../cell.ts';
import {
  type ClusterSource,
  cancelledHow,
  cellAt,
  isAhead,
  lockText,
  nodeOf,
  withCancelled,
} from '../live.ts';
import { stepProgress } from '../progress.ts';
import { percentOf, statusText } from '../status.ts';
import { compareTraits } from '../tree-item.ts';
import type { CellStatus, DashboardCell, DashboardTrait } from './model.ts';

/** Precedence when several statuses are combined, and their order in a count. */
const precedence: readonly CellStatus[] = [
  ...(['failed', 'interrupted', 'unreachable', 'running', 'blocked'] as const),
  ...(['not-started', 'drifted', 'needed'] as const),
  ...(['undone', 'cancelled', 'unknown', 'unchecked', 'changed', 'done', 'unchanged'] as const),
  ...(['nothing-to-undo', 'unavailable', 'none'] as const),
];

/** What can be done with a group of nodes. */
export const groupTraits = ['runnable', 'idle', 'busy', 'log', 'compare', 'failed'] as const;

/** Combines several statuses into one: failures first, since a group of nodes must not hide them. */
export function worst(statuses: Iterable<CellStatus>): CellStatus {
  const present = new Set(statuses);
  return precedence.find((status) => present.has(status)) ?? 'none';
}

/** How far up a row belongs: failures first. */
export function rank(status: CellStatus): number {
  return precedence.indexOf(status);
}

/** The status of a step on a node as words. */
export function cellWord(status: CellStatus): Message {
  return status === 'none' ? msg('not on this node') : statusText(status);
}

/** The current action in as few words as possible. */
function activity({ phase, yum }: StepStatus): Message | undefined {
  if (phase === 'check') return msg('checking…');
  if (phase === 'verify') return msg('verifying…');
  if (yum?.lockHolder) return lockText(yum.lockHolder);
  const percent = percentOf(yum);
  return percent === undefined ? undefined : plain(`${percent} %`);
}

/** Foreign text: a node names the holder of the lock. */
function waitsFor(step: StepStatus | undefined): Pick<DashboardCell, 'waits'> {
  const holder = step?.yum?.lockHolder;
  return holder ? { waits: `${holder.holder} (${holder.pid})` } : {};
}

/** The times of a step in the last run; nothing if the run has not started it. */
function timesOf(source: ClusterSource, step: StepStatus, isRunning: boolean): Partial<DashboardCell> {
  if (step.startedAt === undefined || step.logRun !== source.state.run?.id) return {};
  const took = isRunning ? {} : { milliseconds: step.milliseconds ?? 0 };
  return { startedAt: step.startedAt, ...took };
}

function traitsOf(
  source: ClusterSource,
  { node, item, status }: { readonly node: string; readonly item: OutlineItem; readonly status: CellStatus },
): readonly DashboardTrait[] {
  if (status === 'none') return [];
  const isBusy = isAhead(source, node, item.id);
  return [
    ...(item.runnable ? (['runnable'] as const) : []),
    ...(source.scope ? [] : (['idle'] as const)),
    ...(isBusy ? (['busy'] as const) : []),
    ...(own(nodeOf(source, node).steps, item.id)?.logRun === undefined ? [] : (['log'] as const)),
    ...compareTraits(source, item, node),
    ...(status === 'failed' || status === 'interrupted' ? (['failed'] as const) : []),
  ];
}

/** The cell in words if its status alone does not say enough: `blocked by upgrade`, `connection refused`. */
function causeOf(cell: Cell, time: Place['time']): Message | undefined {
  return cell.by !== undefined || cell.failure ? cellText(cell, time) : undefined;
}

/** Where a cell is. */
interface Place {
  readonly node: string;
  readonly item: OutlineItem;
  readonly translate: Translate;
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
}

/** A step on a node. Of the node's steps it depends on its own only, unless another one blocks it. */
export function cellOf(source: ClusterSource, { node, item, translate, time }: Place): DashboardCell {
  const cell = cellAt(source, node, item);
  const { status } = cell;
  const step = own(nodeOf(source, node).steps, item.id);
  const traits = traitsOf(source, { node, item, status });
  const isRunning = status === 'running';
  const text = isRunning ? step && activity(step) : causeOf(cell, time);
  const how = isRunning && cancelledHow(source, node, item.id) === 'now' ? 'now' : undefined;
  const percent = isRunning ? percentOf(step?.yum) : undefined;
  return {
    status,
    ...(text ? { text: translate(withCancelled(text, how)) } : {}),
    ...(percent === undefined ? {} : { percent }),
    ...(isRunning ? waitsFor(step) : {}),
    ...(step ? timesOf(source, step, isRunning) : {}),
    traits,
  };
}

/** A step that a node does not have. */
export const noCell: DashboardCell = { status: 'none', traits: [] };

/** A step on all nodes of a group. */
export function groupCell(
  source: ClusterSource,
  of: {
    readonly step: string;
    readonly nodes: readonly string[];
    readonly cells: readonly DashboardCell[];
  },
): DashboardCell {
  const { step, nodes, cells } = of;
  const counts = new Map<CellStatus, number>();
  const present = new Set<DashboardTrait>();
  let isMeasured = false;
  for (const { status, traits, percent } of cells) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
    for (const trait of traits) present.add(trait);
    isMeasured ||= percent !== undefined;
  }
  // Without a transaction there is no percentage.
  const progress = isMeasured ? stepProgress(source, step, nodes) : undefined;
  return {
    status: worst(counts.keys()),
    ...(progress?.percent === undefined ? {} : { percent: progress.percent }),
    counts: precedence.flatMap((status) => {
      const count = counts.get(status);
      return count === undefined || status === 'none' ? [] : [{ status, count }];
    }),
    traits: groupTraits.filter((trait) => present.has(trait)),
  };
}
