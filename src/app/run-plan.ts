import type { ClusterNode } from '../core/cluster/model.ts';
import type { Marker } from '../core/plan/markers.ts';
import type { Payload } from '../core/plan/payload.ts';
import type { Job, NodePlan } from '../core/plan/plan.ts';
import type { Reason, RunEvent, RunOutcome, StepOutcome } from '../core/run/events.ts';
import { createYumParser } from '../core/yum/parser.ts';
import type { Transport } from '../remote/transport.ts';
import type { Ports } from './ports.ts';
import { runPayload } from './session.ts';

interface JobRequest {
  readonly transport: Transport;
  readonly node: ClusterNode;
  readonly step: string;
  readonly payload: Payload;
}

/** Log lines that the yum parser only passes on are events already. */
const passedOn: ReadonlySet<string> = new Set(['text', 'unparsed', 'scriptlet']);

function* ofMarker(
  marker: Marker,
  on: { node: string; step: string },
  reasons: Reason[],
): Generator<RunEvent> {
  if (marker.type === 'phase') {
    reasons.length = 0;
    yield { type: 'phase', ...on, phase: marker.phase };
  }
  if (marker.type === 'because') reasons.push(marker.reason);
  if (marker.type === 'state')
    yield { type: 'step-state', ...on, state: marker.state, reasons: [...reasons] };
  if (marker.type === 'notice') yield { type: 'notice', ...on, reason: marker.reason };
}

/** Runs one step on one node: check, apply, verify in one payload; the return value is the outcome. */
async function* runJob(
  request: JobRequest,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, StepOutcome> {
  const { transport, node, step, payload } = request;
  const on = { node: node.name, step };
  const begun = ports.clock.now();
  const reasons: Reason[] = [];
  let applying = false;
  let result: Extract<Marker, { type: 'result' }> | undefined;
  const parser = createYumParser();
  yield { type: 'step-started', ...on };
  const session = runPayload({ transport, node, payload, nonce: ports.names.nonce(), signal });
  let next = await session.next();
  for (; !next.done; next = await session.next()) {
    const item = next.value;
    if (item.type === 'log') {
      yield { type: 'log', ...on, stream: item.stream, line: item.line };
      if (!applying) continue;
      for (const event of parser.push(`${item.line}\n`))
        if (!passedOn.has(event.type)) yield { type: 'yum', ...on, event };
      continue;
    }
    if (item.marker.type === 'phase') applying = item.marker.phase === 'apply';
    if (item.marker.type === 'result') result = item.marker;
    yield* ofMarker(item.marker, on, reasons);
  }
  for (const event of parser.end()) if (!passedOn.has(event.type)) yield { type: 'yum', ...on, event };
  const milliseconds = ports.clock.now() - begun;
  if (!next.value.ok) {
    const { failure } = next.value;
    const outcome = failure.code === 'cancelled' ? 'cancelled' : 'failed';
    yield { type: 'step-finished', ...on, outcome, reasons, milliseconds };
    yield { type: 'node-failed', node: node.name, failure };
    return outcome;
  }
  const outcome = result?.outcome ?? 'failed';
  const why = result?.reason ? [result.reason, ...reasons] : reasons;
  yield { type: 'step-finished', ...on, outcome, reasons: outcome === 'failed' ? why : [], milliseconds };
  return outcome;
}

function skipped(job: Job, node: string): RunEvent {
  return { type: 'step-finished', node, step: job.step, outcome: 'skipped', reasons: [], milliseconds: 0 };
}

/** Runs a node's jobs in their order; the first that fails stops the node. */
export async function* runNode(
  plan: NodePlan,
  transport: Transport,
  { ports, signal }: { readonly ports: Ports; readonly signal: AbortSignal },
): AsyncGenerator<RunEvent, RunOutcome> {
  const { node } = plan;
  let outcome: RunOutcome = 'ok';
  for (const job of plan.jobs) {
    if (outcome === 'ok' && signal.aborted) outcome = 'cancelled';
    if (outcome !== 'ok') {
      yield skipped(job, node.name);
    } else if (job.payload) {
      const ended = yield* runJob({ transport, node, step: job.step, payload: job.payload }, ports, signal);
      if (ended === 'failed' || ended === 'cancelled') outcome = ended;
    } else {
      yield {
        type: 'step-finished',
        node: node.name,
        step: job.step,
        outcome: 'unavailable',
        reasons: [],
        milliseconds: 0,
      };
    }
  }
  return outcome;
}
