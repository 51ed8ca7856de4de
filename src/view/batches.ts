import { joined, type Message, msg } from '../base/l10n.ts';
import type { ChangeKind } from '../base/run-kind.ts';
import { type BatchPlan, batchesFor } from '../cluster/batches.ts';
import type { Cluster } from '../cluster/model.ts';
import { type Rollout, shareText } from '../cluster/rollout.ts';

/** Maximum number of batch sizes in a sentence; the rest is counted. */
const listed = 8;

/** The batches of a run by their sizes, and when it stops. */
export function batchesText({
  batches,
  maxFailed,
}: {
  readonly batches: readonly (readonly string[])[];
  readonly maxFailed?: string;
}): Message {
  const sizes = batches.slice(0, listed).map((batch) => batch.length);
  const rest = batches.length - sizes.length;
  const list = sizes.join(', ');
  const text =
    rest > 0
      ? msg(
          '{0} batches, one after the other. Nodes in each: {1}, and {2} more batches.',
          batches.length,
          list,
          rest,
        )
      : msg('{0} batches, one after the other. Nodes in each: {1}.', batches.length, list);
  const limit =
    maxFailed === undefined
      ? msg('The run stops after a batch in which every node failed.')
      : msg('The run stops after a batch in which more than {0} of the nodes failed.', maxFailed);
  return joined([text, limit], ' ');
}

/** The batches of a plan, for the question before the run; undefined if all nodes are in one. */
export function planText({ batches, maxFailed }: BatchPlan): Message | undefined {
  if (batches.length < 2) return undefined;
  return batchesText({ batches, ...(maxFailed ? { maxFailed: shareText(maxFailed) } : {}) });
}

/** The current batch. */
export function batchText(number: number, of: number): Message {
  return msg('batch {0} of {1}', number, of);
}

/** A way to go through the nodes that the user can choose. */
export interface BatchChoice {
  readonly label: Message;
  readonly detail: Message;
  readonly rollout: Rollout;
}

/** The choices for a run on these nodes; the file's own first. None for a single node. */
export function batchChoices(
  kind: ChangeKind,
  cluster: Cluster,
  nodes: readonly string[],
): readonly BatchChoice[] {
  if (nodes.length < 2) return [];
  const choice = (label: Message, rollout: Rollout): BatchChoice => ({
    label,
    detail: planText(batchesFor(nodes, { kind, cluster, rollout })) ?? msg('All nodes start together.'),
    rollout,
  });
  const all: Rollout = { batch: [{ percent: 100 }] };
  const first: Rollout = { batch: [{ nodes: 1 }, { percent: 100 }] };
  return [
    ...(cluster.rollout?.batch ? [choice(msg('As in the Cluster File'), {})] : []),
    choice(msg('One Node First'), first),
    choice(msg('All at Once'), all),
  ];
}
