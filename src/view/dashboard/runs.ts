import { joined, type Translate } from '../../base/l10n.ts';
import type { RunKind, RunOutcome } from '../../base/states.ts';
import { runKindText, runOutcomeText } from '../run-words.ts';
import type { DashboardRun } from './model.ts';

/** A stored run of the cluster. */
export interface ListedRun {
  readonly run: string;
  readonly kind: RunKind;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** Absent if it is still running or was killed. */
  readonly outcome?: RunOutcome;
}

/** Older runs are in the view of all runs. */
const maxRuns = 20;

const statuses: Readonly<Record<RunOutcome, DashboardRun['status']>> = {
  ok: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  unreachable: 'unreachable',
};

/** The list of runs, newest first; `current` is the run in progress in this window. */
export function runList(
  runs: readonly ListedRun[],
  current: string | undefined,
  { translate, time }: { readonly translate: Translate; readonly time: (at: number) => string },
): readonly DashboardRun[] {
  return runs.slice(0, maxRuns).map(({ run, kind, started, outcome }): DashboardRun => {
    const ended = outcome === undefined ? 'unknown' : statuses[outcome];
    const words = run === current ? [] : [runOutcomeText(outcome)];
    return {
      id: run,
      text: translate(joined([time(started), runKindText(kind), ...words], ' · ')),
      status: run === current ? 'running' : ended,
    };
  });
}
