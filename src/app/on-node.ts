import { cancelled, type Failure } from '../base/failure.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunOutcome } from '../base/states.ts';
import type { ClusterNode } from '../cluster/model.ts';
import type { SecretValues } from '../plan/payload.ts';
import { buildPlan, type NodeReport } from '../plan/plan.ts';
import { readyPlan } from '../plan/ready.ts';
import { type Selection, selectSteps } from '../plan/selection.ts';
import type { RunEvent } from '../run/events.ts';
import type { Cancellation } from './cancellation.ts';
import { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import type { Operation } from './operation.ts';
import { probeNode } from './probe.ts';
import type { RebootQueue } from './quorum.ts';
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
  readonly reboots: RebootQueue;
  readonly failed: { node?: string };
  readonly unfinished?: UnfinishedRun;
}

interface CheckOptions {
  readonly selection: Selection;
  readonly signal: AbortSignal;
}

/** How often a check is attempted after the connection was lost. */
const maxCheckAttempts = 3;

/** Reads the facts and checks all steps of a node; reconnects after a lost connection, since checks change nothing. */
async function* checkNode(context: RunContext, link: NodeConnection, { selection, signal }: CheckOptions) {
  const { operation, ports, secrets } = context;
  const { node } = link;
  for (let attempt = 1; ; attempt += 1) {
    const { transport } = link;
    if (!transport) throw new Error('A look needs a connection.');
    const { cluster, stepLimitMs } = operation;
    const limit = stepLimitMs === undefined ? {} : { stepLimitMs };
    const request = { cluster, node, selection, transport, secrets, ...limit };
    const probed = yield* probeNode(request, ports, signal);
    if (probed.ok || probed.failure.code !== 'lost' || attempt === maxCheckAttempts) return probed;
    yield { type: 'node-connecting', node: node.name } satisfies RunEvent;
    const failure = await link.reconnect(signal);
    if (failure) return { ok: false as const, failure };
    yield { type: 'node-connected', node: node.name } satisfies RunEvent;
  }
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

/** Works on one node: checks it, then runs its steps; returns how it ended. */
export async function* onNode(context: RunContext, node: ClusterNode): AsyncGenerator<RunEvent, RunOutcome> {
  const { operation, ports, signal, cancellation, unfinished } = context;
  const { cluster, kind, stepLimitMs } = operation;
  const cancel = cancellation.of(node.name);
  const policy = { reboot: cluster.system.reboot === 'when-needed', ...operation.policy };
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
  const link = new NodeConnection({ node, connector: ports.connector });
  yield { type: 'node-connecting', node: node.name };
  const unreached = stop.aborted ? cancelled(node.name) : await link.connect(stop);
  if (unreached) return yield* failed(unreached, 'unreachable');
  try {
    yield { type: 'node-connected', node: node.name };
    const selection = openSelection(context, node);
    const facts = new Map<string, NodeReport>();
    // A running job holds the node's lock: follow it at once, without a check before it.
    if (!job) {
      const probed = yield* checkNode(context, link, { selection, signal: stop });
      if (!probed.ok) return yield* failed(probed.failure, 'failed');
      facts.set(node.name, probed.report);
    }
    if (!changesNodes(kind)) return 'ok';
    const whole = buildPlan(cluster, facts, selection, kind).nodes[0];
    if (!whole) return 'ok';
    const done = operation.retried?.done.get(node.name);
    for (const { step } of done ? whole.jobs.filter((each) => isRetired(kind, each, done)) : []) {
      // The journal of a retry also says what was done before it: it may be retried itself.
      yield unchanged({ node: node.name, step });
      context.serialQueue.done(step, node.name, 'done');
    }
    const plan = done ? { ...whole, jobs: whole.jobs.filter((each) => !isRetired(kind, each, done)) } : whole;
    const { run, secrets, serialQueue, reboots, failed: firstFailed } = context;
    return yield* runNode(readyPlan(cluster, plan, kind), {
      ...{
        cluster,
        kind,
        run,
        link,
        ports,
        secrets,
        policy,
        serialQueue,
        reboots,
        cancellation,
        failed: firstFailed,
      },
      signal: AbortSignal.any([signal, cancel.now]),
      ...(stepLimitMs === undefined ? {} : { stepLimitMs }),
      ...(job ? { unfinishedJob: job } : {}),
      ...(ended ? { ended } : {}),
    });
  } finally {
    await link.close();
  }
}
