import type { Reason, StepOutcome, StepState } from '../base/states.ts';
import type { QuorumGroup } from '../plan/quorum-groups.ts';
import type { ReadyJob } from '../plan/ready.ts';
import type { RunEvent } from '../run/events.ts';
import { type JobRequest, runJob } from './jobs/run-job.ts';
import { type JobReport, verdictOf } from './jobs/verdict.ts';
import { keeping } from './keep-node.ts';
import type { NodeWork } from './node-work.ts';
import { probeNode } from './probe.ts';
import { type RebootEnd, rebootNode } from './reboot.ts';
import { comeBack } from './restart.ts';
import { isDone } from './serial-steps.ts';
import type { WaitEnd } from './turn.ts';

export type On = { readonly node: string; readonly step: string };

export function ended(
  on: On,
  outcome: StepOutcome,
  reasons: readonly Reason[] = [],
  milliseconds = 0,
): RunEvent {
  return { type: 'step-finished', ...on, outcome, reasons, milliseconds };
}

/** Checks one step again, after a reboot or a job with an unknown end; returns its state. */
async function* recheck(work: NodeWork, on: On): AsyncGenerator<RunEvent, StepState> {
  const { cluster, link, ports, signal, secrets, stepLimitMs } = work;
  const { transport, node } = link;
  if (!transport) return 'unknown';
  const limit = stepLimitMs === undefined ? {} : { stepLimitMs };
  const selection = { nodes: [on.node], steps: [on.step] };
  const probed = yield* probeNode({ cluster, node, selection, transport, secrets, ...limit }, ports, signal);
  return (probed.ok && probed.report.steps.get(on.step)?.state) || 'unknown';
}

/** Reports the end of a job; if it is unknown, checks whether the step is done. */
async function* finishJob(work: NodeWork, on: On, report: JobReport): AsyncGenerator<RunEvent, StepOutcome> {
  const { outcome, reasons } = verdictOf(report);
  const { end, milliseconds } = report;
  if (end.type === 'ended' && !end.intact)
    yield { type: 'notice', ...on, reason: { code: 'log-differs', args: [] } };
  if (outcome === 'interrupted' && end.type !== 'unreached') {
    for (const reason of reasons) yield { type: 'notice', ...on, reason };
    if ((yield* recheck(work, on)) === 'done') {
      yield ended(on, 'changed', [], milliseconds);
      return 'changed';
    }
  }
  // A job that cannot be reached any more may still run, although it was cancelled.
  const mayRun = outcome === 'cancelled' && end.type === 'unreached' && end.started !== 'no';
  if (mayRun) for (const reason of reasons) yield { type: 'notice', ...on, reason };
  const isFailure = outcome === 'failed' || outcome === 'interrupted';
  yield ended(on, outcome, isFailure ? reasons : [], milliseconds);
  if (end.type === 'unreached') yield { type: 'node-failed', node: on.node, failure: end.failure };
  return outcome;
}

/** One job and its request; `signal` stops only this job. */
export interface Attempt {
  readonly job: ReadyJob;
  readonly request: JobRequest;
  readonly signal: AbortSignal;
  /** The services that the node is away from meanwhile. */
  readonly left: readonly QuorumGroup[];
}

/** Ends the waits after a step: it was cancelled, or nothing can be recorded any more. */
export function stopOf({ cancellation, ports, signal }: NodeWork, { node, step }: On): AbortSignal {
  return AbortSignal.any([signal, cancellation.of(node, step).before, ports.writeGuard.failed]);
}

/** Waits until the members of the services that the node was away from answer again. */
async function* comeBackWithNotice(
  work: NodeWork,
  on: On,
  left: readonly QuorumGroup[],
): AsyncGenerator<RunEvent, WaitEnd> {
  const end = yield* keeping(work, comeBack({ work, on, stop: stopOf(work, on) }, left));
  if (typeof end !== 'string') yield { type: 'notice', ...on, reason: end };
  return end;
}

async function* rebootAfter(work: NodeWork, on: On, begun?: string): AsyncGenerator<RunEvent, RebootEnd> {
  const stop = stopOf(work, on);
  const rebooting = rebootNode({ work, on, stop, ...(begun === undefined ? {} : { begun }) });
  const rebooted = yield* keeping(work, rebooting);
  if (rebooted === 'back') yield* recheck(work, on);
  return rebooted;
}

/** Ends what an interrupted run left open on the node after its last job: it may be away from a quorum, or have to reboot. */
export async function* settleAbsence(
  work: NodeWork,
): AsyncGenerator<RunEvent, 'over' | 'failed' | 'cancelled'> {
  const { away, unfinishedJob, ended, policy, absences, link } = work;
  if (!away || unfinishedJob) return 'over';
  const { step, services, needsReboot, boot } = away;
  const on: On = { node: link.node.name, step };
  const left = absences.of(on.node).filter(({ name }) => services.includes(name));
  if (boot === undefined && left.length > 0) {
    const end = yield* comeBackWithNotice(work, on, left);
    if (end !== 'over') return end === 'cancelled' ? end : 'failed';
  }
  const outcome = ended?.get(step);
  const isDue = needsReboot && outcome !== undefined && isDone(outcome);
  if (boot === undefined && !(isDue && policy.reboot)) return 'over';
  const rebooted = yield* rebootAfter(work, on, boot);
  return rebooted === 'back' ? 'over' : rebooted;
}

/** Runs one job and what follows from it: the wait for the members of its services, and a reboot. */
export async function* oneJob(
  work: NodeWork,
  { job, request, signal, left }: Attempt,
): AsyncGenerator<RunEvent, StepOutcome | 'occupied'> {
  const on: On = { node: work.link.node.name, step: job.step };
  const alone = { ...work, signal };
  let report = yield* runJob(alone, request);
  const { end } = report;
  if (end.type === 'refused' && end.why === 'occupied') {
    work.absences.end(on.node, true);
    return 'occupied';
  }
  const hasBegun = end.type !== 'gone' || !['absent', 'staged'].includes(end.state);
  // The earlier process did not get to send the job: send it now.
  if ('unfinished' in request && !hasBegun && job.payload)
    report = yield* runJob(alone, {
      step: job.step,
      payload: job.payload,
      attempt: request.unfinished.attempt + 1,
      ...{ place: 'queued', hasMore: false },
    });
  const outcome = yield* finishJob(work, on, report);
  const endedWell = outcome === 'changed' || outcome === 'unchanged';
  if (left.length > 0) {
    const back = yield* comeBackWithNotice(alone, on, left);
    if (typeof back !== 'string') return endedWell ? 'interrupted' : outcome;
  }
  if (!endedWell || !report.noticed.has('reboot-needed') || !work.policy.reboot) return outcome;
  const rebooted = yield* rebootAfter(alone, on);
  if (rebooted === 'back') return outcome;
  return rebooted === 'failed' ? 'interrupted' : 'cancelled';
}
