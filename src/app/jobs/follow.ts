import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../../base/states.ts';
import { readLine } from '../../plan/markers.ts';
import { createLines } from '../../remote/channel/lines.ts';
import type { JobEnd, TransferRequest } from './following.ts';
import type { SessionItem } from './session.ts';
import { Transfer } from './transfer.ts';

/** What a job gives: what stands in its log, in order, and between it what happens to the connection. */
export type FollowItem = SessionItem | { readonly type: 'notice'; readonly reason: Reason };

export interface FollowRequest extends TransferRequest {
  /** So long may the job take, milliseconds; then it is asked to end. */
  readonly limit?: number;
}

/** How much of the log is read at once, bytes. */
const piece = 65_536;
/** While more than so many bytes come in between two pieces, lines wait so many milliseconds: a burst comes here before it is told. */
const burst = 524_288;
const breath = 250;

/**
 * Follows a job to its end. The items come out of the log file, as fast as they are taken: the network never waits for them, and
 * a resumed job gives the same ones again from the first byte on.
 */
export async function* follow(request: FollowRequest): AsyncGenerator<FollowItem, JobEnd> {
  const { log, limit, ports } = request;
  const transfer = new Transfer(request);
  const lines = createLines();
  let at = 0;
  let known = 0;
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(() => {
          void transfer.cancel({ code: 'timed-out', args: [String(Math.round(limit / 60_000))] });
        }, limit);
  function* read(texts: readonly string[]): Generator<FollowItem> {
    for (const line of texts) {
      const { log: text, marker } = readLine(line, transfer.nonce);
      if (text !== undefined) yield { type: 'log', stream: 'stdout', line: text };
      if (marker?.type === 'prove') void transfer.prove();
      if (marker) yield { type: 'marker', marker };
    }
  }
  try {
    for (;;) {
      const news = transfer.news();
      for (const reason of transfer.notices()) yield { type: 'notice', reason };
      const { end } = transfer;
      if (at < log.readable) {
        const came = log.size - known;
        known = log.size;
        if (!end && came > burst) await sleep(breath);
        const bytes = await log.read(at, piece);
        at += bytes.length;
        yield* read(lines.push(bytes));
      } else if (at < log.size && !ports.keeping.broken.aborted) {
        await log.written();
      } else if (end) {
        yield* read(lines.end());
        return end;
      } else {
        await news;
      }
    }
  } finally {
    clearTimeout(timer);
    await transfer.leave();
    await log.close();
  }
}
