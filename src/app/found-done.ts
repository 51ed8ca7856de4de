import { appliesSteps } from '../base/run-kind.ts';
import type { Job } from '../plan/plan.ts';
import { findStep } from '../steps/catalogue.ts';
import type { NodeWork } from './node-work.ts';

/** How long the result of a check counts as current, milliseconds. */
const currentMs = 60_000;

/**
 * Whether the check of this run has just found the step done, so that its job would do nothing; the caller knows that the run has
 * started no job on the node since. A serial step can depend on what the other nodes did meanwhile, so there none may have started.
 */
export function isFoundDone(
  { kind, checkedAt, ports, activity, unfinishedJob }: NodeWork,
  { step, state }: Job,
): boolean {
  if (!appliesSteps(kind) || state !== 'done' || checkedAt === undefined || unfinishedJob) return false;
  const age = ports.clock.now() - checkedAt;
  if (age < 0 || age > currentMs) return false;
  const known = findStep(step);
  return !(known?.serial && activity.hasBegun);
}
