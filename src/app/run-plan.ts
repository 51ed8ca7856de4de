import { appliesSteps } from '../base/run-kind.ts';
import type { Reason, RunOutcome } from '../base/states.ts';
import type { ReadyJob, ReadyPlan } from '../plan/ready.ts';
import { onAbort } from '../remote/base/abort.ts';
import { needsFirst } from '../rules/step-orders.ts';
import type { RunEvent } from '../run/events.ts';
import { release } from './find-others.ts';
import { isFoundDone } from './found-done.ts';
import type { JobRequest } from './jobs/run-job.ts';
import { keeping } from './keep-node.ts';
import type { NodeWork } from './node-work.ts';
import { type Attempt, ended, type On, oneJob, settleAbsence, stopOf } from './one-job.ts';
import { goAway, mayRestart } from './restart.ts';
import { type BlockingNode, endOf, type SerialOutcome } from './serial-steps.ts';

/** Waits for the node's turn, or until `stop` aborts; returns the node that blocks it, if any. */
async function* awaitTurn(
  { serialQueue }: NodeWork,
  on: On,
  stop: AbortSignal,
): AsyncGenerator<RunEvent, BlockingNode | undefined> {
  if (serialQueue.mustWait(on.step, on.node))
    yield { type: 'notice', ...on, reason: { code: 'serial-waiting', args: [] } };
  let release: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    release = onAbort(stop, () => resolve(undefined));
  });
  try {
    return await Promise.race([serialQueue.wait(on.step, on.node), stopped]);
  } finally {
    release();
  }
}

type OwnRequest = Exclude<JobRequest, { other: unknown }>;

function requestOf(
  job: ReadyJob,
  { unfinishedJob: unfinished }: NodeWork,
  { hasBegun, left }: NodeProgress,
): OwnRequest | undefined {
  if (unfinished?.record.step === job.step)
    return { step: job.step, unfinished: unfinished.record, reported: unfinished.reported };
  const place = hasBegun || unfinished ? 'queued' : 'alone';
  return job.payload && { step: job.step, payload: job.payload, attempt: 1, place, hasMore: left > 0 };
}

/** Progress of a node through its jobs. */
interface NodeProgress {
  outcome: RunOutcome;
  /** How the remaining jobs are reported once no more are started. */
  rest?: 'skipped' | 'cancelled';
  /** Steps that are not done because they, or a step they depend on, were cancelled. */
  readonly missing: Set<string>;
  /** Whether a job was sent: the node is kept for this run. */
  hasBegun: boolean;
  /** How many jobs follow the current one. */
  left: number;
}

/** How to report a job that may not start; undefined if it may. */
function skipOutcome(
  { cancellation, signal, link }: NodeWork,
  step: string,
): 'skipped' | 'cancelled' | undefined {
  if (cancellation.of(link.node.name, step).before.aborted) return 'cancelled';
  return signal.aborted ? 'skipped' : undefined;
}

/** The serial outcome of a job that did not run: a step that is already done blocks no other node. */
function serialOutcomeOf(work: NodeWork, job: ReadyJob): SerialOutcome {
  return appliesSteps(work.kind) && job.state === 'done' ? 'done' : 'cancelled';
}

/** After a cancelled step nothing more starts on the node, unless only that step was cancelled. */
function afterCancel(work: NodeWork, job: ReadyJob, course: NodeProgress): SerialOutcome {
  const { cancellation, link, signal } = work;
  const node = link.node.name;
  course.outcome = 'cancelled';
  if (cancellation.of(node).before.aborted) course.rest = 'cancelled';
  else if (signal.aborted || !cancellation.of(node, job.step).before.aborted) course.rest = 'skipped';
  const turn = serialOutcomeOf(work, job);
  if (turn !== 'done') course.missing.add(job.step);
  return turn;
}

/** The step that is missing and without which this one must not begin. */
function missingBase({ kind }: NodeWork, step: string, { missing }: NodeProgress): string | undefined {
  return [...missing].find((id) => needsFirst(kind, step, id));
}

/** Reports a step that cannot start because another one was cancelled. */
function* skipStep(on: On, progress: NodeProgress, reason: Reason): Generator<RunEvent, SerialOutcome> {
  yield ended(on, 'skipped', [reason]);
  progress.outcome = 'cancelled';
  progress.missing.add(on.step);
  return 'cancelled';
}

/** Reports a step that cannot start, which ends the work on the node. */
function* failStep(
  { failed }: NodeWork,
  on: On,
  { progress, reason }: { readonly progress: NodeProgress; readonly reason: Reason },
): Generator<RunEvent, SerialOutcome> {
  yield ended(on, 'skipped', [reason]);
  Object.assign(progress, { outcome: 'failed', rest: 'skipped' });
  failed.node ??= on.node;
  return 'failed';
}

/** Why the failure of another node keeps this one from starting a step. */
function reasonNotToStart({ policy, failed }: NodeWork, blocked?: BlockingNode): Reason | undefined {
  if (blocked) return { code: 'serial-failed', args: [blocked.node] };
  const other = policy.failFast ? failed.node : undefined;
  return other === undefined ? undefined : { code: 'other-node-failed', args: [other] };
}

/** Runs a job as soon as its services may be restarted; returns its serial outcome. */
async function* startJob(
  work: NodeWork,
  attempt: Omit<Attempt, 'left'>,
  course: NodeProgress,
): AsyncGenerator<RunEvent, SerialOutcome | 'occupied'> {
  const { job, request } = attempt;
  const on: On = { node: work.link.node.name, step: job.step };
  const begun = 'unfinished' in request ? { begun: work.away?.services ?? [] } : {};
  const leaving = goAway({ work, on, stop: stopOf(work, on), ...begun });
  const departure = yield* course.hasBegun && mayRestart(work, on) ? keeping(work, leaving) : leaving;
  if (departure === 'cancelled') {
    yield ended(on, skipOutcome(work, job.step) ?? 'skipped');
    return afterCancel(work, job, course);
  }
  if ('code' in departure) return yield* failStep(work, on, { progress: course, reason: departure });
  const reason = 'unfinished' in request ? undefined : reasonNotToStart(work);
  if (reason) {
    work.absences.end(on.node, true);
    return yield* failStep(work, on, { progress: course, reason });
  }
  if (!('unfinished' in request) || request.reported === 0) yield { type: 'step-started', ...on };
  work.activity.hasBegun = true;
  const outcome = yield* oneJob(work, { ...attempt, left: departure.left });
  if (outcome === 'occupied') return outcome;
  course.hasBegun = true;
  if (outcome === 'changed' || outcome === 'unchanged') return 'done';
  if (outcome === 'cancelled') return afterCancel(work, job, course);
  Object.assign(course, { outcome: 'failed', rest: 'skipped' });
  work.failed.node ??= on.node;
  return 'failed';
}

/** Runs one job in its turn, unless something prevents it; returns its serial outcome. */
async function* takeJob(
  work: NodeWork,
  job: ReadyJob,
  course: NodeProgress,
): AsyncGenerator<RunEvent, SerialOutcome | 'occupied'> {
  const { cancellation, signal } = work;
  const on: On = { node: work.link.node.name, step: job.step };
  const request = requestOf(job, work, course);
  if (!request) {
    yield ended(on, 'unavailable');
    return 'done';
  }
  const stop = cancellation.of(on.node, job.step);
  const base = missingBase(work, job.step, course);
  if (base !== undefined && !stop.before.aborted)
    return yield* skipStep(on, course, { code: 'dependency-cancelled', args: [base] });
  const wait = awaitTurn(work, on, AbortSignal.any([signal, stop.before]));
  const mustKeep = course.hasBegun && work.serialQueue.mustWait(on.step, on.node);
  const blocked = yield* mustKeep ? keeping(work, wait) : wait;
  const skipped = 'unfinished' in request ? undefined : skipOutcome(work, job.step);
  if (skipped) {
    yield ended(on, skipped);
    return afterCancel(work, job, course);
  }
  if (blocked?.outcome === 'cancelled')
    return yield* skipStep(on, course, { code: 'serial-cancelled', args: [blocked.node] });
  const why = reasonNotToStart(work, blocked);
  if (why) return yield* failStep(work, on, { progress: course, reason: why });
  if (!course.hasBegun && isFoundDone(work, job)) {
    work.skipped.add(job.step);
    yield ended(on, 'unchanged');
    return 'done';
  }
  return yield* startJob(work, { job, request, signal: AbortSignal.any([signal, stop.now]) }, course);
}

/**
 * Runs the jobs of a node in order. The first failure, or cancelling the node, stops the rest; cancelling a single step skips
 * only the steps that depend on it. `occupied` if another run took the node before the first one.
 */
export async function* runNode(
  plan: ReadyPlan,
  work: NodeWork,
): AsyncGenerator<RunEvent, RunOutcome | 'occupied'> {
  const { serialQueue, ports } = work;
  const node = plan.node.name;
  const missing = [...(work.ended ?? [])].flatMap(([step, end]) =>
    endOf(end) === 'cancelled' ? [step] : [],
  );
  const course: NodeProgress = {
    outcome: missing.length > 0 ? 'cancelled' : 'ok',
    missing: new Set(missing),
    ...{ hasBegun: false, left: plan.jobs.length },
  };
  const settled = yield* settleAbsence(work);
  if (settled === 'failed') Object.assign(course, { outcome: 'failed', rest: 'skipped' });
  else if (settled === 'cancelled') Object.assign(course, { outcome: 'cancelled', rest: 'cancelled' });
  for (const job of plan.jobs) {
    course.left -= 1;
    const on: On = { node, step: job.step };
    const writeFailure = ports.writeGuard.failure(node);
    if (!course.rest && writeFailure && !skipOutcome(work, job.step)) {
      yield { type: 'node-failed', node, failure: writeFailure };
      Object.assign(course, { outcome: 'failed', rest: 'skipped' });
    }
    if (course.rest) yield ended(on, course.rest);
    const serialOutcome = course.outcome === 'failed' ? 'failed' : serialOutcomeOf(work, job);
    const turn = course.rest ? serialOutcome : yield* takeJob(work, job, course);
    if (turn === 'occupied') return turn;
    serialQueue.done(job.step, node, turn);
  }
  // After its last step a node was kept if it had to wait or to reboot.
  const wasKept = work.policy.reboot || plan.jobs.some(({ step }) => mayRestart(work, { node, step }));
  if (course.hasBegun && (course.outcome !== 'ok' || wasKept)) await release(work);
  return course.outcome;
}
