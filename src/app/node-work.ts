import type { StepOutcome } from '../base/states.ts';
import type { Cluster } from '../cluster/model.ts';
import type { Rollout } from '../cluster/rollout.ts';
import type { OccupiedAnswer } from '../remote/base/prompts.ts';
import type { Cancellation } from './cancellation.ts';
import type { JobRecord } from './jobs/job-files.ts';
import type { JobContext } from './jobs/run-job.ts';
import type { Absences } from './quorum.ts';
import type { SerialQueue } from './serial-steps.ts';

/** What a run does after a failure, and what it may do without asking. */
export interface Policy {
  /** After the first failure, no node starts another step. */
  readonly failFast?: boolean;
  /** Reboots a node after a step that requires it. */
  readonly reboot?: boolean;
  /** Overrides the batches of the cluster file, key by key. */
  readonly rollout?: Rollout;
  /** What to do on a node where another run works; without it, the user is asked. */
  readonly occupied?: OccupiedAnswer;
}

/** A job that an earlier process started on the node. */
export interface UnfinishedJob {
  readonly record: JobRecord;
  /** How many of its log events were already reported. */
  readonly reported: number;
}

/** What a node was doing for its quorums when the process of the run ended. */
export interface UnfinishedAbsence {
  readonly step: string;
  /** The services whose members were asked and were not known to answer again. */
  readonly services: readonly string[];
  /** The step requires a reboot that has not ended. */
  readonly needsReboot: boolean;
  /** The id of the boot that the node was asked to end. */
  readonly boot?: string;
}

export interface NodeWork extends JobContext {
  readonly cluster: Cluster;
  readonly policy: Policy;
  readonly cancellation: Cancellation;
  readonly serialQueue: SerialQueue;
  readonly absences: Absences;
  /** The first node that failed, for `failFast`. */
  readonly failed: { node?: string };
  /** Whether a job has started on any node of this run. */
  readonly activity: { hasBegun: boolean };
  /** When the node was checked, milliseconds since 1970; absent if it was not. */
  readonly checkedAt?: number;
  /** The steps that were reported without a job, since the check had found them done. */
  readonly skipped: Set<string>;
  readonly unfinishedJob?: UnfinishedJob;
  readonly away?: UnfinishedAbsence;
  /** The steps of the run that ended on the node before it was resumed. */
  readonly ended?: ReadonlyMap<string, StepOutcome>;
}
