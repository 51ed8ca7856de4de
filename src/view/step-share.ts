import { own } from '../base/own.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { NodeStatus } from '../run/state.ts';
import { isWorking, lostBy } from './cell.ts';
import { type ClusterSource, cancelledHow, isBehind, isUntouched, nodeOf } from './live.ts';
import { percentOf } from './status.ts';

/** Completed share of a step on a node, 0 to 1; undefined if it will no longer run. */
export function shareOf(source: ClusterSource, name: string, id: string): number | undefined {
  return shareOn(source, { name, node: nodeOf(source, name) }, id);
}

/** The same on a node that is known. */
export function shareOn(
  source: ClusterSource,
  { name, node }: { readonly name: string; readonly node: NodeStatus },
  id: string,
): number | undefined {
  const { run } = source.state;
  // Until the run reports its start, the state is that of the previous run.
  if (!run || run.finishedAt !== undefined) return 0;
  const step = own(node.steps, id);
  if (isBehind(source, step)) return isUntouched(source, step) ? undefined : 1;
  const isStarted = changesNodes(run.kind) && step?.logRun === run.id;
  // A step whose end is unknown because its node was lost has had its time.
  if (node.outcome !== undefined || lostBy(node)) return isStarted ? 1 : undefined;
  if (!isWorking(step) && cancelledHow(source, name, id) !== undefined) return undefined;
  return isStarted ? (percentOf(step?.yum) ?? 0) / 100 : 0;
}
