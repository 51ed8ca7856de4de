import { cancelled, type Failure } from '../base/failure.ts';
import { type ChangeKind, changesNodes } from '../base/run-kind.ts';
import type { RunOutcome } from '../base/states.ts';
import type { ClusterNode } from '../cluster/model.ts';
import type { SecretValues } from '../plan/payload.ts';
import { buildPlan, type NodePlan, type NodeReport } from '../plan/plan.ts';
import { readyPlan } from '../plan/ready.ts';
import { type Selection, selectSteps } from '../plan/selection.ts';
import type { RunEvent } from '../run/events.ts';
import type { Cancellation } from './cancellation.ts';
import { type CheckRequest, checkNode } from './check-node.ts';
import { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import { jobTimes } from './jobs/times.ts';
import { joinNode } from './join-run.ts';
import type { NodeWork } from './node-work.ts';
import { admit } from './occupied.ts';
import type { Operation } from './operation.ts';
import type { Absences } from './quorum.ts';
import { isRetired } from './retry.ts';
import { runNode } from './run-plan.ts';
import { endOf, type SerialQueue } from './serial-steps.ts';
import type { UnfinishedRun } from './unfinished-run.ts';

/** What the nodes of a run share. */
export interface RunContext {
  readonly operation: Operation;
  readonly run: string;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly cancellation: Cancellation;
  readonly secrets: SecretValues;
  readonly serialQueue: SerialQueue;
  readonly absences: Absences;
  readonly failed: { node?: string };
  readonly activity: { hasBegun: boolean };
  readonly unfinished?: UnfinishedRun;
}

/** The remaining steps of a node. */
function openSelection(whole: RunContext, node: ClusterNode): Selection {
  const { operation, unfinished } = whole;
  const ended = unfinished?.steps.get(node.name);
  const steps = selectSteps(operation.cluster, node, operation.selection).map(({ id }) => id);
  return { nodes: [node.name], steps: steps.filter((id) => !ended?.has(id)) };
}

/** Reports the steps of a node that was cancelled before the first one started. */
function* cancelSteps(context: RunContext, node: ClusterNode): Generator<RunEvent, RunOutcome> {
  const { operation, cancellation } = context;
  const steps = openSelection(context, node).steps ?? [];
  if (changesNodes(operation.kind) && cancellation.of(node.name).before.aborted)
    for (const step of steps)
      yield {
        ...{ type: 'step-finished', node: node.name, step },
        ...{ outcome: 'cancelled', reasons: [], milliseconds: 0 },
      };
  return 'cancelled';
}

/** Reports the remaining steps of a node on which one failed before the run was interrupted. */
function* skipSteps(context: RunContext, node: ClusterNode): Generator<RunEvent, RunOutcome> {
  for (const step of openSelection(context, node).steps ?? [])
    yield {
      ...{ type: 'step-finished', node: node.name, step },
      ...{ outcome: 'skipped', reasons: [], milliseconds: 0 },
    };
  return 'failed';
}

function unchanged(on: { readonly node: string; readonly step: string }): RunEvent {
  return { type: 'step-finished', ...on, outcome: 'unchanged', reasons: [], milliseconds: 0 };
}

function isLoggedIn({ code }: Failure): boolean {
  return code === 'occupied' || code === 'become';
}

/** Works on one node: checks it, then runs its steps; returns how it ended. */
export async function* onNode(context: RunContext, node: ClusterNode): AsyncGenerator<RunEvent, RunOutcome> {
  const { operation, ports, signal, cancellation, unfinished } = context;
  const { cluster, stepLimitMs, onDifference } = operation;
  const cancel = cancellation.of(node.name);
  const { writeGuard } = ports;
  function* failed(found: Failure, outcome: RunOutcome): Generator<RunEvent, RunOutcome> {
    const writeFailure = writeGuard.failure(node.name);
    yield { type: 'node-failed', node: node.name, failure: writeFailure ?? found };
    if (writeFailure) return 'failed';
    return found.code === 'cancelled' ? yield* cancelSteps(context, node) : outcome;
  }
  const ended = unfinished?.steps.get(node.name);
  const job = unfinished?.jobs.get(node.name);
  if (!job && [...(ended?.values() ?? [])].some((outcome) => endOf(outcome) === 'failed'))
    return yield* skipSteps(context, node);
  if (signal.aborted || cancel.before.aborted) return yield* cancelSteps(context, node);
  // Before a job starts, stopping at once does no harm.
  const stop = AbortSignal.any([signal, cancel.before, writeGuard.failed]);
  const link = new NodeConnection({
    node,
    connector: ports.connector,
    refusedMs: jobTimes(ports).refusedMs,
  });
  yield { type: 'node-connecting', node: node.name };
  const unreached = stop.aborted ? cancelled(node.name) : await enter(context, link, stop);
  if (unreached) return yield* failed(unreached, 'unreachable');
  try {
    yield { type: 'node-connected', node: node.name };
    const selection = openSelection(context, node);
    const limit = stepLimitMs === undefined ? {} : { stepLimitMs };
    const sink = onDifference && !changesNodes(operation.kind) ? { onDifference } : {};
    const check = { cluster, selection, secrets: context.secrets, signal: stop, ...limit, ...sink };
    const end = yield* onConnectedNode({ ...context, link, check });
    if (typeof end === 'string') return end;
    // A login that runs no command is no use; where another run works or sudo refuses, the user was logged in.
    return yield* failed(end.failure, isLoggedIn(end.failure) ? 'failed' : 'unreachable');
  } finally {
    await link.close();
  }
}

/** Connects to a node; one that was rebooting when the process of the run ended may take its time. */
function enter(
  { unfinished, ports }: RunContext,
  link: NodeConnection,
  stop: AbortSignal,
): Promise<Failure | undefined> {
  if (unfinished?.away.get(link.node.name)?.boot === undefined) return link.connect(stop);
  return link.reconnect(AbortSignal.any([stop, AbortSignal.timeout(jobTimes(ports).rebootMs)]));
}

/** How the work on a connected node ended, or why it could not be done. */
type NodeEnd = RunOutcome | { readonly failure: Failure };

/** What all work on one connected node shares. */
interface NodeContext extends RunContext {
  readonly link: NodeConnection;
  readonly check: CheckRequest;
}

/** Checks the node; unless another run works there that this one waits for, joins or leaves alone. */
async function* enterNode(context: NodeContext): AsyncGenerator<RunEvent, NodeEnd | NodeReport> {
  const { operation, check, link, ports, run } = context;
  const { kind, policy } = operation;
  const answer = policy?.occupied ? { occupied: policy.occupied } : {};
  const admission = yield* admit({ kind, run, link, ports, signal: check.signal, ...answer });
  if (admission.type === 'refused') return admission;
  if (admission.type === 'join' && changesNodes(kind))
    return yield* joinNode({ kind, run, link, ports, ...check }, admission.by, check);
  const probed = yield* checkNode(link, ports, check);
  return probed.ok ? probed.report : probed;
}

/** The plan without the steps that the retried run has done, which are reported. */
function* openPlan(context: NodeContext, kind: ChangeKind, whole: NodePlan): Generator<RunEvent, NodePlan> {
  const node = whole.node.name;
  const done = context.operation.retried?.done.get(node);
  if (!done) return whole;
  for (const { step } of whole.jobs.filter((each) => isRetired(kind, each, done))) {
    // The journal of a retry also says what was done before it: it may be retried itself.
    yield unchanged({ node, step });
    context.serialQueue.done(step, node, 'done');
  }
  return { ...whole, jobs: whole.jobs.filter((each) => !isRetired(kind, each, done)) };
}

/** What an earlier process left open on the node. */
function leftOpen(
  unfinished: UnfinishedRun | undefined,
  node: string,
): Pick<NodeWork, 'unfinishedJob' | 'ended' | 'away'> {
  const unfinishedJob = unfinished?.jobs.get(node);
  const ended = unfinished?.steps.get(node);
  const away = unfinished?.away.get(node);
  return { ...(unfinishedJob && { unfinishedJob }), ...(ended && { ended }), ...(away && { away }) };
}

/** Checks a connected node and runs its jobs. */
async function* onConnectedNode(context: NodeContext): AsyncGenerator<RunEvent, NodeEnd> {
  const { operation, check, link, cancellation, unfinished } = context;
  const { cluster, kind, policy } = operation;
  const { node } = link;
  const job = unfinished?.jobs.get(node.name);
  const left = leftOpen(unfinished, node.name);
  const skipped = new Set<string>();
  for (;;) {
    const facts = new Map<string, NodeReport>();
    // A running job holds the node's lock: follow it at once, without a check before it.
    const report = job ? undefined : yield* enterNode(context);
    if (typeof report === 'string' || (report && 'failure' in report)) return report;
    if (report) facts.set(node.name, report);
    if (!changesNodes(kind)) return 'ok';
    const whole = buildPlan(cluster, facts, check.selection, kind).nodes[0];
    if (!whole) return 'ok';
    const open = yield* openPlan(context, kind, whole);
    const plan = { ...open, jobs: open.jobs.filter(({ step }) => !skipped.has(step)) };
    const outcome = yield* runNode(readyPlan(cluster, plan, kind), {
      ...{ ...context, ...check, cluster, kind },
      policy: { reboot: cluster.system.reboot === 'when-needed', ...policy },
      signal: AbortSignal.any([context.signal, cancellation.of(node.name).now]),
      ...left,
      ...(report ? { checkedAt: context.ports.clock.now() } : {}),
      skipped,
    });
    // Another run started its first job at the same moment.
    if (outcome !== 'occupied') return outcome;
  }
}
