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
import { Link } from './jobs/link.ts';
import type { Ports } from './jobs/ports.ts';
import { merge } from './merge.ts';
import type { Policy } from './node-work.ts';
import { gather } from './probe.ts';
import { runNode } from './run-plan.ts';
import { createTurns, type TurnOutcome, type Turns } from './serial-steps.ts';
import type { LeftRun } from './unfinished-run.ts';

/** What a person asked for: to look (`check`), to look and then bring about (`run`), or to take back (`undo`). */
export interface Operation {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  /** The cluster file, as the front end names it. */
  readonly file?: string;
  readonly policy?: Policy;
  /** So long may a step take, milliseconds. */
  readonly stepLimit?: number;
  /** Takes what a person cancels of it while it runs. */
  readonly cancellation?: Cancellation;
}

interface Whole {
  readonly operation: Operation;
  readonly run: string;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly cancellation: Cancellation;
  readonly secrets: SecretValues;
  readonly turns: Turns;
  readonly failed: { node?: string };
  readonly left?: LeftRun;
}

interface Look {
  readonly selection: Selection;
  readonly signal: AbortSignal;
}

/** So often a look is begun anew after its connection was lost. */
const mostLooks = 3;

/** Facts and all checks of a node; a lost connection is made anew, since a look changes nothing. */
async function* look(whole: Whole, link: Link, { selection, signal }: Look) {
  const { operation, ports, secrets } = whole;
  const { node } = link;
  for (let attempt = 1; ; attempt += 1) {
    const { transport } = link;
    if (!transport) throw new Error('A look needs a connection.');
    const { cluster, stepLimit } = operation;
    const limit = stepLimit === undefined ? {} : { stepLimit };
    const request = { cluster, node, selection, transport, secrets, ...limit };
    const gathered = yield* gather(request, ports, signal);
    if (gathered.ok || gathered.failure.code !== 'lost' || attempt === mostLooks) return gathered;
    yield { type: 'node-connecting', node: node.name } satisfies RunEvent;
    const failure = await link.again(signal);
    if (failure) return { ok: false as const, failure };
    yield { type: 'node-connected', node: node.name } satisfies RunEvent;
  }
}

/** The steps of a node that are still to be worked on. */
function openSelection(whole: Whole, node: ClusterNode): Selection {
  const { operation, left } = whole;
  const done = left?.steps.get(node.name);
  const steps = selectSteps(operation.cluster, node, operation.selection).map(({ id }) => id);
  return { nodes: [node.name], steps: steps.filter((id) => !done?.has(id)) };
}

/** Reports the steps of a node that was cancelled before any of them could begin. */
function* cancelSteps(whole: Whole, node: ClusterNode): Generator<RunEvent, RunOutcome> {
  const { operation, cancellation } = whole;
  const steps = openSelection(whole, node).steps ?? [];
  if (changesNodes(operation.kind) && cancellation.of(node.name).before.aborted)
    for (const step of steps)
      yield {
        ...{ type: 'step-finished', node: node.name, step },
        ...{ outcome: 'cancelled', reasons: [], milliseconds: 0 },
      };
  return 'cancelled';
}

async function* onNode(whole: Whole, node: ClusterNode): AsyncGenerator<RunEvent, RunOutcome> {
  const { operation, ports, signal, cancellation, left } = whole;
  const { cluster, kind, stepLimit } = operation;
  const cancel = cancellation.of(node.name);
  const policy = { reboot: cluster.system.reboot === 'when-needed', ...operation.policy };
  const { keeping } = ports;
  function* failed(found: Failure, outcome: RunOutcome): Generator<RunEvent, RunOutcome> {
    const unkept = keeping.failure(node.name);
    yield { type: 'node-failed', node: node.name, failure: unkept ?? found };
    if (unkept) return 'failed';
    return found.code === 'cancelled' ? yield* cancelSteps(whole, node) : outcome;
  }
  if (signal.aborted || cancel.before.aborted) return yield* cancelSteps(whole, node);
  // Until a job begins nothing is lost by stopping at once.
  const stop = AbortSignal.any([signal, cancel.before, keeping.broken]);
  const link = new Link({ node, connector: ports.connector });
  yield { type: 'node-connecting', node: node.name };
  const unreached = stop.aborted ? cancelled(node.name) : await link.connect(stop);
  if (unreached) return yield* failed(unreached, 'unreachable');
  try {
    yield { type: 'node-connected', node: node.name };
    const selection = openSelection(whole, node);
    const job = left?.jobs.get(node.name);
    const facts = new Map<string, NodeReport>();
    // A job that is at work holds the node: it is followed at once, without a look before it.
    if (!job) {
      const gathered = yield* look(whole, link, { selection, signal: stop });
      if (!gathered.ok) return yield* failed(gathered.failure, 'failed');
      facts.set(node.name, gathered.report);
    }
    if (!changesNodes(kind)) return 'ok';
    const plan = buildPlan(cluster, facts, selection, kind).nodes[0];
    if (!plan) return 'ok';
    const { run, secrets, turns, failed: firstFailed } = whole;
    return yield* runNode(readyPlan(cluster, plan, kind), {
      ...{ cluster, kind, run, link, ports, secrets, policy, turns, cancellation, failed: firstFailed },
      signal: AbortSignal.any([signal, cancel.now]),
      ...(stepLimit === undefined ? {} : { stepLimit }),
      ...(job ? { leftJob: job } : {}),
    });
  } finally {
    await link.close();
  }
}

/** How the run ended; a failure is not hidden by nodes that were cancelled while the others continued. */
function worst(outcomes: readonly RunOutcome[], isStopped: boolean): RunOutcome {
  const isCancelled = outcomes.includes('cancelled');
  if (isCancelled && isStopped) return 'cancelled';
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'unreachable')) return 'unreachable';
  if (outcomes.includes('failed') || outcomes.includes('unreachable')) return 'failed';
  return isCancelled ? 'cancelled' : 'ok';
}

/** How the turn of a step went on a node that is finished. */
function turnOf(outcome: RunOutcome | undefined, isThrough: boolean | undefined): TurnOutcome {
  if (outcome === 'ok' || isThrough) return 'done';
  return outcome === 'cancelled' ? 'cancelled' : 'failed';
}

/** The nodes of every step that runs on one node at a time. */
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

/** The values of all secrets that are needed; for a run, the failure where one is missing. */
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
            'The secret {0} has no value, and {1} needs it on {2}; nothing was started.',
            name,
            steps.join(', '),
            nodes.join(', '),
          ),
          action: msg('Give the secret its value, then start again.'),
        },
      };
  }
  return { values };
}

/** Does a person's request on the nodes in parallel and tells everything that happens, in the order in which it is seen. */
export async function* operate(
  operation: Operation,
  ports: Ports,
  signal: AbortSignal,
  left?: LeftRun,
): AsyncGenerator<TimedEvent> {
  const at = (event: RunEvent): TimedEvent => ({ ...event, at: ports.clock.now() });
  const { cluster, selection, kind, file } = operation;
  const all = selectNodes(cluster, selection);
  const run = left?.run ?? ports.names.run();
  if (left) yield at({ type: 'run-resumed', run });
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
  const nodes = all.filter((node) => !left?.finished.has(node.name));
  const serial = serialSteps(operation, all);
  const turns = createTurns(serial);
  for (const step of serial.keys())
    for (const [node, outcome] of left?.finished ?? [])
      turns.done(step, node, turnOf(outcome, left?.steps.get(node)?.has(step)));
  const { cancellation = createCancellation() } = operation;
  const whole: Whole = {
    operation,
    run,
    ports,
    signal,
    cancellation,
    secrets,
    turns,
    failed: {},
    ...(left ? { left } : {}),
  };
  const outcomes: RunOutcome[] = [...(left?.finished.values() ?? [])];
  async function* one(node: ClusterNode): AsyncGenerator<RunEvent> {
    const outcome = yield* onNode(whole, node);
    outcomes.push(outcome);
    // A node that did not come so far holds up the ones after it: a quorum needs every one of them.
    for (const step of serial.keys())
      turns.done(step, node.name, turnOf(outcome, left?.steps.get(node.name)?.has(step)));
    if (outcome !== 'ok' && outcome !== 'cancelled') whole.failed.node ??= node.name;
    yield { type: 'node-finished', node: node.name, outcome };
  }
  for await (const event of merge(nodes, ports.limit, one)) yield at(event);
  yield at({
    type: 'run-finished',
    outcome: worst(outcomes, signal.aborted || cancellation.run.before.aborted),
  });
}
