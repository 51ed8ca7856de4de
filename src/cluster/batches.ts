import { changesNodes } from '../base/run-kind.ts';
import type { NodeOutcome, Reason, RunKind } from '../base/states.ts';
import type { Cluster } from './model.ts';
import { type Rollout, type Share, shareText } from './rollout.ts';

/** The nodes of a run in batches, and the limit for failed nodes in each. */
export interface BatchPlan {
  readonly batches: readonly (readonly string[])[];
  readonly maxFailed?: Share;
}

/** Number of nodes in a batch: a percentage of all nodes is rounded down, and a batch has at least one (as Ansible's `serial`). */
function sizeOf(share: Share, all: number): number {
  return 'percent' in share ? Math.max(1, Math.floor((all * share.percent) / 100)) : share.nodes;
}

/** Divides nodes into batches, in their order; without sizes, all are in one. */
export function batchPlan(nodes: readonly string[], { batch = [], maxFailed }: Rollout = {}): BatchPlan {
  const batches: (readonly string[])[] = [];
  for (let from = 0; from < nodes.length; ) {
    const share = batch[Math.min(batches.length, batch.length - 1)] ?? { percent: 100 };
    const next = nodes.slice(from, from + sizeOf(share, nodes.length));
    batches.push(next);
    from += next.length;
  }
  return { batches, ...(maxFailed ? { maxFailed } : {}) };
}

/** The plan for some of the nodes; each stays in its batch. */
export function onlyNodes(plan: BatchPlan, nodes: readonly string[]): BatchPlan {
  const wanted = new Set(nodes);
  const batches = plan.batches
    .map((batch) => batch.filter((node) => wanted.delete(node)))
    .filter((batch) => batch.length > 0);
  return { ...plan, batches: wanted.size === 0 ? batches : [...batches, [...wanted]] };
}

/** What decides about the batches of a run. */
export interface BatchSource {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  /** The user's choice; each key overrides the file's. */
  readonly rollout?: Rollout | undefined;
  /** The batches of the run that is retried; its nodes stay in them. */
  readonly retried?: BatchPlan | undefined;
}

/** The batches for the nodes of a new run; a check has none, since it changes nothing. */
export function batchesFor(
  nodes: readonly string[],
  { kind, cluster, rollout = {}, retried }: BatchSource,
): BatchPlan {
  if (!changesNodes(kind)) return batchPlan(nodes);
  const maxFailed = rollout.maxFailed ?? retried?.maxFailed ?? cluster.rollout?.maxFailed;
  const limit = maxFailed ? { maxFailed } : {};
  if (retried && !rollout.batch) return { ...onlyNodes(retried, nodes), ...limit };
  return batchPlan(nodes, { ...cluster.rollout, ...rollout, ...limit });
}

function exceeds(failed: number, all: number, limit: Share): boolean {
  return 'percent' in limit ? failed * 100 > limit.percent * all : failed > limit.nodes;
}

/**
 * Why no further batch may start after this one, by Ansible's rules: all its nodes failed, or more than the limit allows.
 * Unreachable nodes count as failed.
 */
export function stopReason(
  { batches, maxFailed }: BatchPlan,
  index: number,
  outcomes: ReadonlyMap<string, NodeOutcome>,
): Reason | undefined {
  const batch = batches[index] ?? [];
  const failed = batch.filter((node) => ['failed', 'unreachable'].includes(outcomes.get(node) ?? '')).length;
  const number = String(index + 1);
  if (failed > 0 && failed === batch.length) return { code: 'batch-failed', args: [number, String(failed)] };
  if (!maxFailed || !exceeds(failed, batch.length, maxFailed)) return undefined;
  const args = [number, String(failed), String(batch.length), shareText(maxFailed)];
  return { code: 'batch-max-failed', args };
}
