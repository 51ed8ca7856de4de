import type { OutlineItem } from '../cluster/outline.ts';
import { type Message, msg } from '../l10n.ts';
import type { Span } from '../problem.ts';
import { failureLabel } from './failures.ts';
import {
  type ClusterSource,
  nodeOf,
  progressText,
  runProgress,
  statusesOf,
  stepProgress,
  type Target,
} from './live.ts';
import { statusText, summaryText } from './status.ts';
import { nodeCount } from './tree.ts';

export type LensAction = 'run' | 'check' | 'reveal' | 'plan' | 'log' | 'script' | 'cancel' | 'trust';

/** One code lens: its text, and what a click on it does; without an action it only tells. */
export interface LensView {
  readonly span: Span;
  readonly title: Message;
  readonly action?: LensAction;
  readonly target: Target;
}

type Part = readonly [title: Message | undefined, action?: LensAction];

const trustFirst: Part = [msg('$(shield) Trust this workspace to connect to its nodes'), 'trust'];

function row(span: Span, target: Target, parts: readonly Part[]): readonly LensView[] {
  return parts.flatMap(([title, action]) =>
    title === undefined ? [] : [{ span, title, target, ...(action ? { action } : {}) }],
  );
}

function when(condition: boolean, title: Message): Message | undefined {
  return condition ? title : undefined;
}

function runOn(count: number): Message {
  return count === 1 ? msg('$(play) Run on 1 node') : msg('$(play) Run on {0} nodes', count);
}

function runSteps(count: number): Message {
  return count === 1 ? msg('$(play) Run 1 step') : msg('$(play) Run {0} steps', count);
}

/** What stands at the beginning of an item that can be run. */
function begin(source: ClusterSource, run: Message, trusted: boolean): readonly Part[] {
  if (source.scope || !trusted) return [];
  return [
    [run, 'run'],
    [msg('Check'), 'check'],
  ];
}

function clusterRow(source: ClusterSource, trusted: boolean): readonly LensView[] {
  const { outline, state } = source;
  const names = outline.nodes.map((node) => node.id);
  const all = outline.steps.map((step) => step.id);
  const progress = runProgress(source);
  const going: readonly Part[] = progress
    ? [
        [msg('$(sync~spin) {0} of {1} nodes finished', progress.finished, progress.total), 'reveal'],
        [msg('Cancel'), 'cancel'],
      ]
    : [];
  return row(outline.cluster.span, { uri: outline.uri }, [
    ...(trusted ? begin(source, runOn(names.length), trusted) : [trustFirst]),
    ...going,
    [progress ? undefined : summaryText(statusesOf(source, names, all)), 'reveal'],
    [msg('Plan'), 'plan'],
    [when(state.run !== undefined, msg('Log')), 'log'],
  ]);
}

/** The nodes that one key of the file stands for: a range is many. */
function nodeRows(source: ClusterSource, trusted: boolean): readonly LensView[] {
  const { outline, state } = source;
  const groups = new Map<number, OutlineItem[]>();
  for (const node of outline.nodes) {
    groups.set(node.span.start, [...(groups.get(node.span.start) ?? []), node]);
  }
  return [...groups.values()].flatMap((group) => {
    const names = group.map((node) => node.id);
    const [first] = group;
    if (!first) return [];
    const steps = outline.steps.filter((step) => step.nodes.some((name) => names.includes(name)));
    const runnable = steps.filter((step) => step.runnable).length;
    const failures = names.filter((name) => nodeOf(source, name).connection === 'failed');
    const failure = failures.length > 0 ? nodeOf(source, failures[0] ?? '').failure : undefined;
    const statuses = statusesOf(
      source,
      names,
      steps.map((step) => step.id),
    );
    const trouble =
      failure && names.length === 1
        ? msg('$(error) {0}', failureLabel(failure.code))
        : when(failures.length > 0, msg('$(error) {0} unreachable', nodeCount(failures.length)));
    return row(first.span, { uri: outline.uri, nodes: names }, [
      ...(runnable > 0
        ? begin(source, names.length === 1 ? runSteps(runnable) : runOn(names.length), trusted)
        : []),
      [trouble, 'reveal'],
      [failures.length === names.length ? undefined : summaryText(statuses), 'reveal'],
      [when(state.run !== undefined, msg('Log')), 'log'],
    ]);
  });
}

function stepRow(source: ClusterSource, item: OutlineItem, trusted: boolean): readonly LensView[] {
  const target: Target = { uri: source.outline.uri, step: item.id };
  if (!item.runnable) return row(item.span, target, [[statusText('unavailable')]]);
  const progress = stepProgress(source, item.id, item.nodes);
  const logs = item.nodes.some((name) => nodeOf(source, name).steps[item.id]?.logRun !== undefined);
  const going: readonly Part[] = progress
    ? [
        [msg('$(sync~spin) {0}', progressText(progress)), 'reveal'],
        [msg('Cancel'), 'cancel'],
      ]
    : [[summaryText(statusesOf(source, item.nodes, [item.id])), 'reveal']];
  return row(item.span, target, [
    ...(item.nodes.length > 0 ? begin(source, runOn(item.nodes.length), trusted) : []),
    ...going,
    [when(logs, msg('Log')), 'log'],
    [when(item.nodes.length > 0, msg('Script')), 'script'],
  ]);
}

/** The code lenses of a cluster file; a step that the file does not name has none, it is in the sidebar. */
export function lensesOf(
  source: ClusterSource,
  { trusted }: { readonly trusted: boolean },
): readonly LensView[] {
  const { cluster, steps } = source.outline;
  const named = steps.filter((step) => step.span.start !== cluster.span.start);
  return [
    ...clusterRow(source, trusted),
    ...nodeRows(source, trusted),
    ...named.flatMap((step) => stepRow(source, step, trusted)),
  ];
}
