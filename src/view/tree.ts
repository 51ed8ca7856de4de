import type { Failure } from '../base/failure.ts';
import { type Message, msg, plain } from '../base/l10n.ts';
import { clusterTexts } from './cluster-text.ts';
import { errorCount } from './counts.ts';
import { failureLabel } from './failures.ts';
import {
  activityText,
  type ClusterSource,
  earlierText,
  failureOf,
  hasLogs,
  isActive,
  nodeOf,
  occupantOf,
  talliedOf,
} from './live.ts';
import { occupantLabel } from './occupant.ts';
import { oldMark } from './old.ts';
import { indexOf } from './outline-index.ts';
import { runProgress } from './progress.ts';
import { worstOf } from './status.ts';
import { headline, type Tally } from './tally.ts';
import { nodeTooltip } from './tooltip.ts';
import {
  cellItem,
  describing,
  isLogged,
  type Position,
  type TreeIcon,
  type TreeItemView,
  type TreeOptions,
  withDescription,
  workTraits,
} from './tree-item.ts';
import { createTreeMemory, recallFrom, type TreeMemory } from './tree-memory.ts';
import { groupedItems, shownItems } from './tree-range.ts';
import { stepItem } from './tree-step.ts';

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

/** The other run on a node. */
function inUseText(source: ClusterSource, name: string, { time }: TreeOptions): Message | undefined {
  const occupant = occupantOf(source, name);
  return occupant && occupantLabel(occupant, time(occupant.since));
}

/** Why a node is unreachable; the other run, if that is why. */
function causeText({ code }: Failure, inUse: Message | undefined): Message {
  return (code === 'occupied' ? inUse : undefined) ?? failureLabel(code);
}

function nodeItem(
  source: ClusterSource,
  name: string,
  { index: place, count }: Position,
  options: TreeOptions,
): TreeItemView {
  const { outline } = source;
  const index = indexOf(outline);
  const steps = index.stepsOf.get(name) ?? [];
  const known = nodeOf(source, name);
  const tally = talliedOf(source, [name]);
  const failed = failureOf(source, name);
  const activity = activityText(source, name);
  const inUse = inUseText(source, name, options);
  const stateTexts =
    activity ??
    (failed ? causeText(failed, inUse) : headline(tally)) ??
    (known.outcome === 'cancelled' ? msg('cancelled') : undefined) ??
    plain(index.node.get(name)?.address ?? '');
  const description = describing([
    index.node.get(name)?.isGone ? msg('no longer in the file') : undefined,
    stateTexts,
    stateTexts === inUse ? undefined : inUse,
    failed || activity ? undefined : systemText(source, name),
  ]);
  const cells = steps.map((item, at) =>
    cellItem(source, item, {
      node: name,
      under: 'node',
      position: { index: at + 1, count: steps.length },
      options,
    }),
  );
  return {
    id: JSON.stringify([outline.uri, 'node', name]),
    kind: 'node',
    label: name,
    ...withDescription(description),
    spoken: msg('node {0} of {1}, {2}: {3}', place, count, name, description ?? ''),
    icon: nodeIcon(source, name, tally),
    ...oldMark(known.isOld),
    tooltip: nodeTooltip({ source, name, time: options.time }),
    target: { uri: outline.uri, nodes: [name] },
    opens: failed || steps.some(({ id }) => isLogged(source, name, id)) ? 'log' : 'file',
    status: failed ? 'unreachable' : worstOf([...tally.counts.keys()]),
    failures: failed ? 1 : cells.reduce((sum, { failures }) => sum + failures, 0),
    traits: [
      ...(steps.some((step) => step.runnable) ? (['runnable'] as const) : []),
      ...workTraits(source, { uri: outline.uri, nodes: [name] }),
      ...(hasLogs(source) ? (['log'] as const) : []),
      ...(failed || known.outcome === 'failed' ? (['failed'] as const) : []),
      ...(failed?.code === 'host-key-changed' ? (['rebuilt'] as const) : []),
    ],
    // The steps of an unreachable node all have its failure.
    children: options.onlyFailed ? cells.filter(({ traits }) => traits.includes('failed')) : cells,
  };
}

/** The icon of a file with errors, else of the worst state in the cluster. */
function clusterIcon({ errors = 0 }: ClusterSource, { counts }: Tally): TreeIcon {
  if (errors > 0) return 'faulty';
  const worst = worstOf([...counts.keys()]);
  return worst === 'unchecked' || worst === 'unavailable' ? 'cluster' : worst;
}

/** Failed steps, and nodes that are unreachable. */
function failuresIn({ counts, lost }: Tally): number {
  return lost.length + (counts.get('failed') ?? 0) + (counts.get('interrupted') ?? 0);
}

function clusterTraits(source: ClusterSource, isRunning: boolean): TreeItemView['traits'] {
  const { outline, going, errors = 0 } = source;
  return [
    ...(outline.cluster.runnable ? (['runnable'] as const) : []),
    ...workTraits(source, { uri: outline.uri }),
    ...(going?.isOpen && !isRunning ? (['unfinished'] as const) : []),
    ...(hasLogs(source) ? (['log'] as const) : []),
    ...(errors > 0 ? (['errors'] as const) : []),
  ];
}

/** `isNamesake` if another cluster has the same name; the file name is then shown. */
function clusterItem(
  source: ClusterSource,
  { memory, ...options }: TreeOptions & { readonly memory: TreeMemory },
  isNamesake: boolean,
): TreeItemView {
  const { outline } = source;
  const names = outline.nodes.map((node) => node.id);
  const tally = talliedOf(source, names);
  const progress = runProgress(source);
  const file = plain(options.file(outline.uri));
  const stateTexts = clusterTexts(source, progress, options.time);
  const earlier = earlierText(source);
  const { errors = 0 } = source;
  const description = describing([
    isNamesake ? file : undefined,
    errors > 0 ? errorCount(errors) : undefined,
    ...stateTexts,
  ]);
  const { length } = outline.steps;
  const recall = recallFrom(memory, source, options);
  return {
    id: JSON.stringify([outline.uri]),
    kind: 'cluster',
    label: outline.cluster.id,
    ...withDescription(description),
    spoken: msg('cluster {0}: {1}', outline.cluster.id, description ?? ''),
    icon: progress ? 'running' : clusterIcon(source, tally),
    ...oldMark(!progress && source.state.run?.isOld),
    tooltip: {
      title: outline.cluster.id,
      lines: [
        ...(isNamesake ? [] : [file]),
        ...(description ? [description] : []),
        ...(earlier ? [earlier] : []),
      ],
    },
    target: { uri: outline.uri },
    opens: 'file',
    status: worstOf([...tally.counts.keys()]),
    failures: failuresIn(tally),
    traits: clusterTraits(source, progress !== undefined),
    children:
      options.groupBy === 'node'
        ? groupedItems(source, {
            names,
            item: (name, at) =>
              recall(name, name, () =>
                nodeItem(source, name, { index: at + 1, count: names.length }, options),
              ),
            options,
          })
        : shownItems(
            outline.steps.map((item, at) =>
              stepItem(source, item, { position: { index: at + 1, count: length }, recall, options }),
            ),
            { ...options, failuresFirst: false },
          ),
  };
}

/** The sidebar: clusters with their nodes and steps, grouped by either; with a memory, it makes only what has changed. */
export function treeOf(
  sources: readonly ClusterSource[],
  options: TreeOptions,
  memory: TreeMemory = createTreeMemory(),
): readonly TreeItemView[] {
  const counts = new Map<string, number>();
  for (const { outline } of sources)
    counts.set(outline.cluster.id, (counts.get(outline.cluster.id) ?? 0) + 1);
  const known = new Set(sources.map(({ outline }) => outline.uri));
  for (const uri of memory.keys()) if (!known.has(uri)) memory.delete(uri);
  return sources.map((source) =>
    clusterItem(source, { ...options, memory }, (counts.get(source.outline.cluster.id) ?? 0) > 1),
  );
}

/** Number of failures in all clusters, for the icon of the view. */
export function failureCount(clusters: readonly TreeItemView[]): number {
  return clusters.reduce((sum, { failures }) => sum + failures, 0);
}

/** What the sidebar leaves out while it shows failures only. */
export function filterMessage(clusters: readonly TreeItemView[]): Message | undefined {
  if (clusters.length === 0) return undefined;
  return failureCount(clusters) === 0
    ? msg('Nothing failed. Only failed nodes and steps are shown.')
    : msg('Only failed nodes and steps are shown.');
}
