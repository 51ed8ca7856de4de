import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { YumOutcome, YumTool } from '../../yum/events.ts';

/** The names of the tools. */
export const toolNames: Readonly<Record<YumTool, string>> = {
  yum3: 'yum 3',
  dnf4: 'dnf 4',
  dnf5: 'dnf 5',
  packstack: 'Packstack',
};

/** How a run of the tool ended. */
export function outcomeText(outcome: YumOutcome): Message {
  switch (outcome) {
    case 'success':
      return msg('succeeded');
    case 'nothing-to-do':
      return msg('nothing to do');
    case 'failed':
      return msg('failed');
    case 'aborted':
      return msg('interrupted');
    case 'incomplete':
      return msg('log incomplete');
    default:
      return assertNever(outcome);
  }
}
