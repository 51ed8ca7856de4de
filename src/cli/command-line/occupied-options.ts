import { msg } from '../../base/l10n.ts';
import type { OptionSpec } from './option-spec.ts';

/** What to do on a node where another run works. */
export const occupied: readonly OptionSpec[] = [
  {
    name: 'wait',
    what: msg('On a node where another run works, wait until it has finished, then start.'),
  },
  {
    name: 'join',
    what: msg('On a node where another run works, follow its log to its end and start nothing.'),
  },
];
