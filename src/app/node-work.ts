import type { ChangeKind } from '../base/run-kind.ts';
import type { Cluster } from '../cluster/model.ts';
import type { Cancellation } from './cancellation.ts';
import type { JobRecord } from './jobs/job-files.ts';
import type { JobContext } from './jobs/run-job.ts';
import type { Turns } from './serial-steps.ts';

/** What a run does when a node fails, and what it may do unasked. */
export interface Policy {
  /** The first failure keeps every other node from beginning another step. */
  readonly failFast?: boolean;
  /** Reboots a node after a step that says that this is due. */
  readonly reboot?: boolean;
}

/** A job that an earlier process has left on the node. */
export interface LeftJob {
  readonly record: JobRecord;
  /** How many events of it that follow from its log were told already. */
  readonly told: number;
}

export interface NodeWork extends JobContext {
  readonly cluster: Cluster;
  readonly policy: Policy;
  readonly kind: ChangeKind;
  readonly cancellation: Cancellation;
  readonly turns: Turns;
  /** Set by the first node that fails, for `failFast`. */
  readonly failed: { node?: string };
  readonly leftJob?: LeftJob;
}
