import { assertNever } from '../../base/assert-never.ts';
import type { Reason, StepOutcome } from '../../base/states.ts';
import type { JobEnd } from './following.ts';
import type { JobFindings } from './job-events.ts';

/** How a step's job ended, before it is judged. */
export interface JobReport extends JobFindings {
  readonly end: JobEnd;
  readonly milliseconds: number;
}

/** The outcome of a step and why. */
export interface Verdict {
  readonly outcome: StepOutcome;
  readonly reasons: readonly Reason[];
}

type EndOf<Type extends JobEnd['type']> = Extract<JobEnd, { type: Type }>;

function because(code: string, ...args: readonly string[]): readonly Reason[] {
  return [{ code, args }];
}

/** An exit code alone says little: what counts is the result that the step printed. */
function ofEnded({ code }: EndOf<'ended'>, findings: JobFindings): Verdict {
  const { result, isWhole, noticed, reasons } = findings;
  if (code === 'cancelled') return { outcome: 'cancelled', reasons: [] };
  if (!isWhole) return { outcome: 'interrupted', reasons: because('job-broke-off', code) };
  if (!result) return { outcome: 'failed', reasons: because('job-no-result') };
  const { outcome } = result;
  const given = result.reason ? [result.reason] : [];
  switch (outcome) {
    case 'changed':
    case 'unchanged':
      return { outcome, reasons: [] };
    case 'failed':
      return { outcome, reasons: [...given, ...reasons] };
    case 'interrupted':
      return { outcome, reasons: given };
    case 'cancelled':
      // A step that was cancelled because its time was over has failed: no person cancelled it.
      return noticed.has('timed-out')
        ? { outcome: 'failed', reasons: [...because('timed-out-ended'), ...reasons] }
        : { outcome, reasons: [] };
    default:
      return assertNever(outcome);
  }
}

function ofRefused({ why, values }: EndOf<'refused'>): Verdict {
  const code = why === 'not-root' ? why : `job-${why}`;
  return { outcome: 'failed', reasons: because(code, ...values) };
}

function ofUnreached({ failure, begun }: EndOf<'unreached'>): Verdict {
  const isCancelled = failure.code === 'cancelled';
  // A job that was never sent is at work nowhere, and never will be.
  if (begun === 'no')
    return { outcome: isCancelled ? 'cancelled' : 'failed', reasons: because('job-not-started') };
  const outcome = isCancelled ? 'cancelled' : 'interrupted';
  if (failure.code === 'not-kept') return { outcome, reasons: because('job-not-kept') };
  return { outcome, reasons: because(begun === 'unknown' ? 'job-unknown' : 'job-unreached') };
}

/** What the report of a job comes to. */
export function verdictOf({ end, ...findings }: JobReport): Verdict {
  switch (end.type) {
    case 'ended':
      return ofEnded(end, findings);
    case 'gone':
      return { outcome: 'interrupted', reasons: because(`job-${end.state}`) };
    case 'refused':
      return ofRefused(end);
    case 'unreached':
      return ofUnreached(end);
    default:
      return assertNever(end);
  }
}
