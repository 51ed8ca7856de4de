import { type CancelRequest, covers } from '../run/cancel.ts';

/** When a node, or one step on it, has to stop. */
export interface Stop {
  /** Aborted once nothing more may begin there. */
  readonly before: AbortSignal;
  /** Aborted once what runs there has to end, too. */
  readonly now: AbortSignal;
}

/** The parts of a run that a person has cancelled while the rest of it continues. */
export interface Cancellation {
  request(request: CancelRequest): void;
  /** Of a node as a whole, or of one step on it. */
  of(node: string, step?: string): Stop;
  /** Of the run as a whole. */
  readonly run: Stop;
}

interface Part {
  readonly before: AbortController;
  readonly now: AbortController;
  readonly isCovered: (request: CancelRequest) => boolean;
}

function createPart(isCovered: Part['isCovered']): Part {
  return { before: new AbortController(), now: new AbortController(), isCovered };
}

function tell({ before, now, isCovered }: Part, request: CancelRequest): void {
  if (!isCovered(request)) return;
  before.abort();
  if (request.when === 'now') now.abort();
}

function stopOf({ before, now }: Part): Stop {
  return { before: before.signal, now: now.signal };
}

/** Takes requests at any time: one that comes before its node or step has begun holds for it as well. */
export function createCancellation(): Cancellation {
  const requests: CancelRequest[] = [];
  const run = createPart(({ nodes, step }) => nodes === undefined && step === undefined);
  const parts = new Map<string, Part>();
  return {
    request: (request) => {
      requests.push(request);
      for (const part of [run, ...parts.values()]) tell(part, request);
    },
    of: (node, step) => {
      const key = JSON.stringify(step === undefined ? [node] : [node, step]);
      let part = parts.get(key);
      if (!part) {
        part = createPart((request) => covers(request, node, step));
        for (const request of requests) tell(part, request);
        parts.set(key, part);
      }
      return stopOf(part);
    },
    run: stopOf(run),
  };
}
