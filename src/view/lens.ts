import { joined, type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Span } from '../base/problem.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import { errorCount } from './counts.ts';
import { failureLabel } from './failures.ts';
import {
  activityText,
  type ClusterSource,
  canCancel,
  failureOf,
  hasLogs,
  isActive,
  nodeOf,
  occupantOf,
  type Target,
  talliedOf,
} from './live.ts';
import { occupantLabel } from './occupant.ts';
import { withAge } from './old.ts';
import { indexOf } from './outline-index.ts';
import { type Progress, progressText, runProgress, stepProgress } from './progress.ts';
import { headline, stepHeadline } from './tally.ts';

export type LensAction =
  | 'run'
  | 'check'
  | 'reveal'
  | 'plan'
  | 'log'
  | 'script'
  | 'cancel'
  | 'trust'
  | 'problems'
  | 'resume'
  | 'runs'
  | 'difference';

/** Which keys of a cluster file have code lenses: all of them, the cluster and its steps, or the cluster alone. */
export type LensDensity = 'all' | 'steps' | 'cluster';

/** A code lens: its text and its action; without an action it is text only. */
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
  return count === 1 ? msg('▶ Run on 1 node') : msg('▶ Run on {0} nodes', count);
}

function runSteps(count: number): Message {
  return count === 1 ? msg('▶ Run 1 step') : msg('▶ Run {0} steps', count);
}

/** The lenses at the start of an item that can be run; none for a file with errors, which every run refuses. */
function begin(source: ClusterSource, run: Message, trusted: boolean): readonly Part[] {
  if (source.scope || !trusted || hasErrors(source)) return [];
  return [
    [run, 'run'],
    [msg('Check'), 'check'],
  ];
}

function hasErrors({ errors = 0 }: ClusterSource): boolean {
  return errors > 0;
}

/** What a file with errors offers in place of a run. */
function errorParts({ errors = 0 }: ClusterSource): readonly Part[] {
  return [
    [joined(['✗', errorCount(errors)], ' '), 'problems'],
    [msg('Problems'), 'problems'],
  ];
}

/** `2 of 4 nodes finished`; `running` while none is known to be reachable. */
function finishedText({ finished, total }: Progress): Message {
  return total === 0 ? msg('running') : msg('{0} of {1} nodes finished', finished, total);
}

function clusterRow(source: ClusterSource, trusted: boolean): readonly LensView[] {
  const { outline } = source;
  const names = outline.nodes.map((node) => node.id);
  const progress = runProgress(source);
  const counts = headline(talliedOf(source, names));
  const going: readonly Part[] = progress
    ? [
        [joined(['⟳', finishedText(progress)], ' '), 'reveal'],
        [msg('Cancel Run…'), 'cancel'],
      ]
    : [];
  return row(outline.cluster.span, { uri: outline.uri }, [
    ...(hasErrors(source) ? errorParts(source) : []),
    ...(trusted ? begin(source, runOn(names.length), trusted) : [trustFirst]),
    ...going,
    [when(source.fileChange === 'changed', msg('⚠ Changed since this run began')), 'reveal'],
    [when(source.fileChange === 'changed', msg('Show Difference')), 'difference'],
    [progress ? undefined : source.going && joined(['⟳', source.going.text], ' '), 'runs'],
    [when(!progress && source.going?.isOpen === true, msg('Resume')), 'resume'],
    [progress || !counts ? undefined : withAge(source, counts), 'reveal'],
    [when(!hasErrors(source), msg('Plan')), 'plan'],
    [when(hasLogs(source), msg('Log')), 'log'],
  ]);
}

/** The nodes of a key of the file: several for a range. */
function groupsOf({ outline }: ClusterSource): readonly (readonly OutlineItem[])[] {
  const groups = new Map<number, OutlineItem[]>();
  for (const node of outline.nodes.filter(({ isGone }) => !isGone)) {
    const group = groups.get(node.span.start);
    if (group) group.push(node);
    else groups.set(node.span.start, [node]);
  }
  return [...groups.values()];
}

/** The state of a node or a range: the current action, its problems, or its counts. */
function nodeParts(source: ClusterSource, names: readonly string[]): readonly Part[] {
  const [first = ''] = names;
  const active = names.filter((name) => isActive(source, name));
  if (active.length > 0) {
    const activity = names.length === 1 ? activityText(source, first) : undefined;
    const progress = runProgress(source, names) ?? { finished: 0, total: 0 };
    return [
      [joined(['⟳', activity ?? finishedText(progress)], ' '), 'reveal'],
      [names.length === 1 ? msg('Cancel on This Node…') : msg('Cancel on These Nodes…'), 'cancel'],
    ];
  }
  const failure = names.length === 1 ? failureOf(source, first) : undefined;
  if (failure) return [[joined(['✗', failureLabel(failure.code)], ' '), 'reveal']];
  const tally = talliedOf(source, names);
  const text = headline(tally);
  return [[text && tally.lost.length > 0 ? joined(['✗', text], ' ') : text, 'reveal']];
}

/** The other run on one of the nodes: `laptop2: upgrade since 22:14`. */
function occupantsText(
  source: ClusterSource,
  names: readonly string[],
  time: LensOptions['time'],
): Message | undefined {
  const [by, ...more] = names.flatMap((name) => occupantOf(source, name) ?? []);
  if (!by || !time) return undefined;
  const first = occupantLabel(by, time(by.since));
  return more.length === 0 ? first : msg('{0} and {1} more', first, more.length);
}

function nodeRow(
  source: ClusterSource,
  group: readonly OutlineItem[],
  { trusted, time }: LensOptions,
): readonly LensView[] {
  const { outline } = source;
  const names = group.map((node) => node.id);
  const { stepsOf } = indexOf(outline);
  const steps = new Set(names.flatMap((name) => stepsOf.get(name) ?? []).filter(({ runnable }) => runnable));
  const run = names.length === 1 ? runSteps(steps.size) : runOn(names.length);
  return row(group[0]?.span ?? outline.cluster.span, { uri: outline.uri, nodes: names }, [
    ...(steps.size > 0 ? begin(source, run, trusted) : []),
    ...nodeParts(source, names),
    [occupantsText(source, names, time), 'reveal'],
    [when(hasLogs(source), msg('Log')), 'log'],
  ]);
}

function stepRow(source: ClusterSource, item: OutlineItem, trusted: boolean): readonly LensView[] {
  const target: Target = { uri: source.outline.uri, step: item.id };
  if (!item.runnable) return row(item.span, target, [[msg('No packages for this release')]]);
  const progress = stepProgress(source, item.id, item.nodes);
  const logs = item.nodes.some((name) => own(nodeOf(source, name).steps, item.id)?.logRun !== undefined);
  const going: readonly Part[] = progress
    ? [
        [joined(['⟳', progressText(progress)], ' '), 'reveal'],
        [when(canCancel(source, target), msg('Cancel This Step…')), 'cancel'],
      ]
    : [[stepHeadline(talliedOf(source, item.nodes, item)), 'reveal']];
  return row(item.span, target, [
    ...(item.nodes.length > 0 ? begin(source, runOn(item.nodes.length), trusted) : []),
    ...going,
    [when(logs, msg('Log')), 'log'],
    [when(item.nodes.length > 0, msg('Script')), 'script'],
  ]);
}

export interface LensOptions {
  readonly trusted: boolean;
  readonly density?: LensDensity;
  /** Formats the time since which another run works on a node; without it, the lens does not show that run. */
  readonly time?: (at: number) => string;
}

/** The code lenses of a cluster file; steps that the file does not name are only in the sidebar. */
export function lensesOf(source: ClusterSource, options: LensOptions): readonly LensView[] {
  const { trusted, density = 'all' } = options;
  const { cluster, steps } = source.outline;
  const named = steps.filter((step) => !step.isGone && step.span.start !== cluster.span.start);
  return [
    ...clusterRow(source, trusted),
    ...(density === 'all' ? groupsOf(source) : []).flatMap((group) => nodeRow(source, group, options)),
    ...(density === 'cluster' ? [] : named).flatMap((step) => stepRow(source, step, trusted)),
  ];
}
