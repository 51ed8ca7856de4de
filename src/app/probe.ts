import type { Failure } from '../base/failure.ts';
import type { Reason, StepState } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { factsOf } from '../plan/facts.ts';
import type { SecretValues } from '../plan/payload.ts';
import { type NodeReport, probePayload, type Selection } from '../plan/plan.ts';
import type { Transport } from '../remote/base/transport.ts';
import type { RunEvent } from '../run/events.ts';
import { addReason } from '../run/reasons.ts';
import type { Ports } from './jobs/ports.ts';
import { runPayload } from './jobs/session.ts';
import { jobTimes } from './jobs/times.ts';

export interface GatherRequest {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly selection: Selection;
  readonly transport: Transport;
  readonly secrets: SecretValues;
  /** So long may a step take, milliseconds: its check, too. */
  readonly stepLimit?: number;
}

export type Gathered =
  | { readonly ok: true; readonly report: NodeReport }
  | { readonly ok: false; readonly failure: Failure };

/** Facts and all checks of one node in one round trip; the return value is what was found. */
export async function* gather(
  request: GatherRequest,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Gathered> {
  const { cluster, node, selection, transport, secrets, stepLimit } = request;
  const { checkSilence, checkStep } = jobTimes(ports);
  const limits = { silence: checkSilence, step: stepLimit ?? checkStep };
  const payload = probePayload({ cluster, node, selection, secrets });
  const asked = new Set(payload.header.steps.map(({ id }) => id));
  const values = new Map<string, string>();
  const steps = new Map<string, { state: StepState; reasons: readonly Reason[] }>();
  let step = '';
  let reasons: Reason[] = [];
  const session = runPayload({ transport, node, payload, nonce: ports.names.nonce(), signal, limits });
  while (true) {
    const next = await session.next();
    if (next.done) {
      if (!next.value.ok) return { ok: false, failure: next.value.failure };
      const facts = factsOf(values);
      yield { type: 'facts', node: node.name, facts };
      return { ok: true, report: { facts, steps } };
    }
    const item = next.value;
    if (item.type === 'log') {
      if (step !== '') yield { type: 'log', node: node.name, step, stream: item.stream, line: item.line };
      continue;
    }
    const { marker } = item;
    if (marker.type === 'fact') values.set(marker.key, marker.value);
    if (marker.type === 'step') {
      // A node's word: log files are named after it.
      step = asked.has(marker.step) ? marker.step : '';
      reasons = [];
    }
    if (marker.type === 'because') addReason(reasons, marker.reason);
    if (marker.type === 'state' && asked.has(marker.step)) {
      steps.set(marker.step, { state: marker.state, reasons });
      yield { type: 'step-state', node: node.name, step: marker.step, state: marker.state, reasons };
    }
  }
}
