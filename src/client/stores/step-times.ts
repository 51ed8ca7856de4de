import { changesNodes } from '../../base/run-kind.ts';
import type { RunKind } from '../../base/states.ts';
import { type StepTimes, stepTimes } from '../../view/step-times.ts';
import type { EarlierRuns, HistoryRun } from './earlier-runs.ts';

/** How long steps took in the last runs of a cluster file. */
export interface StepTimesStore {
  /** What is known now; undefined until the runs have been read, and without any. */
  of(file: string, kind: RunKind): StepTimes | undefined;
}

export interface StepTimesNeeds {
  readonly earlier: Pick<EarlierRuns, 'of' | 'state'>;
  /** Called when more is known. */
  readonly changed: () => void;
  readonly report: (cause: unknown) => void;
}

/** Number of newest runs that the times come from. */
const maxRuns = 10;

interface Known {
  /** The runs that have been read, or are being read. */
  readonly key: string;
  readonly times?: StepTimes;
}

/** Reads the results of the last finished runs when they are asked for, once. */
export function createStepTimes({ earlier, changed, report }: StepTimesNeeds): StepTimesStore {
  const known = new Map<string, Known>();

  async function read(place: string, kind: RunKind, runs: readonly HistoryRun[]): Promise<void> {
    const key = keyOf(runs);
    const states = await Promise.all(runs.map(earlier.state));
    if (known.get(place)?.key !== key) return;
    known.set(place, {
      key,
      times: stepTimes(
        states.flatMap((state) => state ?? []),
        kind,
      ),
    });
    changed();
  }

  return {
    of: (file, kind) => {
      if (!changesNodes(kind)) return undefined;
      const place = JSON.stringify([file, kind]);
      const runs = (earlier.of(file) ?? [])
        .filter((run) => run.kind === kind && run.outcome !== undefined)
        .slice(0, maxRuns);
      const before = known.get(place);
      if (runs.length === 0 || before?.key === keyOf(runs)) return before?.times;
      // Until the new ones have been read, the old times are the best that is known.
      known.set(place, { key: keyOf(runs), ...(before?.times ? { times: before.times } : {}) });
      read(place, kind, runs).catch(report);
      return before?.times;
    },
  };
}

function keyOf(runs: readonly HistoryRun[]): string {
  return runs.map(({ run }) => run).join(' ');
}
