import { msg } from '../../base/l10n.ts';
import type { YumOutcome } from '../events.ts';
import type { Told } from './known-failure.ts';
import type { Memory } from './memory.ts';

/** What is known of a run at its end. */
export interface Ending extends Pick<Memory, 'asked' | 'reached'> {
  readonly outcome: YumOutcome;
}

export interface KnownEnding {
  readonly id: string;
  readonly source: string;
  readonly is: (ending: Ending) => boolean;
  readonly tell: () => Told;
}

/** Runs that end without a word of what went wrong; the first that fits counts. */
export const endings: readonly KnownEnding[] = [
  {
    id: 'answered-no',
    source: 'yum and dnf with --assumeno, or with an input that has ended',
    is: ({ outcome }) => outcome === 'aborted',
    tell: () => ({
      cause: msg('Its question was answered with no, or there was no one to answer; nothing was changed.'),
      advice: msg('Run it with -y when the list of packages is right.'),
    }),
  },
  {
    id: 'waiting-for-answer',
    source: 'yum and dnf: Is this ok [y/N]',
    is: ({ outcome, asked }) => outcome === 'incomplete' && asked,
    tell: () => ({
      cause: msg('The log ends at a question that has no answer.'),
      advice: msg('Run it with -y where no one can answer.'),
    }),
  },
  {
    id: 'cut-off-transaction',
    source: 'dnf 4.14 and dnf5 5.4 run with SIGKILL; yum-complete-transaction of yum-utils',
    is: ({ outcome, reached }) => outcome === 'incomplete' && reached === 'transaction',
    tell: () => ({
      cause: msg(
        'The log ends in the middle of the transaction: it is still in progress, or it was killed or lost its connection.',
      ),
      advice: msg(
        'See on the node whether yum or dnf still runs. If not: yum-complete-transaction on EL7, dnf check from EL8 on, then run it again.',
      ),
    }),
  },
  {
    id: 'cut-off',
    source: 'dnf 4.14 and dnf5 5.4 run with SIGTERM during the downloads',
    is: ({ outcome, reached }) => outcome === 'incomplete' && reached === 'plan',
    tell: () => ({
      cause: msg('The log ends before the tool reports a result: it is still in progress, or it was killed.'),
      advice: msg(
        'See on the node whether yum or dnf still runs; if not, run it again, nothing was installed yet.',
      ),
    }),
  },
];
