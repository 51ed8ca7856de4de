import { appliesSteps } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import type { RunState, StepStatus } from '../run/state.ts';

/** How long steps took in past runs of a cluster: the medians by the id of the step, in milliseconds. */
export interface StepTimes {
  /** Steps that the run changed. */
  readonly changed: ReadonlyMap<string, number>;
  /** Steps that already were as the run wants them. */
  readonly unchanged: ReadonlyMap<string, number>;
}

/** What a stored run says may be damaged; no step takes longer than this. */
const maxMs = 7 * 24 * 60 * 60 * 1000;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

/** How long a run worked on a step; undefined unless that run started it and it succeeded. */
function timeOf({ outcome, milliseconds = 0, logRun, endedIn }: StepStatus, run: string): number | undefined {
  const isOwn = logRun === run && endedIn === run;
  const isSuccess = outcome === 'changed' || outcome === 'unchanged';
  return isOwn && isSuccess && milliseconds > 0 && milliseconds <= maxMs ? milliseconds : undefined;
}

/** The times of the steps in past runs of one kind, of all their nodes. */
export function stepTimes(states: readonly RunState[], kind: RunKind): StepTimes {
  const times = { changed: new Map<string, number[]>(), unchanged: new Map<string, number[]>() };
  for (const { run, nodes } of states) {
    if (run?.kind !== kind) continue;
    for (const [id, step] of Object.values(nodes).flatMap(({ steps }) => Object.entries(steps))) {
      const time = timeOf(step, run.id);
      if (time === undefined || (step.outcome !== 'changed' && step.outcome !== 'unchanged')) continue;
      const known = times[step.outcome];
      const values = known.get(id);
      if (values) values.push(time);
      else known.set(id, [time]);
    }
  }
  const medians = (known: ReadonlyMap<string, readonly number[]>) =>
    new Map([...known].map(([id, values]) => [id, median(values)]));
  return { changed: medians(times.changed), unchanged: medians(times.unchanged) };
}

/** The time that a step will probably need; undefined if no past run shows it. */
export function expectedTime(
  times: StepTimes,
  { id, step, kind }: { readonly id: string; readonly step: StepStatus | undefined; readonly kind: RunKind },
): number | undefined {
  const isThere = step?.state !== undefined && (step.state === 'done') === appliesSteps(kind);
  return isThere ? (times.unchanged.get(id) ?? times.changed.get(id)) : times.changed.get(id);
}
