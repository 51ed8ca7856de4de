import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import type { ClusterNode } from '../cluster/model.ts';
import { type Marker, readLine } from '../plan/markers.ts';
import { type Payload, payloadCommand } from '../plan/payload.ts';
import { createLines } from '../remote/lines.ts';
import type { Output, Transport } from '../remote/transport.ts';

/** What a payload gives while it runs. */
export type SessionItem =
  | { readonly type: 'marker'; readonly marker: Marker }
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly line: string };

/** How a payload ended: whole, or why not. */
export type SessionEnd = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

export interface SessionRequest {
  readonly transport: Transport;
  readonly node: ClusterNode;
  readonly payload: Payload;
  readonly nonce: string;
  readonly signal: AbortSignal;
}

/** A person has stopped it. */
export function cancelled(node: ClusterNode): Failure {
  return {
    code: 'cancelled',
    message: msg('The run was cancelled on {0}.', node.name),
    action: msg('Check the node before you run the step again.'),
  };
}

/** A command ended before it had said all. */
export function brokenOff(node: ClusterNode, code: number | undefined, said: string): Failure {
  if (node.ssh.become === 'sudo' && /sudo|password|tty/i.test(said)) {
    return {
      code: 'become',
      message: msg('sudo did not let {0} become root on {1}.', node.ssh.user, node.name),
      action: msg('Allow sudo without a password for this user, or connect as root.'),
      detail: said,
    };
  }
  return {
    code: 'protocol',
    message: msg('The script on {0} broke off with exit code {1}.', node.name, code ?? '?'),
    action: msg('Read the log of the step; then run it again.'),
    detail: said,
  };
}

/** Sends a payload that only looks and gives its markers and log lines; the generator's return value says how it ended. */
export async function* runPayload(request: SessionRequest): AsyncGenerator<SessionItem, SessionEnd> {
  const { transport, node, payload, nonce, signal } = request;
  let whole = false;
  let said = '';
  const readers = { stdout: createLines(), stderr: createLines() };
  function* read(stream: 'stdout' | 'stderr', lines: readonly string[]): Generator<SessionItem> {
    for (const line of lines) {
      const { log, marker } = readLine(line, nonce);
      if (log !== undefined) {
        said = log;
        yield { type: 'log', stream, line: log };
      }
      if (marker?.type === 'end') whole = true;
      if (marker) yield { type: 'marker', marker };
    }
  }
  const end = (output: Exclude<Output, { type: 'data' }>): SessionEnd => {
    if (whole) return { ok: true };
    if (signal.aborted) return { ok: false, failure: cancelled(node) };
    if (output.type === 'lost') return { ok: false, failure: output.failure };
    return { ok: false, failure: brokenOff(node, output.code, said) };
  };
  for await (const output of transport.exec(payloadCommand(node, payload.text(nonce)), signal)) {
    if (output.type === 'data') {
      yield* read(output.stream, readers[output.stream].push(output.bytes));
      continue;
    }
    yield* read('stdout', readers.stdout.end());
    yield* read('stderr', readers.stderr.end());
    return end(output);
  }
  throw new Error('A transport ended without saying how.');
}
