import type { Reason, RunOutcome, StepOutcome, StepState } from '../base/states.ts';
import type { Job, NodePlan } from '../plan/plan.ts';
import type { RunEvent } from '../run/events.ts';
import type { LeftJob, NodeWork } from './node-work.ts';
import { gather } from './probe.ts';
import { rebootNode } from './reboot.ts';
import { type JobReport, type JobRequest, runJob, verdictOf } from './run-job.ts';

type On = { readonly node: string; readonly step: string };

function ended(on: On, outcome: StepOutcome, reasons: readonly Reason[] = [], milliseconds = 0): RunEvent {
  return { type: 'step-finished', ...on, outcome, reasons, milliseconds };
}

/** Looks again at one step, after a reboot or a job whose end is not known; the state that was found. */
async function* lookAgain(work: NodeWork, on: On): AsyncGenerator<RunEvent, StepState> {
  const { cluster, link, ports, signal, secrets } = work;
  const { transport, node } = link;
  if (!transport) return 'unknown';
  const selection = { nodes: [on.node], steps: [on.step] };
  const gathered = yield* gather({ cluster, node, selection, transport, secrets }, ports, signal);
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

/** Waits until the node before this one is through with the step; the reason why it may not begin at all. */
async function* takeTurn({ turns }: NodeWork, on: On): AsyncGenerator<RunEvent, Reason | undefined> {
  if (turns.mustWait(on.step, on.node))
    yield { type: 'notice', ...on, reason: { code: 'waiting-for-turn', args: [] } };
  const bad = await turns.wait(on.step, on.node);
  return bad === undefined ? undefined : { code: 'turn-stopped', args: [bad] };
}

async function* oneJob(work: NodeWork, job: Job, request: JobRequest): AsyncGenerator<RunEvent, StepOutcome> {
  const on: On = { node: work.link.node.name, step: job.step };
  let report = yield* runJob(work, request);
  const { end } = report;
  const hasBegun = end.type !== 'gone' || !['absent', 'staged'].includes(end.state);
  // What an earlier process meant to send has not reached the node: it is sent now.
  if ('left' in request && !hasBegun && job.payload)
    report = yield* runJob(work, { step: job.step, payload: job.payload, attempt: request.left.attempt + 1 });
  const outcome = yield* settle(work, on, report);
  const isDue = report.noticed.has('reboot-needed') && (outcome === 'changed' || outcome === 'unchanged');
  if (!isDue || !work.policy.reboot) return outcome;
  if (!(yield* rebootNode(work, on))) return 'interrupted';
  yield* lookAgain(work, on);
  return outcome;
}

function requestOf(job: Job, left: LeftJob | undefined): JobRequest | undefined {
  if (left?.record.step === job.step) return { step: job.step, left: left.record, told: left.told };
  return job.payload && { step: job.step, payload: job.payload, attempt: 1 };
}

/** Runs a node's jobs in their order; the first that does not end well stops the node. */
export async function* runNode(plan: NodePlan, work: NodeWork): AsyncGenerator<RunEvent, RunOutcome> {
  const { turns, signal, policy, failed, ports } = work;
  const node = plan.node.name;
  let outcome: RunOutcome = 'ok';
  for (const job of plan.jobs) {
    const on: On = { node, step: job.step };
    if (outcome === 'ok' && signal.aborted) outcome = 'cancelled';
    const unkept = ports.keeping.failure(node);
    if (outcome === 'ok' && unkept) {
      yield { type: 'node-failed', node, failure: unkept };
      outcome = 'failed';
    }
    if (outcome !== 'ok') {
      yield ended(on, 'skipped');
      turns.done(job.step, node, false);
      continue;
    }
    const request = requestOf(job, work.leftJob);
    if (!request) {
      yield ended(on, 'unavailable');
      turns.done(job.step, node, true);
      continue;
    }
    const stop = yield* takeTurn(work, on);
    const other = policy.failFast ? failed.node : undefined;
    if (stop || other !== undefined) {
      yield ended(on, 'skipped', [stop ?? { code: 'other-node-failed', args: [other ?? ''] }]);
      turns.done(job.step, node, false);
      outcome = 'failed';
      continue;
    }
    if (!('left' in request) || request.told === 0) yield { type: 'step-started', ...on };
    const came = yield* oneJob(work, job, request);
    const isGood = came === 'changed' || came === 'unchanged';
    turns.done(job.step, node, isGood);
    if (!isGood) outcome = came === 'cancelled' ? 'cancelled' : 'failed';
    if (outcome === 'failed') failed.node ??= node;
  }
  return outcome;
}
