import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { RunKind } from '../../base/states.ts';

/** The message about an unfinished run or undo of an earlier window; `time` is that of its last event. */
export function unfinishedText(kind: RunKind, cluster: string, time: string): Message {
  switch (kind) {
    case 'check':
      return msg('A check of {0} that started at {1} did not finish.', cluster, time);
    case 'run':
      return msg('A run of {0} that started at {1} is still in progress on its nodes.', cluster, time);
    case 'undo':
      return msg('An undo of {0} that started at {1} is still in progress on its nodes.', cluster, time);
    default:
      return assertNever(kind);
  }
}
