import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** The run was interrupted. */
export const interruptions: readonly KnownFailure[] = [
  {
    id: 'interrupted',
    source: 'dnf 4.14 and dnf5 5.4 run with SIGINT; yum yummain.py',
    area: 'system',
    level: 'error',
    pattern: /Interrupted by (?:a SIGINT )?signal|^KeyboardInterrupt: |^Exiting on user [Cc]ancel/,
    because: ['lock'],
    diagnose: () => ({
      cause: msg('Interrupted with Ctrl-C or a signal.'),
      advice: msg(
        'Run it again. Downloads are kept, and nothing was installed if the transaction had not started.',
      ),
    }),
  },
];
