import { appliesSteps, type ChangeKind } from '../base/run-kind.ts';
import type { Job } from '../plan/plan.ts';

/**
 * Whether a retry leaves out a step of a node: it ended well in the run that is retried, and the check does not contradict. A
 * setting that was corrected meanwhile makes the check find the step needed again.
 */
export function isRetired(kind: ChangeKind, { step, state }: Job, done: ReadonlySet<string>): boolean {
  if (!done.has(step)) return false;
  return appliesSteps(kind) ? state === 'done' || state === 'unknown' : state !== 'done';
}
