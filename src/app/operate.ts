import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { NodeOutcome, Reason, RunOutcome } from '../base/states.ts';
import { type BatchPlan, batchesFor, batchPlan, onlyNodes, stopReason } from '../cluster/batches.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { shareText } from '../cluster/rollout.ts';
import type { SecretValues } from '../plan/payload.ts';
import { neededSecrets } from '../plan/plan.ts';
import { quorumGroups } from '../plan/quorum-groups.ts';
import { selectNodes, selectSteps } from '../plan/selection.ts';
import type { RunEvent, TimedEvent } from '../run/events.ts';
import { findStep } from '../steps/catalogue.ts';
import { createCancellation } from './cancellation.ts';
import type { Ports } from './jobs/ports.ts';
import { merge } from './merge.ts';
import { onNode, type RunContext } from './on-node.ts';
import type { Operation } from './operation.ts';
import { Absences } from './quorum.ts';
import { createSerialQueue, endOf, isDone, type SerialOutcome } from './serial-steps.ts';
import type { UnfinishedRun } from './unfinished-run.ts';

/** The outcome of the run; cancelled nodes do not hide a failure. */
function worst(outcomes: readonly NodeOutcome[], isStopped: boolean): RunOutcome {
  const isCancelled = outcomes.includes('cancelled');
  if (isCancelled && isStopped) return 'cancelled';
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'unreachable')) return 'unreachable';
  if (outcomes.some((outcome) => outcome !== 'ok' && outcome !== 'cancelled')) return 'failed';
  return isCancelled ? 'cancelled' : 'ok';
}

/** The outcome of a serial step on a finished node. */
function serialOutcomeOf(outcome: NodeOutcome, isStepDone: boolean): SerialOutcome {
  if (outcome === 'ok' || isStepDone) return 'done';
  return outcome === 'cancelled' ? 'cancelled' : 'failed';
}

/** The nodes of each serial step, in the order in which they start. */
function serialSteps(operation: Operation, nodes: readonly ClusterNode[]): ReadonlyMap<string, string[]> {
  const steps = new Map<string, string[]>();
  for (const node of nodes) {
    for (const { id } of selectSteps(operation.cluster, node, operation.selection)) {
      const step = findStep(id);
      if (step?.serial) steps.set(id, [...(steps.get(id) ?? []), node.name]);
    }
  }
  return steps;
}

/** Reads all required secrets; fails if a source cannot be used, or for a run if one is missing. */
async function findSecrets(
  { kind, cluster, selection }: Operation,
  { secrets }: Ports,
): Promise<{ readonly values: SecretValues; readonly failure?: Failure }> {
  const values = new Map<string, string>();
  for (const [name, { nodes, steps }] of neededSecrets(cluster, selection)) {
    const value = await secrets.get(name);
    if (typeof value === 'string') values.set(name, value);
    else if (value) return { values, failure: value };
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

function plannedEvent({ batches, maxFailed }: BatchPlan): RunEvent {
  return { type: 'batches-planned', batches, ...(maxFailed ? { maxFailed: shareText(maxFailed) } : {}) };
}

/** The batches of a run: those that it began with, or else those planned for it. */
function planOf(operation: Operation, nodes: readonly string[], unfinished?: UnfinishedRun): BatchPlan {
  const { kind, cluster, policy, retried } = operation;
  if (unfinished?.plan) return onlyNodes(unfinished.plan, nodes);
  if (unfinished?.hasBegun) return batchPlan(nodes);
  return batchesFor(nodes, { kind, cluster, rollout: policy?.rollout, retried: retried?.plan });
}

/** One run: its nodes and how each ended. */
class Run {
  readonly #context: RunContext;
  readonly #plan: BatchPlan;
  readonly #nodes: ReadonlyMap<string, ClusterNode>;
  readonly #serial: ReadonlyMap<string, readonly string[]>;
  readonly #outcomes: Map<string, NodeOutcome>;

  constructor(
    context: Omit<RunContext, 'serialQueue' | 'absences' | 'failed' | 'activity'>,
    plan: BatchPlan,
    nodes: readonly ClusterNode[],
  ) {
    this.#plan = plan;
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
    const ordered = plan.batches.flat().flatMap((name) => this.#nodes.get(name) ?? []);
    this.#serial = serialSteps(context.operation, ordered);
    const serialQueue = createSerialQueue(this.#serial);
    const absences = new Absences(quorumGroups(context.operation.cluster));
    this.#context = { ...context, failed: {}, activity: { hasBegun: false }, serialQueue, absences };
    this.#outcomes = new Map(context.unfinished?.finished);
    for (const [node, { services, boot }] of context.unfinished?.away ?? []) {
      const isLeft = (name: string): boolean => boot !== undefined || services.includes(name);
      absences.isAway(
        node,
        absences.of(node).filter(({ name }) => isLeft(name)),
      );
      if (this.#outcomes.has(node)) absences.end(node, false);
    }
    for (const [node, steps] of context.unfinished?.steps ?? [])
      for (const [step, outcome] of steps) this.#context.serialQueue.done(step, node, endOf(outcome));
    for (const [node, outcome] of this.#outcomes) this.#closeSerial(node, outcome);
  }

  get outcome(): RunOutcome {
    return worst([...this.#outcomes.values()], this.#isStopped);
  }

  /** Runs batch after batch; the next one starts when all nodes of the one before have finished. */
  async *events(): AsyncGenerator<RunEvent> {
    const { batches } = this.#plan;
    let stop: Reason | undefined;
    for (const [index, batch] of batches.entries()) {
      const nodes = batch.filter((name) => !this.#outcomes.has(name));
      if (stop) yield* this.#notStarted(nodes, stop);
      else if (nodes.length > 0) {
        if (batches.length > 1 && !this.#isStopped)
          yield { type: 'batch-started', batch: index + 1, of: batches.length };
        const { limit } = this.#context.ports;
        yield* merge(
          nodes.flatMap((name) => this.#nodes.get(name) ?? []),
          limit,
          (node) => this.#one(node),
        );
      }
      if (!this.#isStopped) stop ??= stopReason(this.#plan, index, this.#outcomes);
    }
  }

  /** Whether the user has cancelled the whole run. */
  get #isStopped(): boolean {
    const { signal, cancellation } = this.#context;
    return signal.aborted || cancellation.run.before.aborted;
  }

  *#notStarted(nodes: readonly string[], reason: Reason): Generator<RunEvent> {
    for (const node of nodes) {
      this.#outcomes.set(node, 'not-started');
      yield { type: 'node-finished', node, outcome: 'not-started', reason };
    }
  }

  async *#one(node: ClusterNode): AsyncGenerator<RunEvent> {
    // Of the files of one node, a write error ends the work on that node only.
    const { ports } = this.#context;
    const writeGuard = ports.writeGuard.part();
    const files = ports.files.guardedBy(writeGuard);
    const outcome = yield* onNode({ ...this.#context, ports: { ...ports, writeGuard, files } }, node);
    // A node that is still away was not seen to come back.
    this.#context.absences.end(node.name, false);
    this.#outcomes.set(node.name, outcome);
    this.#closeSerial(node.name, outcome);
    if (outcome !== 'ok' && outcome !== 'cancelled') this.#context.failed.node ??= node.name;
    yield { type: 'node-finished', node: node.name, outcome };
  }

  /** A node that did not get to a serial step blocks the following ones: a quorum needs every node. */
  #closeSerial(node: string, outcome: NodeOutcome): void {
    const { serialQueue, unfinished } = this.#context;
    const ended = unfinished?.steps.get(node);
    for (const step of this.#serial.keys()) {
      const before = ended?.get(step);
      serialQueue.done(step, node, serialOutcomeOf(outcome, before !== undefined && isDone(before)));
    }
  }
}

/** Runs an operation batch by batch, the nodes of each in parallel, and yields all events in the order in which they are observed. */
export async function* operate(
  operation: Operation,
  ports: Ports,
  signal: AbortSignal,
  unfinished?: UnfinishedRun,
): AsyncGenerator<TimedEvent> {
  const at = (event: RunEvent): TimedEvent => ({ ...event, at: ports.clock.now() });
  const { cluster, selection, kind, file } = operation;
  const all = selectNodes(cluster, selection);
  const names = all.map((node) => node.name);
  const run = unfinished?.run ?? ports.names.run();
  const plan = planOf(operation, names, unfinished);
  if (unfinished) yield at({ type: 'run-resumed', run });
  else
    yield at({
      type: 'run-started',
      run,
      kind,
      cluster: cluster.name,
      nodes: names,
      steps: [
        ...new Set(all.flatMap((node) => selectSteps(cluster, node, selection).map((item) => item.id))),
      ],
      ...(file === undefined ? {} : { file }),
    });
  if (plan.batches.length > 1 && !unfinished?.plan) yield at(plannedEvent(plan));
  const { values: secrets, failure } = await findSecrets(operation, ports);
  if (failure) {
    yield at({ type: 'run-refused', failure });
    return yield at({ type: 'run-finished', outcome: 'failed' });
  }
  const { cancellation = createCancellation() } = operation;
  const context = {
    operation,
    run,
    ports,
    signal,
    cancellation,
    secrets,
    ...(unfinished ? { unfinished } : {}),
  };
  const whole = new Run(context, plan, all);
  for await (const event of whole.events()) yield at(event);
  yield at({ type: 'run-finished', outcome: whole.outcome });
}
