import { keepCommand } from '../jobs/job.ts';
import type { RunEvent } from '../run/events.ts';
import type { OthersContext } from './find-others.ts';
import { pause } from './jobs/confirm-login.ts';
import { requestFrame } from './jobs/request-frame.ts';
import { jobTimes } from './jobs/times.ts';

/** Says again and again that the run needs the node, until the signal aborts. */
async function renew(
  { run, link, ports }: Omit<OthersContext, 'signal'>,
  signal: AbortSignal,
): Promise<void> {
  const { answerMs, keepMs } = jobTimes(ports);
  while (!signal.aborted) {
    const lead = ports.names.nonce();
    const { transport, node } = link;
    if (transport)
      await requestFrame(transport, keepCommand(node, run, lead), { lead, ms: answerMs, signal });
    await pause(keepMs, signal);
  }
}

/** Keeps a node for the run during a wait between two of its steps: without it, others may use the node after 30 seconds. */
export async function* keeping<Result>(
  context: Omit<OthersContext, 'signal'>,
  wait: AsyncGenerator<RunEvent, Result>,
): AsyncGenerator<RunEvent, Result> {
  const over = new AbortController();
  const renewing = renew(context, over.signal);
  // Reported below; a failure must not end the process before.
  renewing.catch(() => undefined);
  try {
    return yield* wait;
  } finally {
    over.abort();
    await renewing;
  }
}
