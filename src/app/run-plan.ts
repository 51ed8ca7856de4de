import { appliesSteps } from '../base/run-kind.ts';
import type { Reason, RunOutcome, StepOutcome, StepState } from '../base/states.ts';
import type { ReadyJob, ReadyPlan } from '../plan/ready.ts';
import { onAbort } from '../remote/base/abort.ts';
import { needsFirst } from '../rules/order.ts';
import type { RunEvent } from '../run/events.ts';
import { type JobRequest, runJob } from './jobs/run-job.ts';
import { type JobReport, verdictOf } from './jobs/verdict.ts';
import type { LeftJob, NodeWork } from './node-work.ts';
import { gather } from './probe.ts';
import { rebootNode } from './reboot.ts';
import type { Hindrance, TurnOutcome } from './serial-steps.ts';

type On = { readonly node: string; readonly step: string };

function ended(on: On, outcome: StepOutcome, reasons: readonly Reason[] = [], milliseconds = 0): RunEvent {
  return { type: 'step-finished', ...on, outcome, reasons, milliseconds };
}

/** Looks again at one step, after a reboot or a job whose end is not known; the state that was found. */
async function* lookAgain(work: NodeWork, on: On): AsyncGenerator<RunEvent, StepState> {
  const { cluster, link, ports, signal, secrets, stepLimit } = work;
  const { transport, node } = link;
  if (!transport) return 'unknown';
  const limit = stepLimit === undefined ? {} : { stepLimit };
  const selection = { nodes: [on.node], steps: [on.step] };
  const gathered = yield* gather({ cluster, node, selection, transport, secrets, ...limit }, ports, signal);
  return (gathered.ok && gathered.report.steps.get(on.step)?.state) || 'unknown';
}

/** Tells how a job ended; where that is not known, the node is looked at, and what is done is done. */
async function* settle(work: NodeWork, on: On, report: JobReport): AsyncGenerator<RunEvent, StepOutcome> {
  const { outcome, reasons } = verdictOf(report);
  const { end, milliseconds } = report;
  if (end.type === 'ended' && !end.intact)
    yield { type: 'notice', ...on, reason: { code: 'log-differs', args: [] } };
  if (outcome === 'interrupted' && end.type !== 'unreached') {
    for (const reason of reasons) yield { type: 'notice', ...on, reason };
    if ((yield* lookAgain(work, on)) === 'done') {
      yield ended(on, 'changed', [], milliseconds);
      return 'changed';
    }
  }
  const isToldBad = outcome === 'failed' || outcome === 'interrupted';
  yield ended(on, outcome, isToldBad ? reasons : [], milliseconds);
  if (end.type === 'unreached') yield { type: 'node-failed', node: on.node, failure: end.failure };
  return outcome;
}

/** Waits until the node before this one is through with the step, or `stop` aborts; what keeps it from beginning at all. */
async function* takeTurn(
  { turns }: NodeWork,
  on: On,
  stop: AbortSignal,
): AsyncGenerator<RunEvent, Hindrance | undefined> {
  if (turns.mustWait(on.step, on.node))
    yield { type: 'notice', ...on, reason: { code: 'waiting-for-turn', args: [] } };
  let release: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    release = onAbort(stop, () => resolve(undefined));
  });
  try {
    return await Promise.race([turns.wait(on.step, on.node), stopped]);
  } finally {
    release();
  }
}

/** One job with what it is asked for; `signal` ends it alone. */
interface Attempt {
  readonly job: ReadyJob;
  readonly request: JobRequest;
  readonly signal: AbortSignal;
}

async function* oneJob(
  work: NodeWork,
  { job, request, signal }: Attempt,
): AsyncGenerator<RunEvent, StepOutcome> {
  const on: On = { node: work.link.node.name, step: job.step };
  const alone = { ...work, signal };
  let report = yield* runJob(alone, request);
  const { end } = report;
  const hasBegun = end.type !== 'gone' || !['absent', 'staged'].includes(end.state);
  // What an earlier process meant to send has not reached the node: it is sent now.
  if ('left' in request && !hasBegun && job.payload)
    report = yield* runJob(alone, {
      step: job.step,
      payload: job.payload,
      attempt: request.left.attempt + 1,
    });
  const outcome = yield* settle(work, on, report);
  const isDue = report.noticed.has('reboot-needed') && (outcome === 'changed' || outcome === 'unchanged');
  if (!isDue || !work.policy.reboot) return outcome;
  if (!(yield* rebootNode(alone, on))) return 'interrupted';
  yield* lookAgain(work, on);
  return outcome;
}

function requestOf(job: ReadyJob, left: LeftJob | undefined): JobRequest | undefined {
  if (left?.record.step === job.step) return { step: job.step, left: left.record, told: left.told };
  return job.payload && { step: job.step, payload: job.payload, attempt: 1 };
}

/** How far a node has come through its jobs. */
interface Course {
  outcome: RunOutcome;
  /** How the jobs that are left are reported, once none of them begins any more. */
  rest?: 'skipped' | 'cancelled';
  /** Steps that are not done because a person cancelled them or something that they build on. */
  readonly missing: Set<string>;
}

/** How a job that may not begin is reported; undefined where it may begin. */
function haltOf({ cancellation, signal, link }: NodeWork, step: string): 'skipped' | 'cancelled' | undefined {
  if (cancellation.of(link.node.name, step).before.aborted) return 'cancelled';
  return signal.aborted ? 'skipped' : undefined;
}

/** The turn of a job that did not run: a step that the check found done keeps nobody else from it. */
function turnWithout(work: NodeWork, job: ReadyJob): TurnOutcome {
  return appliesSteps(work.kind) && job.state === 'done' ? 'done' : 'cancelled';
}

/** What a cancelled step means for its node: nothing more begins there, unless the step alone was cancelled. */
function leave(work: NodeWork, job: ReadyJob, course: Course): TurnOutcome {
  const { cancellation, link, signal } = work;
  const node = link.node.name;
  course.outcome = 'cancelled';
  if (cancellation.of(node).before.aborted) course.rest = 'cancelled';
  else if (signal.aborted || !cancellation.of(node, job.step).before.aborted) course.rest = 'skipped';
  const turn = turnWithout(work, job);
  if (turn !== 'done') course.missing.add(job.step);
  return turn;
}

/** The step that is missing and without which this one must not begin. */
function missingBase({ kind }: NodeWork, step: string, { missing }: Course): string | undefined {
  return [...missing].find((id) => needsFirst(kind, step, id));
}

/** Reports a step that cannot begin because something else was cancelled. */
function* hold(on: On, course: Course, reason: Reason): Generator<RunEvent, TurnOutcome> {
  yield ended(on, 'skipped', [reason]);
  course.outcome = 'cancelled';
  course.missing.add(on.step);
  return 'cancelled';
}

/** Runs one job when its turn comes, unless something stops it before; how its turn went. */
async function* takeJob(
  work: NodeWork,
  job: ReadyJob,
  course: Course,
): AsyncGenerator<RunEvent, TurnOutcome> {
  const { cancellation, signal, policy, failed } = work;
  const on: On = { node: work.link.node.name, step: job.step };
  const request = requestOf(job, work.leftJob);
  if (!request) {
    yield ended(on, 'unavailable');
    return 'done';
  }
  const stop = cancellation.of(on.node, job.step);
  const base = missingBase(work, job.step, course);
  if (base !== undefined && !stop.before.aborted)
    return yield* hold(on, course, { code: 'base-cancelled', args: [base] });
  const hindrance = yield* takeTurn(work, on, AbortSignal.any([signal, stop.before]));
  const halt = 'left' in request ? undefined : haltOf(work, job.step);
  if (halt) {
    yield ended(on, halt);
    return leave(work, job, course);
  }
  if (hindrance?.outcome === 'cancelled')
    return yield* hold(on, course, { code: 'turn-cancelled', args: [hindrance.node] });
  const other = policy.failFast ? failed.node : undefined;
  if (hindrance || other !== undefined) {
    const why = hindrance
      ? { code: 'turn-stopped', args: [hindrance.node] }
      : { code: 'other-node-failed', args: [other ?? ''] };
    yield ended(on, 'skipped', [why]);
    Object.assign(course, { outcome: 'failed', rest: 'skipped' });
    return 'failed';
  }
  if (!('left' in request) || request.told === 0) yield { type: 'step-started', ...on };
  const came = yield* oneJob(work, { job, request, signal: AbortSignal.any([signal, stop.now]) });
  if (came === 'changed' || came === 'unchanged') return 'done';
  if (came === 'cancelled') return leave(work, job, course);
  Object.assign(course, { outcome: 'failed', rest: 'skipped' });
  failed.node ??= on.node;
  return 'failed';
}

/**
 * Runs a node's jobs in their order. The first that fails stops the node, and so does a person who cancels the node; a step that
 * was cancelled alone keeps only those from running that build on it.
 */
export async function* runNode(plan: ReadyPlan, work: NodeWork): AsyncGenerator<RunEvent, RunOutcome> {
  const { turns, ports } = work;
  const node = plan.node.name;
  const course: Course = { outcome: 'ok', missing: new Set() };
  for (const job of plan.jobs) {
    const on: On = { node, step: job.step };
    const unkept = ports.keeping.failure(node);
    if (!course.rest && unkept && !haltOf(work, job.step)) {
      yield { type: 'node-failed', node, failure: unkept };
      Object.assign(course, { outcome: 'failed', rest: 'skipped' });
    }
    if (course.rest) yield ended(on, course.rest);
    const held = course.outcome === 'failed' ? 'failed' : turnWithout(work, job);
    turns.done(job.step, node, course.rest ? held : yield* takeJob(work, job, course));
  }
  return course.outcome;
}
