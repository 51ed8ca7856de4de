import type { Failure } from '../../base/failure.ts';
import type { JobState, Refusal } from '../../jobs/frames.ts';
import type { NewJob } from '../../jobs/job.ts';
import type { JobLog, JobRecord } from './job-files.ts';
import type { Link } from './link.ts';
import type { Ports } from './ports.ts';

/** A job to follow. */
export interface TransferRequest {
  readonly link: Link;
  readonly ports: Ports;
  /** Cancels the job on the node. */
  readonly signal: AbortSignal;
  readonly record: JobRecord;
  readonly log: JobLog;
  /** What to start; absent for a job that an earlier process has sent. */
  readonly job?: NewJob;
}

/** How a job ended, as far as that can be known from here. */
export type JobEnd =
  /** With an exit code; `intact` when the log here is the node's to the byte. */
  | { readonly type: 'ended'; readonly code: string; readonly intact: boolean }
  | { readonly type: 'gone'; readonly state: JobState }
  | { readonly type: 'refused'; readonly why: Refusal; readonly values: readonly string[] }
  /** It is not followed any more: the node is out of reach, or nothing can be written here. */
  | { readonly type: 'unreached'; readonly failure: Failure; readonly begun: Begun };

/** Whether a job was seen at work on its node; `no` where nothing of it was sent, so that it never will be. */
export type Begun = 'yes' | 'unknown' | 'no';
