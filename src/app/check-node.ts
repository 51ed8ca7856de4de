import type { Cluster } from '../cluster/model.ts';
import type { NodeDifference } from '../plan/differences.ts';
import type { SecretValues } from '../plan/payload.ts';
import type { Selection } from '../plan/selection.ts';
import type { RunEvent } from '../run/events.ts';
import type { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import { type ProbeResult, probeNode } from './probe.ts';

export interface CheckRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly secrets: SecretValues;
  /** Time limit for a step, milliseconds. */
  readonly stepLimitMs?: number;
  /** Receives what the steps would change. */
  readonly onDifference?: (difference: NodeDifference) => void;
  readonly signal: AbortSignal;
}

/** How often a check is attempted after the connection was lost. */
const maxCheckAttempts = 3;

/** Reads the facts and checks all steps of a node; reconnects after a lost connection, since checks change nothing. */
export async function* checkNode(
  link: NodeConnection,
  ports: Ports,
  { signal, ...request }: CheckRequest,
): AsyncGenerator<RunEvent, ProbeResult> {
  const { node } = link;
  for (let attempt = 1; ; attempt += 1) {
    const { transport } = link;
    if (!transport) throw new Error('A check needs a connection.');
    const probed = yield* probeNode({ ...request, node, transport }, ports, signal);
    if (probed.ok || probed.failure.code !== 'lost' || attempt === maxCheckAttempts) return probed;
    yield { type: 'node-connecting', node: node.name };
    const failure = await link.reconnect(signal);
    if (failure) return { ok: false, failure };
    yield { type: 'node-connected', node: node.name };
  }
}
