import type { Cluster, ClusterNode } from '../core/cluster/model.ts';
import { buildPlan, type NodeReport, type Selection, selectNodes, selectSteps } from '../core/plan/plan.ts';
import type { RunEvent, RunKind, RunOutcome, TimedEvent } from '../core/run/events.ts';
import type { Failure } from '../core/run/failure.ts';
import { gather } from './gather.ts';
import { merge } from './merge.ts';
import type { Ports } from './ports.ts';
import { runNode } from './run-plan.ts';

/** What a person asked for: to look (`check`), or to look and then bring about (`run`). */
export interface Operation {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
}

async function* onNode(
  operation: Operation,
  node: ClusterNode,
  { ports, signal }: { readonly ports: Ports; readonly signal: AbortSignal },
): AsyncGenerator<RunEvent, RunOutcome> {
  const { cluster, selection } = operation;
  const failed = (failure: Failure): RunEvent => ({ type: 'node-failed', node: node.name, failure });
  if (signal.aborted) return 'cancelled';
  yield { type: 'node-connecting', node: node.name };
  const connected = await ports.connector.connect(node, signal);
  if (!connected.ok) {
    yield failed(connected.failure);
    return connected.failure.code === 'cancelled' ? 'cancelled' : 'unreachable';
  }
  const { transport } = connected;
  try {
    yield { type: 'node-connected', node: node.name };
    const gathered = yield* gather({ cluster, node, selection, transport }, ports, signal);
    if (!gathered.ok) {
      yield failed(gathered.failure);
      return gathered.failure.code === 'cancelled' ? 'cancelled' : 'failed';
    }
    if (operation.kind === 'check') return 'ok';
    const facts = new Map<string, NodeReport>([[node.name, gathered.report]]);
    const plan = buildPlan(cluster, facts, { ...selection, nodes: [node.name] }).nodes[0];
    return plan ? yield* runNode(plan, transport, { ports, signal }) : 'ok';
  } finally {
    await transport.dispose();
  }
}

function worst(outcomes: readonly RunOutcome[]): RunOutcome {
  if (outcomes.includes('cancelled')) return 'cancelled';
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'unreachable')) return 'unreachable';
  return outcomes.every((outcome) => outcome === 'ok') ? 'ok' : 'failed';
}

/** Does a person's request on the nodes in parallel and tells everything that happens, in the order in which it is seen. */
export async function* operate(
  operation: Operation,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<TimedEvent> {
  const at = (event: RunEvent): TimedEvent => ({ ...event, at: ports.clock.now() });
  const { cluster, selection, kind } = operation;
  const nodes = selectNodes(cluster, selection);
  const steps = new Set(
    nodes.flatMap((node) => selectSteps(cluster, node, selection).map((item) => item.id)),
  );
  yield at({
    type: 'run-started',
    run: ports.names.run(),
    kind,
    cluster: cluster.name,
    nodes: nodes.map((node) => node.name),
    steps: [...steps],
  });
  const outcomes: RunOutcome[] = [];
  async function* whole(node: ClusterNode): AsyncGenerator<RunEvent> {
    const outcome = yield* onNode(operation, node, { ports, signal });
    outcomes.push(outcome);
    yield { type: 'node-finished', node: node.name, outcome };
  }
  for await (const event of merge(nodes, ports.limit, whole)) yield at(event);
  yield at({ type: 'run-finished', outcome: worst(outcomes) });
}
