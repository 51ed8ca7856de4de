import { msg } from '../base/l10n.ts';
import { batchPlan } from '../cluster/batches.ts';
import type { RuleContext } from './context.ts';
import type { Rule } from './rule.ts';
import { membersOf } from './services.ts';

/** The batches of a run of all nodes; undefined if the file has no rollout, or its nodes cannot be read completely. */
function batchesOf({ cluster, isWhole }: RuleContext): readonly (readonly string[])[] | undefined {
  const { rollout, nodes } = cluster;
  if (!rollout || nodes.length === 0 || !isWhole('nodes') || !isWhole('rollout')) return undefined;
  return batchPlan(
    nodes.map(({ name }) => name),
    rollout,
  ).batches;
}

export const rolloutRules: readonly Rule[] = [
  {
    code: 'rollout-one-batch',
    severity: 'information',
    about: msg(
      'If the first batch holds all nodes, no batch follows it: neither the batch sizes nor the limit for failed nodes have an effect.',
    ),
    check: (context, report) => {
      const batches = batchesOf(context);
      if (batches?.length !== 1) return;
      const count = context.cluster.nodes.length;
      const place = context.at('rollout', 'batch') ?? context.at('rollout', 'max-failed');
      const message =
        count === 1
          ? msg('There is only one node, so there is only one batch.')
          : msg('All {0} nodes are in the first batch, so no batch follows that could be held back.', count);
      report(place?.key, message);
    },
  },
  {
    code: 'rollout-etcd-split',
    severity: 'warning',
    about: msg(
      'etcd starts for the first time only when most of its members start together. In batches that separate them, the first batch waits and fails.',
    ),
    check: (context, report) => {
      const members = new Set(membersOf(context, 'etcd'));
      if (members.size < 2 || !context.cluster.steps.some(({ id }) => id === 'etcd')) return;
      const first = batchesOf(context)
        ?.map((batch) => batch.filter((name) => members.has(name)).length)
        .find((count) => count > 0);
      if (first === undefined || first * 2 > members.size) return;
      report(
        context.at('rollout', 'batch')?.value,
        msg(
          'The first batch with a member of etcd has {0} of {1}. For the first start, most of them must be in one batch: start it with --step etcd --batch 100%.',
          first,
          members.size,
        ),
      );
    },
  },
];
