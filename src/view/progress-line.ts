import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { changesNodes } from '../base/run-kind.ts';
import { timeLeft } from '../yum/pace.ts';
import { isWorking } from './cell.ts';
import { activityText, type ClusterSource, isBehind, nodeOf, withLeft } from './live.ts';
import { indexOf } from './outline-index.ts';
import { percentOf } from './status.ts';

/** Progress of the whole run, for the notification and the status bar. */
export interface ProgressLine {
  readonly text: Message;
  /** A short text: `45 %, about 3 min left`. */
  readonly short: Message;
  /** Completed share of the work, 0 to 100; includes the progress of yum or dnf within a step. */
  readonly percent: number;
}

/** Completed share of a node's steps, 0 to 1. */
function shareOf(source: ClusterSource, name: string): number {
  const { scope, state } = source;
  const node = nodeOf(source, name);
  if (node.outcome !== undefined) return 1;
  const meant = (indexOf(source.outline).stepsOf.get(name) ?? []).filter(({ id }) =>
    scope?.steps.includes(id),
  );
  if (!changesNodes(state.run?.kind ?? 'run') || meant.length === 0) return 0;
  const done = meant.map(({ id }): number => {
    const step = own(node.steps, id);
    if (isBehind(source, step)) return 1;
    if (step?.logRun !== state.run?.id) return 0;
    return (percentOf(step?.yum) ?? 0) / 100;
  });
  return done.reduce((sum, share) => sum + share, 0) / meant.length;
}

/** Milliseconds until the transaction of a node ends; 0 without an estimate. */
function remainingOn(source: ClusterSource, name: string): number {
  const running = Object.values(nodeOf(source, name).steps).find((step) => isWorking(step));
  return (running?.pace && timeLeft(running.pace)) ?? 0;
}

/** The run in one line: the number of finished nodes, and the current action of the slowest node. */
export function progressLine(source: ClusterSource): ProgressLine {
  const nodes = source.scope?.nodes ?? [];
  const finished = nodes.filter((name) => nodeOf(source, name).outcome !== undefined);
  const active = nodes.filter((name) => {
    const { connection, outcome } = nodeOf(source, name);
    return outcome === undefined && connection !== 'idle';
  });
  const left = new Map(active.map((name) => [name, remainingOn(source, name)]));
  const slowest = active.reduce<string | undefined>(
    (worst, name) => (worst === undefined || (left.get(name) ?? 0) > (left.get(worst) ?? 0) ? name : worst),
    undefined,
  );
  const count = msg('{0} of {1} nodes finished', finished.length, nodes.length);
  const activity = slowest === undefined ? undefined : activityText(source, slowest);
  const shares = nodes.reduce((sum, name) => sum + shareOf(source, name), 0);
  const percent = nodes.length === 0 ? 0 : Math.floor((100 * shares) / nodes.length);
  const longest = slowest === undefined ? 0 : (left.get(slowest) ?? 0);
  return {
    text: activity && slowest !== undefined ? joined([count, ` · ${slowest}: `, activity]) : count,
    short: withLeft(plain(`${percent} %`), longest > 0 ? longest : undefined),
    percent,
  };
}
