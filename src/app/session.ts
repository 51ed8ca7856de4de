import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import { lastWords } from '../base/visible.ts';
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

/** So much of the end of what a command prints is kept, UTF-16 units. */
export const keptLength = 4_096;

/** A person has stopped it. */
export function cancelled(node: ClusterNode): Failure {
  return {
    code: 'cancelled',
    message: msg('The run was cancelled on {0}.', node.name),
    action: msg('Check the node before you run the step again.'),
  };
}

/** How a command ended before it had said all. */
export interface BreakOff {
  /** Its exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  /** What was printed, of which the end counts. */
  readonly printed: string;
  /** Whether the script was at work: then what it printed is its own. */
  readonly hasBegun: boolean;
}

/** Images for clouds refuse root with this sentence (cloud-init, `disable_root_opts`). */
const otherUser = /login as the user "?([a-z_][a-z0-9_-]{0,31})\b/i;

/** The login worked, but in place of the script something else ran: a shell that refuses, or the command that a key is bound to. */
function notStarted({ name, ssh }: ClusterNode, { code, printed }: BreakOff): Failure {
  const user = otherUser.exec(printed)?.[1];
  return {
    code: 'protocol',
    message: msg(
      '{0} runs no commands for {1}: the login ended with exit code {2}.',
      name,
      ssh.user,
      code ?? '?',
    ),
    action:
      user === undefined
        ? msg('Check the login shell of {0} there, and `command=` in its authorized_keys.', ssh.user)
        : msg('Set `user: {0}` and `become: sudo` for the node in the cluster file.', user),
    detail: lastWords(printed),
  };
}

/** A command ended before it had said all. */
export function brokenOff(node: ClusterNode, end: BreakOff): Failure {
  const { code, printed, hasBegun } = end;
  if (node.ssh.become === 'sudo' && /sudo|password|tty/i.test(printed)) {
    return {
      code: 'become',
      message: msg('sudo did not let {0} become root on {1}.', node.ssh.user, node.name),
      action: msg('Allow sudo without a password for this user, or connect as root.'),
      detail: lastWords(printed),
    };
  }
  if (!hasBegun) return notStarted(node, end);
  return {
    code: 'protocol',
    message: msg('The script on {0} broke off with exit code {1}.', node.name, code ?? '?'),
    action: msg('Check the node, then run it again.'),
    detail: lastWords(printed),
  };
}

/** Sends a payload that only looks and gives its markers and log lines; the generator's return value says how it ended. */
export async function* runPayload(request: SessionRequest): AsyncGenerator<SessionItem, SessionEnd> {
  const { transport, node, payload, nonce, signal } = request;
  let whole = false;
  let hasBegun = false;
  let printed = '';
  const readers = { stdout: createLines(), stderr: createLines() };
  function* read(stream: 'stdout' | 'stderr', lines: readonly string[]): Generator<SessionItem> {
    for (const line of lines) {
      const { log, marker } = readLine(line, nonce);
      if (log !== undefined) {
        printed = `${printed}\n${log}`.slice(-keptLength);
        yield { type: 'log', stream, line: log };
      }
      if (marker) hasBegun = true;
      if (marker?.type === 'end') whole = true;
      if (marker) yield { type: 'marker', marker };
    }
  }
  const end = (output: Exclude<Output, { type: 'data' }>): SessionEnd => {
    if (whole) return { ok: true };
    if (signal.aborted) return { ok: false, failure: cancelled(node) };
    if (output.type === 'lost') return { ok: false, failure: output.failure };
    return { ok: false, failure: brokenOff(node, { code: output.code, printed, hasBegun }) };
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
