import { cancelled, type Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunKind, RunOutcome } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { SecretValues } from '../plan/payload.ts';
import { buildPlan, type NodeReport, neededSecrets } from '../plan/plan.ts';
import { readyPlan } from '../plan/ready.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import type { RunEvent, TimedEvent } from '../run/events.ts';
import { findStep } from '../steps/catalogue.ts';
import { type Cancellation, createCancellation } from './cancellation.ts';
import { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import { merge } from './merge.ts';
import type { Policy } from './node-work.ts';
import { probeNode } from './probe.ts';
import { runNode } from './run-plan.ts';
import { createSerialQueue, type SerialOutcome, type SerialQueue } from './serial-steps.ts';
import type { UnfinishedRun } from './unfinished-run.ts';

/** What the user asked for: `check`, `run` (check and apply) or `undo`. */
export interface Operation {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  /** The cluster file, as named by the front end. */
  readonly file?: string;
  readonly policy?: Policy;
  /** Time limit for a step, milliseconds. */
  readonly stepLimitMs?: number;
  /** Receives cancel requests while it runs. */
  readonly cancellation?: Cancellation;
}

interface RunContext {
  readonly operation: Operation;
  readonly run: string;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly cancellation: Cancellation;
  readonly secrets: SecretValues;
  readonly serialQueue: SerialQueue;
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
  const done = unfinished?.steps.get(node.name);
  const steps = selectSteps(operation.cluster, node, operation.selection).map(({ id }) => id);
  return { nodes: [node.name], steps: steps.filter((id) => !done?.has(id)) };
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

async function* onNode(context: RunContext, node: ClusterNode): AsyncGenerator<RunEvent, RunOutcome> {
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
    const job = unfinished?.jobs.get(node.name);
    const facts = new Map<string, NodeReport>();
    // A running job holds the node's lock: follow it at once, without a check before it.
    if (!job) {
      const probed = yield* checkNode(context, link, { selection, signal: stop });
      if (!probed.ok) return yield* failed(probed.failure, 'failed');
      facts.set(node.name, probed.report);
    }
    if (!changesNodes(kind)) return 'ok';
    const plan = buildPlan(cluster, facts, selection, kind).nodes[0];
    if (!plan) return 'ok';
    const { run, secrets, serialQueue, failed: firstFailed } = context;
    return yield* runNode(readyPlan(cluster, plan, kind), {
      ...{ cluster, kind, run, link, ports, secrets, policy, serialQueue, cancellation, failed: firstFailed },
      signal: AbortSignal.any([signal, cancel.now]),
      ...(stepLimitMs === undefined ? {} : { stepLimitMs }),
      ...(job ? { unfinishedJob: job } : {}),
    });
  } finally {
    await link.close();
  }
}

/** The outcome of the run; cancelled nodes do not hide a failure. */
function worst(outcomes: readonly RunOutcome[], isStopped: boolean): RunOutcome {
  const isCancelled = outcomes.includes('cancelled');
  if (isCancelled && isStopped) return 'cancelled';
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'unreachable')) return 'unreachable';
  if (outcomes.includes('failed') || outcomes.includes('unreachable')) return 'failed';
  return isCancelled ? 'cancelled' : 'ok';
}

/** The outcome of a serial step on a finished node. */
function serialOutcomeOf(outcome: RunOutcome | undefined, isStepDone: boolean | undefined): SerialOutcome {
  if (outcome === 'ok' || isStepDone) return 'done';
  return outcome === 'cancelled' ? 'cancelled' : 'failed';
}

/** The nodes of each serial step. */
function serialSteps(operation: Operation, nodes: readonly ClusterNode[]): ReadonlyMap<string, string[]> {
  const steps = new Map<string, string[]>();
  for (const node of nodes) {
    for (const { id } of selectSteps(operation.cluster, node, operation.selection)) {
      const step = findStep(id);
      if (step?.isAvailable && step.serial) steps.set(id, [...(steps.get(id) ?? []), node.name]);
    }
  }
  return steps;
}

/** Reads all required secrets; for a run, fails if one is missing. */
async function findSecrets(
  { kind, cluster, selection }: Operation,
  { secrets }: Ports,
): Promise<{ readonly values: SecretValues; readonly failure?: Failure }> {
  const values = new Map<string, string>();
  for (const [name, { nodes, steps }] of neededSecrets(cluster, selection)) {
    const value = await secrets.get(name);
    if (value !== undefined) values.set(name, value);
    else if (changesNodes(kind))
      return {
        values,
        failure: {
          code: 'secret-missing',
          message: msg(
            'Secret `{0}` has no value, but {1} needs it on {2}. Nothing was started.',
            name,
            steps.join(', '),
            nodes.join(', '),
          ),
          action: msg('Set the value of the secret and try again.'),
        },
      };
  }
  return { values };
}

/** Runs an operation on the nodes in parallel and yields all events in the order in which they are observed. */
export async function* operate(
  operation: Operation,
  ports: Ports,
  signal: AbortSignal,
  unfinished?: UnfinishedRun,
): AsyncGenerator<TimedEvent> {
  const at = (event: RunEvent): TimedEvent => ({ ...event, at: ports.clock.now() });
  const { cluster, selection, kind, file } = operation;
  const all = selectNodes(cluster, selection);
  const run = unfinished?.run ?? ports.names.run();
  if (unfinished) yield at({ type: 'run-resumed', run });
  else
    yield at({
      type: 'run-started',
      run,
      kind,
      cluster: cluster.name,
      nodes: all.map((node) => node.name),
      steps: [
        ...new Set(all.flatMap((node) => selectSteps(cluster, node, selection).map((item) => item.id))),
      ],
      ...(file === undefined ? {} : { file }),
    });
  const { values: secrets, failure } = await findSecrets(operation, ports);
  if (failure) {
    yield at({ type: 'run-refused', failure });
    return yield at({ type: 'run-finished', outcome: 'failed' });
  }
  const nodes = all.filter((node) => !unfinished?.finished.has(node.name));
  const serial = serialSteps(operation, all);
  const serialQueue = createSerialQueue(serial);
  for (const step of serial.keys())
    for (const [node, outcome] of unfinished?.finished ?? [])
      serialQueue.done(step, node, serialOutcomeOf(outcome, unfinished?.steps.get(node)?.has(step)));
  const { cancellation = createCancellation() } = operation;
  const whole: RunContext = {
    operation,
    run,
    ports,
    signal,
    cancellation,
    secrets,
    serialQueue,
    failed: {},
    ...(unfinished ? { unfinished } : {}),
  };
  const outcomes: RunOutcome[] = [...(unfinished?.finished.values() ?? [])];
  async function* one(node: ClusterNode): AsyncGenerator<RunEvent> {
    const outcome = yield* onNode(whole, node);
    outcomes.push(outcome);
    // A node that did not get this far blocks the following ones: a quorum needs every node.
    for (const step of serial.keys())
      serialQueue.done(
        step,
        node.name,
        serialOutcomeOf(outcome, unfinished?.steps.get(node.name)?.has(step)),
      );
    if (outcome !== 'ok' && outcome !== 'cancelled') whole.failed.node ??= node.name;
    yield { type: 'node-finished', node: node.name, outcome };
  }
  for await (const event of merge(nodes, ports.limit, one)) yield at(event);
  yield at({
    type: 'run-finished',
    outcome: worst(outcomes, signal.aborted || cancellation.run.before.aborted),
  });
}
