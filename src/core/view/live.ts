import type { Outline } from '../cluster/outline.ts';
import { type Message, msg } from '../l10n.ts';
import type { NodeStatus, RunState, StepStatus } from '../run/state.ts';
import { percentOf, type Status, statusOf } from './status.ts';

/** What a run that goes on is about. */
export interface Scope {
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
}

/** What the views of one cluster file are made of. */
export interface ClusterSource {
  readonly outline: Outline;
  readonly state: RunState;
  /** Present while a run goes on. */
  readonly scope?: Scope;
}

/** What a click or a lens is about, by names: the whole cluster, some of its nodes, one of its steps. */
export interface Target {
  readonly uri: string;
  readonly nodes?: readonly string[];
  readonly step?: string;
}

/** How far a run is on some nodes; `percent` where yum or dnf says something. */
export interface Progress {
  readonly finished: number;
  readonly total: number;
  readonly percent?: number;
}

/** A node as it is known; empty before the first run. */
export function nodeOf({ state }: ClusterSource, name: string): NodeStatus {
  return state.nodes[name] ?? { connection: 'idle', steps: {} };
}

/** The statuses of some steps on some nodes; steps that this version cannot run are left out unless there is nothing else. */
export function statusesOf(
  source: ClusterSource,
  nodes: readonly string[],
  steps: readonly string[],
): readonly Status[] {
  return source.outline.steps
    .filter((step) => steps.includes(step.id))
    .flatMap((step) =>
      step.nodes
        .filter((node) => nodes.includes(node))
        .map((node) => (step.runnable ? statusOf(nodeOf(source, node).steps[step.id]) : 'unavailable')),
    );
}

function finishedIn(source: ClusterSource, node: NodeStatus, step: StepStatus | undefined): boolean {
  const { run } = source.state;
  if (node.outcome !== undefined) return true;
  if (!step || !run) return false;
  return run.kind === 'check'
    ? (step.checkedAt ?? 0) >= run.startedAt
    : step.logRun === run.id && step.outcome !== undefined;
}

/** How far the run is with one step on some nodes; undefined unless it is the step's turn somewhere. */
export function stepProgress(
  source: ClusterSource,
  id: string,
  nodes: readonly string[],
): Progress | undefined {
  const { scope } = source;
  if (!scope?.steps.includes(id)) return undefined;
  const within = nodes.filter((name) => scope.nodes.includes(name));
  const shares = within.map((name) => {
    const node = nodeOf(source, name);
    const step = node.steps[id];
    const finished = finishedIn(source, node, step);
    return {
      finished,
      running: statusOf(step) === 'running',
      percent: finished ? 100 : percentOf(step?.yum),
    };
  });
  const finished = shares.filter((share) => share.finished).length;
  if (!shares.some((share) => share.running) && (finished === 0 || finished === within.length))
    return undefined;
  const known = shares.some((share) => share.running && share.percent !== undefined);
  const sum = shares.reduce((total, share) => total + (share.percent ?? 0), 0);
  return {
    finished,
    total: within.length,
    ...(known ? { percent: Math.floor(sum / within.length) } : {}),
  };
}

/** How many of the run's nodes are through; undefined while nothing runs. */
export function runProgress(source: ClusterSource): Progress | undefined {
  const { scope } = source;
  if (!scope) return undefined;
  const finished = scope.nodes.filter((name) => nodeOf(source, name).outcome !== undefined).length;
  return { finished, total: scope.nodes.length };
}

/** `2/4`, or `2/4, 45 %` where a percentage is known. */
export function progressText({ finished, total, percent }: Progress): Message {
  return percent === undefined
    ? msg('{0}/{1}', finished, total)
    : msg('{0}/{1}, {2} %', finished, total, percent);
}

/** What a node that is worked on does at the moment: its step with the percentage, or that it waits or connects. */
export function activityText(source: ClusterSource, name: string): Message | undefined {
  const { scope, outline } = source;
  if (!scope?.nodes.includes(name)) return undefined;
  const node = nodeOf(source, name);
  if (node.outcome !== undefined) return undefined;
  if (node.connection === 'idle') return msg('waiting');
  if (node.connection === 'connecting') return msg('connecting…');
  const step = outline.steps.find(({ id }) => statusOf(node.steps[id]) === 'running');
  if (!step) return msg('checking…');
  const percent = percentOf(node.steps[step.id]?.yum);
  return percent === undefined ? msg('{0}…', step.id) : msg('{0}, {1} %', step.id, percent);
}
