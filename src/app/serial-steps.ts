import { assertNever } from '../base/assert-never.ts';
import type { StepOutcome } from '../base/states.ts';

/** How a serial step ended on a node: done, failed, or cancelled. */
export type SerialOutcome = 'done' | 'failed' | 'cancelled';

/** The serial outcome of a step that has ended. */
export function endOf(outcome: StepOutcome): SerialOutcome {
  switch (outcome) {
    case 'changed':
    case 'unchanged':
    case 'unavailable':
      return 'done';
    case 'failed':
    case 'interrupted':
      return 'failed';
    case 'cancelled':
    case 'skipped':
      return 'cancelled';
    default:
      return assertNever(outcome);
  }
}

/** Whether the node has the step after it, so that it is not repeated. */
export function isDone(outcome: StepOutcome): boolean {
  return endOf(outcome) === 'done';
}

/** The first node that blocks the following ones. */
export interface BlockingNode {
  readonly node: string;
  readonly outcome: Exclude<SerialOutcome, 'done'>;
}

/** Runs a serial step on one node at a time, in the file's order. */
export interface SerialQueue {
  /** Resolves when it is the node's turn; the value is the earlier node that blocks it, if any. */
  wait(step: string, node: string): Promise<BlockingNode | undefined>;
  /** Whether the node must wait. */
  mustWait(step: string, node: string): boolean;
  /** Must be called once for every node and step, whatever the outcome. */
  done(step: string, node: string, outcome: SerialOutcome): void;
}

interface QueueEntry {
  readonly node: string;
  readonly before?: QueueEntry;
  /** Resolves when the node has finished, with the node that blocks the next one. */
  readonly over: Promise<BlockingNode | undefined>;
  readonly end: (blocked: BlockingNode | undefined) => void;
  isOver: boolean;
}

/** Creates the queue; `steps` has the nodes of each serial step, in order. */
export function createSerialQueue(steps: ReadonlyMap<string, readonly string[]>): SerialQueue {
  const entries = new Map<string, QueueEntry>();
  const key = (step: string, node: string): string => JSON.stringify([step, node]);
  for (const [step, nodes] of steps) {
    let before: QueueEntry | undefined;
    for (const node of nodes) {
      let end: QueueEntry['end'] = () => undefined;
      const over = new Promise<BlockingNode | undefined>((resolve) => {
        end = resolve;
      });
      const entry: QueueEntry = { node, over, end, isOver: false, ...(before ? { before } : {}) };
      entries.set(key(step, node), entry);
      before = entry;
    }
  }
  return {
    wait: (step, node) => entries.get(key(step, node))?.before?.over ?? Promise.resolve(undefined),
    mustWait: (step, node) => entries.get(key(step, node))?.before?.isOver === false,
    done: (step, node, outcome) => {
      const entry = entries.get(key(step, node));
      if (!entry || entry.isOver) return;
      entry.isOver = true;
      // A node that was blocked also blocks the following ones.
      const own = outcome === 'done' ? undefined : { node, outcome };
      const end = (earlier: BlockingNode | undefined): void => entry.end(earlier ?? own);
      if (entry.before) void entry.before.over.then(end);
      else end(undefined);
    },
  };
}
