import { cancelled, type Failure } from '../base/failure.ts';
import { createFrames, type Frame } from '../jobs/frames.ts';
import { type OthersOptions, othersCommand, releaseCommand } from '../jobs/job.ts';
import type { OtherJob } from '../jobs/others.ts';
import type { Output } from '../remote/base/transport.ts';
import { Channel } from './jobs/channel.ts';
import type { NodeConnection } from './jobs/node-connection.ts';
import type { Ports } from './jobs/ports.ts';
import { requestFrame } from './jobs/request-frame.ts';
import { noControllerAnswer } from './jobs/session.ts';
import { jobTimes } from './jobs/times.ts';

/** What a run needs to ask a node for other runs. */
export interface OthersContext {
  readonly run: string;
  readonly link: NodeConnection;
  readonly ports: Ports;
  readonly signal: AbortSignal;
}

/** The other run on the node, none if the node is free, or why the node did not answer. */
export type OthersEnd =
  | { readonly ok: true; readonly by?: OtherJob }
  | { readonly ok: false; readonly failure: Failure };

/** How often the node is asked after the connection was lost. */
const maxAttempts = 4;

type Answer = OtherJob | 'free' | 'useless' | undefined;

function answerOf(frame: Frame): Answer {
  if (frame.type === 'occupied') return frame.by;
  if (frame.type === 'alive') return undefined;
  return frame.type === 'free' ? 'free' : 'useless';
}

type Attempt = OthersEnd | { readonly lost: Failure };

/** Asks once over the open connection; yields the runs that are reported meanwhile. */
async function* attempt(
  { run, link, ports, signal }: OthersContext,
  options: Omit<OthersOptions, 'lead'>,
): AsyncGenerator<OtherJob, Attempt> {
  const { transport, node } = link;
  if (!transport) throw new Error('A question needs a connection.');
  const lead = ports.names.nonce();
  const frames = createFrames(lead);
  const channel = new Channel(jobTimes(ports));
  const stop = AbortSignal.any([signal, channel.signal]);
  const onEnd = (output: Exclude<Output, { type: 'data' }>): Attempt => {
    if (signal.aborted) return { ok: false, failure: cancelled(node.name) };
    if (channel.isAbandoned) return { lost: noControllerAnswer(node) };
    // A node without the controller's programs is reported by the start of a job.
    if (output.type !== 'lost') return { ok: true };
    // A start file that waits or a refused sudo password is the same over a new connection.
    const { failure } = output;
    return failure.code === 'lost' ? { lost: failure } : { ok: false, failure };
  };
  try {
    const command = othersCommand(node, run, { ...options, lead });
    for await (const output of transport.exec(command, stop, { onStarted: () => channel.sent() })) {
      if (output.type !== 'data') return onEnd(output);
      if (output.stream === 'stderr') continue;
      for (const frame of frames.push(output.bytes)) {
        channel.received({ isFrame: frame.type !== 'fault' });
        const answer = answerOf(frame);
        if (answer === 'free' || answer === 'useless') return { ok: true };
        if (answer === undefined) continue;
        if (options.mode !== 'free') return { ok: true, by: answer };
        yield answer;
      }
    }
  } finally {
    channel.close();
  }
  throw new Error('A transport ended without saying how.');
}

/**
 * Asks the node which other run works on it, over as many connections as it takes. With `free` it waits until none does, and
 * yields each one that begins meanwhile.
 */
export async function* findOthers(
  context: OthersContext,
  options: Omit<OthersOptions, 'lead'>,
): AsyncGenerator<OtherJob, OthersEnd> {
  const { link, signal } = context;
  let seen = options.seen ?? '';
  for (let left = maxAttempts; ; left -= 1) {
    const tried = attempt(context, { ...options, seen });
    let next = await tried.next();
    for (; !next.done; next = await tried.next()) {
      seen = next.value.job;
      left = maxAttempts;
      link.progress();
      yield next.value;
    }
    const end = next.value;
    if (!('lost' in end)) return end;
    if (left <= 1) return { ok: false, failure: end.lost };
    const failure = await link.reconnect(signal);
    if (failure) return { ok: false, failure };
  }
}

/** Reports to the node that this run starts nothing more on it; without the report, the node waits a short time for it. */
export async function release({ run, link, ports }: Omit<OthersContext, 'signal'>): Promise<void> {
  const lead = ports.names.nonce();
  const { answerMs } = jobTimes(ports);
  if (link.transport)
    await requestFrame(link.transport, releaseCommand(link.node, run, lead), { lead, ms: answerMs });
}
