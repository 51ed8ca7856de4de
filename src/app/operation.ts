import type { RunKind } from '../base/states.ts';
import type { BatchPlan } from '../cluster/batches.ts';
import type { Cluster } from '../cluster/model.ts';
import type { NodeDifference } from '../plan/differences.ts';
import type { Selection } from '../plan/selection.ts';
import type { Cancellation } from './cancellation.ts';
import type { Policy } from './node-work.ts';

/** What the user asked for: `check`, `run` (check and apply) or `undo`. */
export interface Operation {
  readonly kind: RunKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  /** The cluster file, as named by the front end. */
  readonly file?: string;
  readonly policy?: Policy;
  /** Time limit for a step, milliseconds. */
  readonly stepLimitMs?: number;
  /** Receives cancel requests while it runs. */
  readonly cancellation?: Cancellation;
  /** For a check: receives what a run would change on each node; it is in no journal. */
  readonly onDifference?: (difference: NodeDifference) => void;
  /** The run that is retried. */
  readonly retried?: RetriedRun;
}

/** What a retry takes from the run before it. */
export interface RetriedRun {
  /** Its batches, if it had several. */
  readonly plan?: BatchPlan;
  /** The steps that ended well in it, by node. */
  readonly done: ReadonlyMap<string, ReadonlySet<string>>;
}
