import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../../base/states.ts';
import { readLine } from '../../plan/markers.ts';
import { createLines } from '../../remote/channel/lines.ts';
import type { SessionItem } from './session.ts';
import { Transfer } from './transfer.ts';
import type { JobEnd, TransferRequest } from './transfer-types.ts';

/** An item of a job: its log in order, interleaved with notices about the connection. */
export type FollowItem = SessionItem | { readonly type: 'notice'; readonly reason: Reason };

export interface FollowRequest extends TransferRequest {
  /** Time limit for the job, milliseconds; then it is asked to end. */
  readonly limitMs?: number;
}

/** Bytes read from the log at once. */
const maxReadBytes = 65_536;
/** If more than `burstBytes` arrive between two reads, reading pauses: a burst is received first and displayed later. */
const burstBytes = 524_288;
const burstPauseMs = 250;

/**
 * Follows a job to its end. Items are read from the local log file at the consumer's speed, so that the network never waits; a
 * resumed job yields the same items again from the first byte on.
 */
export async function* follow(request: FollowRequest): AsyncGenerator<FollowItem, JobEnd> {
  const { log, limitMs, ports } = request;
  const transfer = new Transfer(request);
  const lines = createLines();
  let at = 0;
  let known = 0;
  const timer =
    limitMs === undefined
      ? undefined
      : setTimeout(() => {
          void transfer.cancel({ code: 'timed-out', args: [String(Math.round(limitMs / 60_000))] });
        }, limitMs);
  function* read(texts: readonly string[]): Generator<FollowItem> {
    for (const line of texts) {
      const { log: text, marker } = readLine(line, transfer.nonce);
      if (text !== undefined) yield { type: 'log', stream: 'stdout', line: text };
      // Only the run that started the job confirms its logins.
      if (marker?.type === 'prove' && request.startedBy === undefined) void transfer.confirm();
      if (marker) yield { type: 'marker', marker };
    }
  }
  try {
    for (;;) {
      const change = transfer.changed();
      for (const reason of transfer.notices()) yield { type: 'notice', reason };
      const { end } = transfer;
      if (at < log.readable) {
        const arrived = log.size - known;
        known = log.size;
        if (!end && arrived > burstBytes) await sleep(burstPauseMs);
        const bytes = await log.read(at, maxReadBytes);
        at += bytes.length;
        yield* read(lines.push(bytes));
      } else if (at < log.size && !ports.writeGuard.failed.aborted) {
        await log.written();
      } else if (end) {
        yield* read(lines.end());
        return end;
      } else {
        await change;
      }
    }
  } finally {
    clearTimeout(timer);
    await transfer.close();
    await log.close();
  }
}
