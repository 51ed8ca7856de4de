import { msg } from '../../base/l10n.ts';
import { parseBatch, parseMaxFailed } from '../../cluster/rollout.ts';
import type { OptionSpec } from './option-spec.ts';

/** The options for batches of nodes. */
export const rollout: readonly OptionSpec[] = [
  {
    name: 'batch',
    value: 'SIZES',
    accepts: (value) => parseBatch(value) !== undefined,
    form: msg('sizes such as 1,5,25%'),
    what: msg(
      'Work in batches of these sizes, in nodes or percent of all nodes; the last size repeats. Example: --batch 1,5,25%',
    ),
  },
  {
    name: 'max-failed',
    value: 'N|N%',
    accepts: (value) => parseMaxFailed(value) !== undefined,
    form: msg('a number of nodes, or a percentage from 0% to 100%'),
    what: msg(
      'Start no further batch after one in which more than N or N% of the nodes failed (default: all of them).',
    ),
  },
];
