import { joined, type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import type { StepStatus } from '../run/state.ts';
import { findStep } from '../steps/catalogue.ts';
import { timeLeft } from '../yum/pace.ts';
import { cellText } from './cell.ts';
import { comparableSteps } from './comparable.ts';
import {
  type ClusterSource,
  canCancel,
  cancelledHow,
  cellAt,
  lockText,
  nodeOf,
  type Target,
  withCancelled,
  withLeft,
} from './live.ts';
import { oldMark } from './old.ts';
import { percentOf, type Status, withManifest } from './status.ts';
import { stepTooltip, type Tooltip } from './tooltip.ts';

export type GroupBy = 'node' | 'step';

/** A status, or the kind of an item without one. */
export type TreeIcon = Status | 'cluster' | 'faulty' | 'node' | 'range' | 'waiting';

type Trait =
  | 'runnable'
  | 'idle'
  | 'busy'
  | 'log'
  | 'compare'
  | 'failed'
  | 'script'
  | 'undoable'
  | 'rebuilt'
  | 'errors'
  | 'unfinished';

/** An item of the sidebar, ready for display. */
export interface TreeItemView {
  /** Stable as long as the item represents the same thing. */
  readonly id: string;
  readonly kind: 'cluster' | 'range' | 'node' | 'step' | 'cell';
  readonly label: string;
  readonly description?: Message;
  /** The item for a screen reader: its kind, its position and its state. */
  readonly spoken: Message;
  readonly icon: TreeIcon;
  /** Its status is that of an earlier run. */
  readonly isOld?: true;
  readonly tooltip: Tooltip;
  readonly target: Target;
  /** What a click opens: the log of the target, or its place in the cluster file. */
  readonly opens: 'log' | 'file';
  /** The combined status of what is in it. */
  readonly status: Status;
  /** Number of failed steps and unreachable nodes in it. */
  readonly failures: number;
  /** Its possible actions: words for the `when` clauses of the menus. */
  readonly traits: readonly Trait[];
  readonly children: readonly TreeItemView[];
}

export interface TreeOptions {
  readonly groupBy: GroupBy;
  /** Whether nodes with failures come first also outside of a range; otherwise in the order of the file. */
  readonly failuresFirst?: boolean;
  /** Whether to leave out everything without a failure, except the clusters. */
  readonly onlyFailed?: boolean;
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
  /** The display name of a cluster file, from its URI. */
  readonly file: (uri: string) => string;
}

/** The position of an item among its siblings in the file, from 1. */
export interface Position {
  readonly index: number;
  readonly count: number;
}

export function describing(parts: readonly (Message | undefined)[]): Message | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : joined(present, ' · ');
}

export function withDescription(description: Message | undefined): { readonly description?: Message } {
  return description ? { description } : {};
}

/** Whether this version has a script for the step, and can undo it; a custom step cannot be undone. */
export function scriptTraits({ id, runnable }: OutlineItem): readonly ('runnable' | 'script' | 'undoable')[] {
  if (!runnable) return [];
  const step = findStep(id);
  return ['runnable', 'script', ...(step?.reverts ? (['undoable'] as const) : [])];
}

/** Whether the package transactions of a step can be compared: of any two nodes, or of this one and another. */
export function compareTraits(
  source: ClusterSource,
  { id }: OutlineItem,
  node?: string,
): readonly 'compare'[] {
  if (!comparableSteps(source).has(id)) return [];
  const isOne = node === undefined || own(nodeOf(source, node).steps, id)?.hasTransaction;
  return isOne ? ['compare'] : [];
}

/** Whether an item can be run or cancelled, or neither while a run uses other nodes. */
export function workTraits(source: ClusterSource, target: Target): readonly ('idle' | 'busy')[] {
  if (!source.scope) return ['idle'];
  return canCancel(source, target) ? ['busy'] : [];
}

/** Whether the status is that of something to be fixed on the node. */
export function isFailure(status: Status): boolean {
  return status === 'failed' || status === 'interrupted' || status === 'unreachable';
}

/** Whether a log of a step on a node is known. */
export function isLogged(source: ClusterSource, node: string, step: string): boolean {
  return own(nodeOf(source, node).steps, step)?.logRun !== undefined;
}

function describedCell(source: ClusterSource, item: OutlineItem, { node, options }: CellPlace): Message {
  const at = cellAt(source, node, item);
  const step = own(nodeOf(source, node).steps, item.id);
  const word = cellText(at, options.time);
  if (at.status !== 'running') return word;
  const isStopping = cancelledHow(source, node, item.id) === 'now';
  return withCancelled(runningText(word, step), isStopping ? 'now' : undefined);
}

function runningText(word: Message, { phase, yum, pace }: Partial<StepStatus> = {}): Message {
  if (phase === 'check') return msg('checking…');
  if (phase === 'verify') return msg('verifying…');
  if (yum?.lockHolder) return lockText(yum.lockHolder);
  const percent = percentOf(yum);
  if (percent === undefined) return word;
  const counted = withManifest(joined([word, `${percent} %`], ', '), yum);
  return withLeft(counted, pace && timeLeft(pace));
}

/** The place of a step on a node in the tree: its parent is the one of the two that is not the label. */
export interface CellPlace {
  readonly node: string;
  readonly under: GroupBy;
  readonly position: Position;
  readonly options: TreeOptions;
}

/** A step on a node. */
export function cellItem(source: ClusterSource, item: OutlineItem, place: CellPlace): TreeItemView {
  const { node, under, position, options } = place;
  const { uri } = source.outline;
  const { status } = cellAt(source, node, item);
  const logged = isLogged(source, node, item.id);
  const target: Target = { uri, nodes: [node], step: item.id };
  const description = describedCell(source, item, place);
  const { index, count } = position;
  return {
    id: JSON.stringify(under === 'node' ? [uri, 'node', node, item.id] : [uri, 'step', item.id, node]),
    kind: 'cell',
    label: under === 'node' ? item.id : node,
    description,
    spoken:
      under === 'node'
        ? msg('step {0} of {1}, {2}, {3}: {4}', index, count, node, item.id, description)
        : msg('node {0} of {1}, {2}, {3}: {4}', index, count, node, item.id, description),
    icon: status,
    ...oldMark(own(nodeOf(source, node).steps, item.id)?.isOld),
    tooltip: stepTooltip({ source, item, node, time: options.time }),
    target,
    opens: logged ? 'log' : 'file',
    status,
    failures: isFailure(status) ? 1 : 0,
    traits: [
      ...scriptTraits(item),
      ...workTraits(source, target),
      ...(logged ? (['log'] as const) : []),
      ...compareTraits(source, item, node),
      ...(status === 'failed' || status === 'interrupted' ? (['failed'] as const) : []),
    ],
    children: [],
  };
}
