import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import type { StepStatus } from '../run/state.ts';
import { timeLeft } from '../yum/pace.ts';
import { cellText } from './cell.ts';
import { clusterTexts } from './cluster-text.ts';
import { failureLabel } from './failures.ts';
import {
  activityText,
  type ClusterSource,
  canCancel,
  cancelledHow,
  cellAt,
  earlierText,
  failureOf,
  hasLogs,
  isActive,
  lockText,
  nodeOf,
  progressText,
  runProgress,
  stepProgress,
  type Target,
  talliedOf,
  withCancelled,
  withLeft,
} from './live.ts';
import { areOld, oldMark } from './old.ts';
import { indexOf } from './outline-index.ts';
import { percentOf, type Status, statusText, withManifest, worstOf } from './status.ts';
import { headline, stepHeadline, type Tally } from './tally.ts';
import { nodeTooltip, stepTooltip, type Tooltip } from './tooltip.ts';

export type GroupBy = 'node' | 'step';

/** A status, or the kind of an item without one. */
export type TreeIcon = Status | 'cluster' | 'node' | 'waiting';

/** An item of the sidebar, ready for display. */
export interface TreeItemView {
  /** Stable as long as the item represents the same thing. */
  readonly id: string;
  readonly kind: 'cluster' | 'node' | 'step' | 'cell';
  readonly label: string;
  readonly description?: Message;
  readonly icon: TreeIcon;
  /** Its status is that of an earlier run. */
  readonly isOld?: true;
  readonly tooltip: Tooltip;
  readonly target: Target;
  /** Its possible actions: words for the `when` clauses of the menus. */
  readonly traits: readonly (
    | 'runnable'
    | 'idle'
    | 'busy'
    | 'log'
    | 'failed'
    | 'script'
    | 'rebuilt'
    | 'unfinished'
  )[];
  readonly children: readonly TreeItemView[];
}

export interface TreeOptions {
  readonly groupBy: GroupBy;
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
  /** The display name of a cluster file, from its URI. */
  readonly file: (uri: string) => string;
}

function describing(parts: readonly (Message | undefined)[]): Message | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : joined(present, ' · ');
}

function withDescription(description: Message | undefined): { readonly description?: Message } {
  return description ? { description } : {};
}

/** Whether an item can be run or cancelled, or neither while a run uses other nodes. */
function workTraits(source: ClusterSource, target: Target): readonly ('idle' | 'busy')[] {
  if (!source.scope) return ['idle'];
  return canCancel(source, target) ? ['busy'] : [];
}

function describedCell(source: ClusterSource, item: OutlineItem, node: string): Message {
  const at = cellAt(source, node, item);
  const step = own(nodeOf(source, node).steps, item.id);
  const word = cellText(at);
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
  const told = withManifest(joined([word, `${percent} %`], ', '), yum);
  return withLeft(told, pace && timeLeft(pace));
}

/** A step on a node; `label` is the one of the two that is not the parent. */
function cell(
  source: ClusterSource,
  item: OutlineItem,
  on: { readonly node: string; readonly label: string; readonly id: string; readonly options: TreeOptions },
): TreeItemView {
  const { status } = cellAt(source, on.node, item);
  const known = own(nodeOf(source, on.node).steps, item.id);
  const logged = known?.logRun !== undefined;
  const target: Target = { uri: source.outline.uri, nodes: [on.node], step: item.id };
  return {
    id: on.id,
    kind: 'cell',
    label: on.label,
    description: describedCell(source, item, on.node),
    icon: status,
    ...oldMark(known?.isOld),
    tooltip: stepTooltip({ source, item, node: on.node, time: on.options.time }),
    target,
    traits: [
      ...(item.runnable ? (['runnable', 'script'] as const) : []),
      ...workTraits(source, target),
      ...(logged ? (['log'] as const) : []),
      ...(status === 'failed' || status === 'interrupted' ? (['failed'] as const) : []),
    ],
    children: [],
  };
}

/** A short name of the node's operating system: `CentOS 7`, `CentOS Stream 9`, `RHEL 9.4`. */
function systemText(source: ClusterSource, name: string): Message | undefined {
  const [full = ''] = (nodeOf(source, name).facts?.osName ?? '').split('(', 1);
  const system = full.replace('Red Hat Enterprise Linux', 'RHEL').replace(' Linux', '').trim();
  return system ? plain(system) : undefined;
}

function nodeIcon(source: ClusterSource, name: string, { counts }: Tally): TreeIcon {
  if (isActive(source, name)) return nodeOf(source, name).connection === 'idle' ? 'waiting' : 'running';
  if (failureOf(source, name)) return 'unreachable';
  const worst = worstOf([...counts.keys()]);
  return worst === 'unchecked' || worst === 'unavailable' ? 'node' : worst;
}

function nodeItem(source: ClusterSource, name: string, options: TreeOptions): TreeItemView {
  const { outline } = source;
  const index = indexOf(outline);
  const steps = index.stepsOf.get(name) ?? [];
  const known = nodeOf(source, name);
  const tally = talliedOf(source, [name]);
  const failed = failureOf(source, name);
  const activity = activityText(source, name);
  const told =
    activity ??
    (failed ? failureLabel(failed.code) : headline(tally)) ??
    (known.outcome === 'cancelled' ? msg('cancelled') : undefined) ??
    plain(index.node.get(name)?.address ?? '');
  return {
    id: JSON.stringify([outline.uri, 'node', name]),
    kind: 'node',
    label: name,
    ...withDescription(
      describing([
        index.node.get(name)?.isGone ? msg('no longer in the file') : undefined,
        told,
        failed || activity ? undefined : systemText(source, name),
      ]),
    ),
    icon: nodeIcon(source, name, tally),
    ...oldMark(known.isOld),
    tooltip: nodeTooltip({ source, name, time: options.time }),
    target: { uri: outline.uri, nodes: [name] },
    traits: [
      ...(steps.some((step) => step.runnable) ? (['runnable'] as const) : []),
      ...workTraits(source, { uri: outline.uri, nodes: [name] }),
      ...(hasLogs(source) ? (['log'] as const) : []),
      ...(failed || known.outcome === 'failed' ? (['failed'] as const) : []),
      ...(failed?.code === 'host-key-changed' ? (['rebuilt'] as const) : []),
    ],
    children: steps.map((item) =>
      cell(source, item, {
        node: name,
        label: item.id,
        id: JSON.stringify([outline.uri, 'node', name, item.id]),
        options,
      }),
    ),
  };
}

function stepItem(source: ClusterSource, item: OutlineItem, options: TreeOptions): TreeItemView {
  const { uri } = source.outline;
  const tally = talliedOf(source, item.nodes, item);
  const progress = stepProgress(source, item.id, item.nodes);
  const description = item.runnable
    ? ((progress ? progressText(progress) : stepHeadline(tally)) ?? statusText('unchecked'))
    : statusText('unavailable');
  const cells = item.nodes.map((name) => own(nodeOf(source, name).steps, item.id));
  const logs = cells.some((cell) => cell?.logRun !== undefined);
  return {
    id: JSON.stringify([uri, 'step', item.id]),
    kind: 'step',
    label: item.id,
    description,
    icon: progress ? 'running' : worstOf([...tally.counts.keys()]),
    ...oldMark(areOld(cells)),
    tooltip: { title: item.id, lines: [description] },
    target: { uri, step: item.id },
    traits: [
      ...(item.runnable ? (['runnable', 'script'] as const) : []),
      ...workTraits(source, { uri, step: item.id }),
      ...(logs ? (['log'] as const) : []),
    ],
    children: item.nodes.map((node) =>
      cell(source, item, { node, label: node, id: JSON.stringify([uri, 'step', item.id, node]), options }),
    ),
  };
}

/** The icon of the worst state in the cluster. */
function clusterIcon({ counts }: Tally): TreeIcon {
  const worst = worstOf([...counts.keys()]);
  return worst === 'unchecked' || worst === 'unavailable' ? 'cluster' : worst;
}

/** `isNamesake` if another cluster has the same name; the file name is then shown. */
function clusterItem(source: ClusterSource, options: TreeOptions, isNamesake: boolean): TreeItemView {
  const { outline } = source;
  const names = outline.nodes.map((node) => node.id);
  const tally = talliedOf(source, names);
  const progress = runProgress(source);
  const file = plain(options.file(outline.uri));
  const told = clusterTexts(source, progress, options.time);
  const earlier = earlierText(source);
  const description = describing([isNamesake ? file : undefined, ...told]);
  return {
    id: JSON.stringify([outline.uri]),
    kind: 'cluster',
    label: outline.cluster.id,
    ...withDescription(description),
    icon: progress ? 'running' : clusterIcon(tally),
    tooltip: {
      title: outline.cluster.id,
      lines: [
        ...(isNamesake ? [] : [file]),
        ...(description ? [description] : []),
        ...(earlier ? [earlier] : []),
      ],
    },
    target: { uri: outline.uri },
    traits: [
      ...(outline.cluster.runnable ? (['runnable'] as const) : []),
      ...workTraits(source, { uri: outline.uri }),
      ...(source.going?.isOpen && !progress ? (['unfinished'] as const) : []),
      ...(hasLogs(source) ? (['log'] as const) : []),
    ],
    children:
      options.groupBy === 'node'
        ? names.map((name) => nodeItem(source, name, options))
        : outline.steps.map((item) => stepItem(source, item, options)),
  };
}

/** The sidebar: clusters with their nodes and steps, grouped by either. */
export function treeOf(sources: readonly ClusterSource[], options: TreeOptions): readonly TreeItemView[] {
  const counts = new Map<string, number>();
  for (const { outline } of sources)
    counts.set(outline.cluster.id, (counts.get(outline.cluster.id) ?? 0) + 1);
  return sources.map((source) =>
    clusterItem(source, options, (counts.get(source.outline.cluster.id) ?? 0) > 1),
  );
}
