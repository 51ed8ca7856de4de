import { largest, smallest } from '../base/extremes.ts';
import { own } from '../base/own.ts';
import type { StepStatus } from '../run/state.ts';
import { findStep } from '../steps/catalogue.ts';
import { timeLeft } from '../yum/pace.ts';
import { isWorking } from './cell.ts';
import { type ClusterSource, nodeOf, type Timing } from './live.ts';
import { indexOf } from './outline-index.ts';
import { shareOf } from './step-share.ts';
import { expectedTime } from './step-times.ts';

/** Whole minutes: an estimate must not change more often than it can be read. */
const unit = 60_000;

/** A step that has yet to run on a node, or runs there. */
interface Open {
  readonly id: string;
  readonly left: number;
}

interface OpenNode {
  /** Whether it has one of the places of nodes that are worked on at once. */
  readonly hasBegun: boolean;
  readonly steps: readonly Open[];
}

/** What is left of a step in progress: its usual time, or what its transaction needs if that is more. */
function restOf({ startedAt, pace }: StepStatus, usual: number, now: number): number {
  const rest = usual - Math.max(0, now - (startedAt ?? now));
  return Math.max(0, rest, (pace && timeLeft(pace)) ?? 0);
}

/** The steps that a node has yet to run; undefined if the time of one of them is not known. */
function openSteps(source: ClusterSource, name: string, { times, now }: Timing): OpenNode | undefined {
  const { scope, state } = source;
  const kind = state.run?.kind;
  if (kind === undefined) return undefined;
  const node = nodeOf(source, name);
  const meant = new Set(scope?.steps ?? []);
  const steps: Open[] = [];
  for (const { id, runnable } of indexOf(source.outline).stepsOf.get(name) ?? []) {
    const share = runnable && meant.has(id) ? shareOf(source, name, id) : undefined;
    if (share === undefined || share === 1) continue;
    const step = own(node.steps, id);
    const usual = expectedTime(times, { id, step, kind });
    if (usual === undefined) return undefined;
    steps.push({ id, left: step && isWorking(step) ? restOf(step, usual, now) : usual });
  }
  return { hasBegun: node.connection !== 'idle', steps };
}

/** When the last node ends, if each waiting node takes the first place that becomes free. */
function lengthOf(nodes: readonly OpenNode[], places: number): number {
  const sums = (hasBegun: boolean): number[] =>
    nodes
      .filter((node) => node.hasBegun === hasBegun)
      .map(({ steps }) => steps.reduce((sum, { left }) => sum + left, 0));
  const ends = sums(true);
  while (ends.length < places) ends.push(0);
  for (const time of sums(false)) {
    const first = ends.indexOf(smallest(ends));
    ends[first] = (ends[first] ?? 0) + time;
  }
  return largest(ends, 0);
}

/** The time of a step that runs on one node at a time. */
function serialLength(nodes: readonly OpenNode[]): number {
  const sums = new Map<string, number>();
  for (const { id, left } of nodes.flatMap(({ steps }) => steps)) {
    const step = findStep(id);
    if (step?.serial) sums.set(id, (sums.get(id) ?? 0) + left);
  }
  return largest(sums.values(), 0);
}

/**
 * Milliseconds until the run in progress will probably end, in whole minutes. Undefined unless past runs show the time of every
 * step that it has yet to run, and in a run with several batches, which may stop after each.
 */
export function runTimeLeft(source: ClusterSource): number | undefined {
  const { scope, state, timing } = source;
  const { run } = state;
  if (!scope || !timing || !run || run.finishedAt !== undefined || (run.batch?.of ?? 1) > 1) return undefined;
  const nodes: OpenNode[] = [];
  for (const name of scope.nodes) {
    const open = openSteps(source, name, timing);
    if (!open) return undefined;
    if (open.steps.length > 0) nodes.push(open);
  }
  const left = Math.max(lengthOf(nodes, Math.max(1, timing.parallelNodes)), serialLength(nodes));
  // A run that has taken longer than usual has no estimate.
  return left > 0 ? Math.ceil(left / unit) * unit : undefined;
}
