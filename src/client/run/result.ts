import { joined, type Message, msg } from '../../base/l10n.ts';
import type { RunKind, RunOutcome } from '../../base/states.ts';
import { oneLine } from '../../base/visible.ts';
import type { Summary } from '../../view/summary.ts';
import { headline } from '../../view/tally.ts';
import { cleanLine } from '../../yum/clean.ts';

/** The titles of the progress of a run. */
export const runTitles: Readonly<Record<RunKind, (cluster: string) => Message>> = {
  check: (cluster) => msg('Checking {0}', cluster),
  run: (cluster) => msg('Running {0}', cluster),
  undo: (cluster) => msg('Undoing in {0}', cluster),
};

/** The result of a run, for its notification. */
export interface Result extends Summary {
  /** For a cancelled run: whether only a part was cancelled. */
  readonly isPartly?: boolean;
}

const partly: Readonly<Record<RunKind, (cluster: string) => Message>> = {
  check: (cluster) => msg('Check of {0} finished, partly cancelled', cluster),
  run: (cluster) => msg('Run of {0} finished, partly cancelled', cluster),
  undo: (cluster) => msg('Undo of {0} finished, partly cancelled', cluster),
};

const heads: Readonly<Record<RunKind, Readonly<Record<RunOutcome, (cluster: string) => Message>>>> = {
  check: {
    ok: (cluster) => msg('Check of {0} finished', cluster),
    failed: (cluster) => msg('Check of {0} finished with failures', cluster),
    cancelled: (cluster) => msg('Check of {0} was cancelled', cluster),
    unreachable: (cluster) => msg('Check of {0} failed', cluster),
  },
  run: {
    ok: (cluster) => msg('Run of {0} finished', cluster),
    failed: (cluster) => msg('Run of {0} finished with failures', cluster),
    cancelled: (cluster) => msg('Run of {0} was cancelled', cluster),
    unreachable: (cluster) => msg('Run of {0} failed', cluster),
  },
  undo: {
    ok: (cluster) => msg('Undo of {0} finished', cluster),
    failed: (cluster) => msg('Undo of {0} finished with failures', cluster),
    cancelled: (cluster) => msg('Undo of {0} was cancelled', cluster),
    unreachable: (cluster) => msg('Undo of {0} failed', cluster),
  },
};

/** The first failure with a known cause, with its node and step; without one, the last line of its log. */
function troubleText({ failed }: Summary): Message | undefined {
  const known = failed.find(({ trouble }) => trouble?.explanation) ?? failed[0];
  const [cause] = known?.reasons ?? [];
  if (!known || !cause) return undefined;
  const text = joined([`${known.node} · ${known.step}`, cause], ': ');
  const line = known.trouble?.explanation ? '' : oneLine(cleanLine(known.trouble?.line ?? ''));
  return line === '' ? text : joined([text, msg('Details: "{0}"', line)], ' ');
}

/** The result in a sentence: `Run of demo finished: 17 done (14 changed).` */
export function resultText(kind: RunKind, cluster: string, summary: Result): Message {
  const { outcome = 'failed', isPartly = false } = summary;
  const head = outcome === 'cancelled' && isPartly ? partly[kind](cluster) : heads[kind][outcome](cluster);
  const counted = headline(summary, { withChanges: true, withDetails: true });
  const trouble = troubleText(summary);
  const sentence = joined(counted ? [head, ': ', counted, '.'] : [head, '.']);
  return trouble ? joined([sentence, trouble], ' ') : sentence;
}
