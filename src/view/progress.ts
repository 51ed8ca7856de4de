import { smallest } from '../base/extremes.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { timeLeft } from '../yum/pace.ts';
import { isWorking, lostBy } from './cell.ts';
import { type ClusterSource, isBehind, isUntouched, nodeOf, withLeft } from './live.ts';
import { percentOf } from './status.ts';

/** A node's package transaction. */
export interface Transaction {
  readonly node: string;
  readonly percent: number;
  /** Estimated milliseconds until it ends. */
  readonly left?: number;
}

/** The progress of a run or of one of its steps on some nodes; nodes that are lost or stopped are not counted. */
export interface Progress {
  readonly finished: number;
  readonly total: number;
  /** Completed share of the step on all nodes; absent unless yum or dnf reports one. */
  readonly percent?: number;
  readonly slowest?: Transaction;
}

/** A step on a node in the run; undefined if it will not run there any more. */
function stepShare(source: ClusterSource, id: string, name: string) {
  const node = nodeOf(source, name);
  const step = own(node.steps, id);
  const isFinished = isBehind(source, step);
  if (!isFinished && (node.outcome !== undefined || lostBy(node))) return undefined;
  const isRunning = !isFinished && isWorking(step);
  const percent = percentOf(step?.yum);
  const left = step?.pace && timeLeft(step.pace);
  return {
    // A step that was cancelled before it started is finished but was never run.
    isBegun: isRunning || (isFinished && !isUntouched(source, step)),
    isFinished,
    percent: isFinished ? 100 : (percent ?? 0),
    ...(isRunning && percent !== undefined
      ? { transaction: { node: name, percent, ...(left === undefined ? {} : { left }) } }
      : {}),
  };
}

/** The progress of a step on some nodes; undefined before any of them has started it and after all have finished. */
export function stepProgress(
  source: ClusterSource,
  id: string,
  nodes: readonly string[],
): Progress | undefined {
  const { scope } = source;
  if (!scope?.steps.includes(id)) return undefined;
  const meant = new Set(scope.nodes);
  const shares = nodes.filter((name) => meant.has(name)).flatMap((name) => stepShare(source, id, name) ?? []);
  const finished = shares.filter(({ isFinished }) => isFinished).length;
  if (!shares.some(({ isBegun }) => isBegun) || finished === shares.length) return undefined;
  const transactions = shares.flatMap(({ transaction }) => transaction ?? []);
  const minPercent = smallest(transactions.map(({ percent }) => percent));
  const slowest = transactions.find(({ percent }) => percent === minPercent);
  const sum = shares.reduce((total, { percent }) => total + percent, 0);
  return {
    finished,
    total: shares.length,
    ...(slowest ? { percent: Math.floor(sum / shares.length), slowest } : {}),
  };
}

/** The number of nodes that have finished; undefined if no run is in progress. An unreachable node is not counted. */
export function runProgress(source: ClusterSource, nodes = source.scope?.nodes): Progress | undefined {
  const { scope } = source;
  if (!scope) return undefined;
  const counted = (nodes ?? []).map((name) => nodeOf(source, name)).filter((node) => !lostBy(node));
  const finished = counted.filter(({ outcome }) => outcome !== undefined).length;
  return { finished, total: counted.length };
}

/** `2/4`, with the slowest transaction and its estimated time left: `2/4 · slowest a 45 %, about 2 min left`. */
export function progressText({ finished, total, slowest }: Progress): Message {
  const count = plain(`${finished}/${total}`);
  if (!slowest) return count;
  const text = withLeft(plain(`${slowest.percent} %`), slowest.left);
  return joined([count, total === 1 ? text : msg('slowest {0} {1}', slowest.node, text)], ' · ');
}
