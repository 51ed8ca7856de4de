import { assertNever } from '../base/assert-never.ts';
import type { Failure } from '../base/failure.ts';
import type { Reason, StepState } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { factsOf } from '../plan/facts.ts';
import type { Marker } from '../plan/markers.ts';
import type { SecretValues } from '../plan/payload.ts';
import type { NodeReport } from '../plan/plan.ts';
import { probePayload } from '../plan/ready.ts';
import type { Selection } from '../plan/selection.ts';
import type { Transport } from '../remote/base/transport.ts';
import type { RunEvent } from '../run/events.ts';
import { addReason } from '../run/reasons.ts';
import type { Ports } from './jobs/ports.ts';
import { runPayload, type SessionItem } from './jobs/session.ts';
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

/** Turns what a node says while it is checked into events, and collects its facts and the states of its steps. */
class Findings {
  readonly values = new Map<string, string>();
  readonly steps = new Map<string, { state: StepState; reasons: readonly Reason[] }>();
  readonly #node: string;
  readonly #asked: ReadonlySet<string>;
  /** The step that is being checked; empty before the first one, and in one that was not asked for. */
  #step = '';
  #reasons: Reason[] = [];

  constructor(node: string, asked: readonly string[]) {
    this.#node = node;
    this.#asked = new Set(asked);
  }

  of(item: SessionItem): RunEvent | undefined {
    if (item.type === 'marker') return this.#ofMarker(item.marker);
    if (this.#step === '') return undefined;
    return { type: 'log', node: this.#node, step: this.#step, stream: item.stream, line: item.line };
  }

  #ofMarker(marker: Marker): RunEvent | undefined {
    switch (marker.type) {
      case 'fact':
        this.values.set(marker.key, marker.value);
        return undefined;
      case 'step':
        // A node's word: log files are named after it.
        this.#step = this.#asked.has(marker.step) ? marker.step : '';
        this.#reasons = [];
        return undefined;
      case 'because':
        addReason(this.#reasons, marker.reason);
        return undefined;
      case 'state': {
        const { step, state } = marker;
        if (!this.#asked.has(step)) return undefined;
        this.steps.set(step, { state, reasons: this.#reasons });
        return { type: 'step-state', node: this.#node, step, state, reasons: this.#reasons };
      }
      case 'begin':
      case 'phase':
      case 'notice':
      case 'result':
      case 'prove':
      case 'end':
        return undefined;
      default:
        return assertNever(marker);
    }
  }
}

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
  const asked = payload.header.steps.map(({ id }) => id);
  const findings = new Findings(node.name, asked);
  const session = runPayload({ transport, node, payload, nonce: ports.names.nonce(), signal, limits });
  let next = await session.next();
  for (; !next.done; next = await session.next()) {
    const event = findings.of(next.value);
    if (event) yield event;
  }
  if (!next.value.ok) return { ok: false, failure: next.value.failure };
  const facts = factsOf(findings.values);
  yield { type: 'facts', node: node.name, facts };
  return { ok: true, report: { facts, steps: findings.steps } };
}
