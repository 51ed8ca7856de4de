import { cancelled, type Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import type { ClusterNode } from '../../cluster/model.ts';
import { payloadCommand, previewCommand } from '../../plan/command.ts';
import type { PayloadKind } from '../../plan/header.ts';
import { type Marker, readLine } from '../../plan/markers.ts';
import type { Payload } from '../../plan/payload.ts';
import type { Output, Transport } from '../../remote/base/transport.ts';
import { createLines } from '../../remote/channel/lines.ts';

/** What a payload prints while it runs. */
export type SessionItem =
  | { readonly type: 'marker'; readonly marker: Marker }
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly line: string };

/** How a payload ended: isComplete, or why not. */
export type SessionEnd = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

export interface SessionRequest {
  readonly transport: Transport;
  readonly node: ClusterNode;
  readonly payload: Payload;
  readonly nonce: string;
  readonly signal: AbortSignal;
  readonly limits: CheckLimits;
}

/** Milliseconds. */
export interface CheckLimits {
  /** Without any output of a check. */
  readonly silenceMs: number;
  /** For the check of one step. */
  readonly stepMs: number;
}

/** The command for each kind of payload. */
const commandOf: Readonly<Record<PayloadKind, typeof payloadCommand>> = {
  probe: payloadCommand,
  preview: previewCommand,
  run: payloadCommand,
  undo: payloadCommand,
};

/** How much of the end of the output is kept for messages, UTF-16 units. */
export const maxQuotedLength = 4_096;

/** How a command ended before it had said all. */
export interface EarlyExit {
  /** Exit code; undefined if a signal killed it, or if the server closed the session. */
  readonly code: number | undefined;
  readonly signal?: string | undefined;
  /** Its output; the end is quoted. */
  readonly printed: string;
}

/** What ends a command from outside: sshd, the kernel, and sudo with its time limit. */
function endedAction({ ssh }: ClusterNode): Message {
  return ssh.become === 'sudo'
    ? msg(
        'Check command_timeout in its sudoers, ChannelTimeout in its sshd_config, and its log for processes that were killed.',
      )
    : msg('Check ChannelTimeout in its sshd_config, and its log for processes that were killed.');
}

/** The failure for a command that ended too early. */
export function exitedEarly(node: ClusterNode, { code, signal, printed }: EarlyExit): Failure {
  return {
    code: 'protocol',
    message:
      code !== undefined
        ? msg('The script on {0} ended early with exit code {1}.', node.name, code)
        : signal === undefined
          ? msg('The SSH server of {0} closed the session before the script ended.', node.name)
          : msg('The script on {0} was killed with signal {1}.', node.name, signal),
    action: code === undefined ? endedAction(node) : msg('Check the node and try again.'),
    detail: lastLines(printed),
  };
}

/** A check that exceeded its time limit; `step` is the step that was being checked, `printed` its last output. */
function checkTimedOut(
  node: ClusterNode,
  { ms, step, printed }: { readonly ms: number; readonly step: string; readonly printed: string },
): Failure {
  const detail = lastLines(printed);
  return {
    code: 'timeout',
    message:
      step === ''
        ? msg(
            '{0}: reading the facts of the node took longer than {1} seconds and was stopped.',
            node.name,
            ms / 1_000,
          )
        : msg(
            '{0}: the check of step `{1}` took longer than {2} seconds and was stopped.',
            node.name,
            step,
            ms / 1_000,
          ),
    action: msg(
      'Log in with ssh and check what hangs (package manager, network file systems), then try again.',
    ),
    ...(detail !== '' && { detail }),
  };
}

/** The time limit of a step expired before the step started. */
export function notStartedInTime(node: ClusterNode): Failure {
  return {
    code: 'timeout',
    message: msg('{0}: the step was not started within its time limit.', node.name),
    action: msg('Check the login with ssh in a terminal, or allow more time with --step-timeout.'),
  };
}

/** The job was sent, but the controller did not answer. */
export function noControllerAnswer(node: ClusterNode): Failure {
  return {
    code: 'protocol',
    message: msg('{0}: the job was sent, but the node did not answer on several connections.', node.name),
    action: msg(
      "Check the node's disk and load, then run the step again; a job that is already running is found and followed.",
    ),
  };
}

/** Stops a check that is silent for too long, or whose step takes too long. */
class CheckTimers {
  readonly #limits: CheckLimits;
  readonly #stop = new AbortController();
  #silence: NodeJS.Timeout | undefined;
  #step: NodeJS.Timeout | undefined;
  /** The limit that expired, milliseconds. */
  expired: number | undefined;

  constructor(limits: CheckLimits) {
    this.#limits = limits;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The payload is running; the session, start files and sudo had their own deadlines. */
  begin(): void {
    this.step();
    this.received();
  }

  received(): void {
    clearTimeout(this.#silence);
    this.#silence = this.#after(this.#limits.silenceMs);
  }

  step(): void {
    clearTimeout(this.#step);
    this.#step = this.#after(this.#limits.stepMs);
  }

  end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#step);
  }

  #after(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.expired ??= ms;
      this.#stop.abort();
    }, ms);
  }
}

/** Runs a payload that only checks, and yields its markers and log lines; returns how it ended. */
export async function* runPayload(request: SessionRequest): AsyncGenerator<SessionItem, SessionEnd> {
  const { transport, node, payload, nonce, signal, limits } = request;
  let isComplete = false;
  let printed = '';
  let step = '';
  const watch = new CheckTimers(limits);
  const readers = { stdout: createLines(), stderr: createLines() };
  function* read(stream: 'stdout' | 'stderr', lines: readonly string[]): Generator<SessionItem> {
    for (const line of lines) {
      const { log, marker } = readLine(line, nonce);
      if (log !== undefined) {
        printed = `${printed}\n${log}`.slice(-maxQuotedLength);
        yield { type: 'log', stream, line: log };
      }
      if (marker?.type === 'end') isComplete = true;
      if (marker?.type === 'step') {
        step = marker.step;
        watch.step();
      }
      if (marker) yield { type: 'marker', marker };
    }
  }
  const end = (output: Exclude<Output, { type: 'data' }>): SessionEnd => {
    if (isComplete) return { ok: true };
    if (signal.aborted) return { ok: false, failure: cancelled(node.name) };
    const ms = watch.expired;
    if (ms !== undefined) return { ok: false, failure: checkTimedOut(node, { ms, step, printed }) };
    if (output.type === 'lost') return { ok: false, failure: output.failure };
    return { ok: false, failure: exitedEarly(node, { ...output, printed }) };
  };
  const stop = AbortSignal.any([signal, watch.signal]);
  const command = commandOf[payload.header.kind](node, payload.text(nonce));
  try {
    for await (const output of transport.exec(command, stop, { onStarted: () => watch.begin() })) {
      if (output.type === 'data') {
        watch.received();
        yield* read(output.stream, readers[output.stream].push(output.bytes));
        continue;
      }
      yield* read('stdout', readers.stdout.end());
      yield* read('stderr', readers.stderr.end());
      return end(output);
    }
  } finally {
    watch.end();
  }
  throw new Error('A transport ended without saying how.');
}
