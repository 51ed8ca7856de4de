import { msg } from '../../base/l10n.ts';
import type { YumOutcome } from '../events.ts';
import type { Diagnosis } from './known-failure.ts';
import type { Memory } from './memory.ts';

/** What is known about a run at its end. */
export interface Ending extends Pick<Memory, 'asked' | 'reached'> {
  readonly outcome: YumOutcome;
}

export interface KnownEnding {
  readonly id: string;
  readonly source: string;
  readonly is: (ending: Ending) => boolean;
  readonly diagnose: () => Diagnosis;
}

/** Explanations for runs that end without an error message; the first match is used. */
export const endings: readonly KnownEnding[] = [
  {
    id: 'answered-no',
    source: 'yum and dnf with --assumeno, or with an input that has ended',
    is: ({ outcome }) => outcome === 'aborted',
    diagnose: () => ({
      cause: msg('The confirmation was declined, or there was no input. Nothing was changed.'),
      advice: msg('Run it with -y if the list of packages is correct.'),
    }),
  },
  {
    id: 'waiting-for-answer',
    source: 'yum and dnf: Is this ok [y/N]',
    is: ({ outcome, asked }) => outcome === 'incomplete' && asked,
    diagnose: () => ({
      cause: msg('The log ends at an unanswered question.'),
      advice: msg('Run it with -y if it is not interactive.'),
    }),
  },
  {
    id: 'cut-off-transaction',
    source: 'dnf 4.14 and dnf5 5.4 run with SIGKILL; yum-complete-transaction of yum-utils',
    is: ({ outcome, reached }) => outcome === 'incomplete' && reached === 'transaction',
    diagnose: () => ({
      cause: msg(
        'The log ends in the middle of the transaction. It is still in progress, was killed or lost its connection.',
      ),
      advice: msg(
        'Check on the node whether yum or dnf is still running. If not, run yum-complete-transaction on EL7 or dnf check on EL8 and later, then run it again.',
      ),
    }),
  },
  {
    id: 'cut-off',
    source: 'dnf 4.14 and dnf5 5.4 run with SIGTERM during the downloads',
    is: ({ outcome, reached }) => outcome === 'incomplete' && reached === 'plan',
    diagnose: () => ({
      cause: msg('The log ends before the result. The tool is still in progress, or was killed.'),
      advice: msg(
        'Check on the node whether yum or dnf is still running. If not, run it again: nothing was installed yet.',
      ),
    }),
  },
];
