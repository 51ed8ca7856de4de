import { msg } from '../base/l10n.ts';
import { list, matching, object, optional, usually } from '../schema/schema.ts';
import { batchPattern, maxFailedPattern } from './rollout.ts';

const batchSize = usually(
  {
    ...matching(batchPattern, msg('a number of nodes from 1, or a percentage from 1% to 100%')),
    loose: true,
  },
  '1',
  '5',
  '25%',
);

const maxFailed = usually(
  {
    ...matching(maxFailedPattern, msg('a number of nodes, or a percentage from 0% to 100%')),
    loose: true,
  },
  '20%',
  '0',
);

/** How a run goes through the nodes. */
export const rollout = object({
  batch: optional(
    list(batchSize),
    msg(
      'Sizes of the batches, as numbers of nodes or percentages of all nodes. The next batch starts when the one before has finished; the last size repeats.',
    ),
    'batches',
    'serial',
  ),
  'max-failed': optional(
    maxFailed,
    msg(
      'How many nodes of a batch may fail or be unreachable, as a number or percentage. If more do, the rest is not started. Without this key, the run stops only if all nodes of a batch fail.',
    ),
    'max-fail-percentage',
    'max-failures',
  ),
});
