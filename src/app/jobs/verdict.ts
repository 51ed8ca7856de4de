import { assertNever } from '../../base/assert-never.ts';
import type { Reason, StepOutcome } from '../../base/states.ts';
import type { JobFindings } from './job-events.ts';
import type { JobEnd } from './transfer-types.ts';

/** How a job ended, and its findings. */
export interface JobReport extends JobFindings {
  readonly end: JobEnd;
  readonly milliseconds: number;
}

/** The outcome of a step, with its reasons. */
export interface Verdict {
  readonly outcome: StepOutcome;
  readonly reasons: readonly Reason[];
}

type EndOf<Type extends JobEnd['type']> = Extract<JobEnd, { type: Type }>;

function because(code: string, ...args: readonly string[]): readonly Reason[] {
  return [{ code, args }];
}

/** The printed result counts; an exit code alone says little. */
function ofEnded({ code }: EndOf<'ended'>, findings: JobFindings): Verdict {
  const { result, isComplete, noticed, reasons } = findings;
  if (code === 'cancelled') return { outcome: 'cancelled', reasons: [] };
  if (!isComplete) return { outcome: 'interrupted', reasons: because('job-interrupted', code) };
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
      // A step cancelled by its time limit has failed: no user cancelled it.
      return noticed.has('timed-out')
        ? { outcome: 'failed', reasons: [...because('timed-out-stopped'), ...reasons] }
        : { outcome, reasons: [] };
    default:
      return assertNever(outcome);
  }
}

function ofRefused({ why, values }: EndOf<'refused'>): Verdict {
  const code = why === 'not-root' ? why : `job-${why}`;
  return { outcome: 'failed', reasons: because(code, ...values) };
}

function ofUnreached({ failure, started }: EndOf<'unreached'>): Verdict {
  const isCancelled = failure.code === 'cancelled';
  // A job that was never sent is not running, and never will be.
  if (started === 'no')
    return { outcome: isCancelled ? 'cancelled' : 'failed', reasons: because('job-not-started') };
  const outcome = isCancelled ? 'cancelled' : 'interrupted';
  if (failure.code === 'journal-unwritable') return { outcome, reasons: because('job-journal-unwritable') };
  return { outcome, reasons: because(started === 'unknown' ? 'job-unknown' : 'job-unreachable') };
}

/** The outcome of a job. */
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
