import { assertNever } from '../base/assert-never.ts';
import type { Failure } from '../base/failure.ts';
import type { Reason, StepState } from '../base/states.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import type { NodeDifference } from '../plan/differences.ts';
import { factsOf } from '../plan/facts.ts';
import { isDifferenceMarker, type Marker } from '../plan/markers.ts';
import type { SecretValues } from '../plan/payload.ts';
import type { NodeReport } from '../plan/plan.ts';
import { previewPayload, probePayload } from '../plan/ready.ts';
import type { Selection } from '../plan/selection.ts';
import type { Transport } from '../remote/base/transport.ts';
import type { RunEvent } from '../run/events.ts';
import { addReason } from '../run/reasons.ts';
import { DifferenceFindings } from './difference-findings.ts';
import type { Ports } from './jobs/ports.ts';
import { runPayload, type SessionItem } from './jobs/session.ts';
import { jobTimes } from './jobs/times.ts';

export interface NodeProbeRequest {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly selection: Selection;
  readonly transport: Transport;
  readonly secrets: SecretValues;
  /** Time limit for a step, and so for its check, milliseconds. */
  readonly stepLimitMs?: number;
  /** Receives what the steps that are not done would change; without it, the nodes are not asked. */
  readonly onDifference?: (difference: NodeDifference) => void;
}

export type ProbeResult =
  | { readonly ok: true; readonly report: NodeReport }
  | { readonly ok: false; readonly failure: Failure };

/** Converts the output of a probe to events, and collects facts and states. */
class ProbeFindings {
  readonly values = new Map<string, string>();
  readonly steps = new Map<string, { state: StepState; reasons: readonly Reason[] }>();
  readonly #node: string;
  readonly #requested: ReadonlySet<string>;
  /** What the node shows of changes, once its checks are over. */
  readonly #differences: DifferenceFindings;
  /** The steps that were checked: when one begins again, its preview begins. */
  #isPreview = false;
  /** The step being checked; empty before the first one, and for a step that was not requested. */
  #step = '';
  #reasons: Reason[] = [];

  constructor(node: string, requested: readonly string[], differences: DifferenceFindings) {
    this.#node = node;
    this.#differences = differences;
    this.#requested = new Set(requested);
  }

  of(item: SessionItem): RunEvent | undefined {
    if (item.type === 'marker') return this.#ofMarker(item.marker);
    if (this.#step === '') return undefined;
    if (this.#isPreview) {
      this.#differences.log(item.line);
      return undefined;
    }
    return { type: 'log', node: this.#node, step: this.#step, stream: item.stream, line: item.line };
  }

  #ofMarker(marker: Marker): RunEvent | undefined {
    if (isDifferenceMarker(marker)) {
      this.#differences.add(marker);
      return undefined;
    }
    switch (marker.type) {
      case 'fact':
        this.values.set(marker.key, marker.value);
        return undefined;
      case 'step':
        // Foreign input, and log files are named after it.
        this.#step = this.#requested.has(marker.step) ? marker.step : '';
        this.#reasons = [];
        this.#isPreview = this.steps.has(this.#step);
        if (this.#isPreview) this.#differences.begin(this.#step);
        return undefined;
      case 'because':
        addReason(this.#reasons, marker.reason);
        return undefined;
      case 'state': {
        const { step, state } = marker;
        if (!this.#requested.has(step)) return undefined;
        this.steps.set(step, { state, reasons: this.#reasons });
        return { type: 'step-state', node: this.#node, step, state, reasons: this.#reasons };
      }
      case 'notice':
        if (this.#isPreview) {
          this.#differences.notice(marker.reason);
          return undefined;
        }
        return this.#step === ''
          ? undefined
          : { type: 'notice', node: this.#node, step: this.#step, reason: marker.reason };
      case 'begin':
      case 'downloaded':
      case 'phase':
      case 'result':
      case 'prove':
      case 'end':
        return undefined;
      default:
        return assertNever(marker);
    }
  }
}

/** Reads the facts and runs all checks of a node in one round trip; returns the result. */
export async function* probeNode(
  request: NodeProbeRequest,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, ProbeResult> {
  const { cluster, node, selection, transport, secrets, stepLimitMs, onDifference } = request;
  const { checkSilenceMs, checkStepMs } = jobTimes(ports);
  const limits = { silenceMs: checkSilenceMs, stepMs: stepLimitMs ?? checkStepMs };
  const payload = (onDifference ? previewPayload : probePayload)({ cluster, node, selection, secrets });
  const requested = payload.header.steps.map(({ id }) => id);
  const differences = new DifferenceFindings(node.name, secrets.values());
  const findings = new ProbeFindings(node.name, requested, differences);
  const session = runPayload({ transport, node, payload, nonce: ports.names.nonce(), signal, limits });
  let next = await session.next();
  for (; !next.done; next = await session.next()) {
    const event = findings.of(next.value);
    if (event) yield event;
  }
  if (!next.value.ok) return { ok: false, failure: next.value.failure };
  const facts = factsOf(findings.values);
  onDifference?.(differences.difference);
  yield { type: 'facts', node: node.name, facts };
  return { ok: true, report: { facts, steps: findings.steps } };
}
