import { type CancelRequest, covers } from '../run/cancel.ts';

/** The two signals that stop a node, or one step on it. */
export interface Stop {
  /** Aborted when no further step may start. */
  readonly before: AbortSignal;
  /** Aborted when the running step must end, too. */
  readonly now: AbortSignal;
}

/** Cancels parts of a run while the rest of it continues. */
export interface Cancellation {
  request(request: CancelRequest): void;
  /** For a whole node, or for one step on it. */
  of(node: string, step?: string): Stop;
  /** For the whole run. */
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

function abortIfCovered({ before, now, isCovered }: Part, request: CancelRequest): void {
  if (!isCovered(request)) return;
  before.abort();
  if (request.when === 'now') now.abort();
}

function stopOf({ before, now }: Part): Stop {
  return { before: before.signal, now: now.signal };
}

/** Accepts requests at any time; an early one also applies to nodes and steps that start later. */
export function createCancellation(): Cancellation {
  const requests: CancelRequest[] = [];
  const run = createPart(({ nodes, step }) => nodes === undefined && step === undefined);
  const parts = new Map<string, Part>();
  return {
    request: (request) => {
      requests.push(request);
      for (const part of [run, ...parts.values()]) abortIfCovered(part, request);
    },
    of: (node, step) => {
      const key = JSON.stringify(step === undefined ? [node] : [node, step]);
      let part = parts.get(key);
      if (!part) {
        part = createPart((request) => covers(request, node, step));
        for (const request of requests) abortIfCovered(part, request);
        parts.set(key, part);
      }
      return stopOf(part);
    },
    run: stopOf(run),
  };
}
