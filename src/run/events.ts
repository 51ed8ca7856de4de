import type { NodeFacts } from '../base/facts.ts';
import type { Failure } from '../base/failure.ts';
import type { Occupant } from '../base/occupant.ts';
import type {
  NodeOutcome,
  Phase,
  Reason,
  RunKind,
  RunOutcome,
  StepOutcome,
  StepState,
} from '../base/states.ts';
import type { YumEvent } from '../yum/events.ts';
import type { Explanation } from '../yum/explain/match.ts';

/** Why a step failed: the line of its log that best shows the cause, and the explanation of that line if it is a known failure. */
export interface FailureCause {
  readonly line?: string;
  readonly explanation?: Explanation;
}

interface OnNode {
  readonly node: string;
}

interface OnStep extends OnNode {
  readonly step: string;
}

/** Everything that happens in a run, in the order in which it was observed. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly run: string;
      readonly kind: RunKind;
      readonly cluster: string;
      readonly nodes: readonly string[];
      readonly steps: readonly string[];
      /** The cluster file, as named by the front end. */
      readonly file?: string;
    }
  /** An unfinished run of an earlier process is resumed; the following events continue it. */
  | { readonly type: 'run-resumed'; readonly run: string }
  /** The batches of a run that has several, by node names; `maxFailed` as written: `2` or `20%`. */
  | {
      readonly type: 'batches-planned';
      readonly batches: readonly (readonly string[])[];
      readonly maxFailed?: string;
    }
  /** A batch starts; its number counts from 1. */
  | { readonly type: 'batch-started'; readonly batch: number; readonly of: number }
  /** Nothing was started. */
  | { readonly type: 'run-refused'; readonly failure: Failure }
  | ({ readonly type: 'node-connecting' } & OnNode)
  /** What the connection waits for, once that takes long; without a reason, it no longer waits. Not in the journal. */
  | ({ readonly type: 'node-waiting'; readonly reason?: Reason } & OnNode)
  | ({ readonly type: 'node-connected' } & OnNode)
  | ({ readonly type: 'node-failed'; readonly failure: Failure } & OnNode)
  /** A run of another window or computer works on the node. */
  | ({ readonly type: 'node-occupied'; readonly by: Occupant } & OnNode)
  /** It no longer does. */
  | ({ readonly type: 'node-freed' } & OnNode)
  | ({ readonly type: 'facts'; readonly facts: NodeFacts } & OnNode)
  | ({ readonly type: 'step-state'; readonly state: StepState; readonly reasons: readonly Reason[] } & OnStep)
  | ({ readonly type: 'step-started' } & OnStep)
  | ({ readonly type: 'phase'; readonly phase: Phase } & OnStep)
  | ({ readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly line: string } & OnStep)
  | ({ readonly type: 'yum'; readonly event: YumEvent } & OnStep)
  | ({ readonly type: 'notice'; readonly reason: Reason } & OnStep)
  | ({
      readonly type: 'step-finished';
      readonly outcome: StepOutcome;
      readonly reasons: readonly Reason[];
      readonly milliseconds: number;
      readonly trouble?: FailureCause;
    } & OnStep)
  | ({
      readonly type: 'node-finished';
      readonly outcome: NodeOutcome;
      /** Why it was not started. */
      readonly reason?: Reason;
    } & OnNode)
  | { readonly type: 'run-finished'; readonly outcome: RunOutcome };

/** An event with its time (milliseconds since 1970 on this computer), as in the journal. */
export type TimedEvent = RunEvent & { readonly at: number };
