import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { RunKind } from '../base/states.ts';
import { isUnfinished } from '../run/unfinished.ts';
import type { GoingRun } from './live.ts';
import type { ListedRun } from './runs.ts';

function leftText(kind: RunKind, time: string): Message {
  switch (kind) {
    case 'check':
    case 'run':
      return msg('run of {0} is still in progress on its nodes', time);
    case 'undo':
      return msg('undo of {0} is still in progress on its nodes', time);
    default:
      return assertNever(kind);
  }
}

function elsewhereText(kind: RunKind, time: string): Message {
  switch (kind) {
    case 'check':
      return msg('check of {0} is in progress in another window or terminal', time);
    case 'run':
      return msg('run of {0} is in progress in another window or terminal', time);
    case 'undo':
      return msg('undo of {0} is in progress in another window or terminal', time);
    default:
      return assertNever(kind);
  }
}

/** The newest run of a cluster, if it has no end and this window does not follow it. */
export function goingRun(
  runs: readonly ListedRun[],
  { now, time }: { readonly now: number; readonly time: (at: number) => string },
): GoingRun | undefined {
  const [newest] = runs;
  if (!newest || newest.outcome !== undefined || newest.follower === 'here') return undefined;
  const started = time(newest.started);
  if (newest.follower) return { text: elsewhereText(newest.kind, started), isOpen: false };
  return isUnfinished(newest, now) ? { text: leftText(newest.kind, started), isOpen: true } : undefined;
}
