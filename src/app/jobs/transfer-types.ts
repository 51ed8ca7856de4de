import type { Failure } from '../../base/failure.ts';
import type { JobState, Refusal } from '../../jobs/frames.ts';
import type { NewJob } from '../../jobs/job.ts';
import type { JobLog, JobRecord } from './job-files.ts';
import type { NodeConnection } from './node-connection.ts';
import type { Ports } from './ports.ts';

/** A job to follow. */
export interface TransferRequest {
  readonly link: NodeConnection;
  readonly ports: Ports;
  /** Cancels the job on the node. */
  readonly signal: AbortSignal;
  readonly record: JobRecord;
  readonly log: JobLog;
  /** What to start; absent for a job that an earlier process sent. */
  readonly job?: NewJob;
  /** Who started the job, if it is of another run: it is only followed. */
  readonly startedBy?: string;
}

/** How a job ended, as far as this side knows. */
export type JobEnd =
  /** It has an exit code; `intact` if the local log is identical to the node's. */
  | { readonly type: 'ended'; readonly code: string; readonly intact: boolean }
  | { readonly type: 'gone'; readonly state: JobState }
  | { readonly type: 'refused'; readonly why: Refusal; readonly values: readonly string[] }
  /** It is no longer followed: the node is unreachable, or files cannot be written on this computer. */
  | { readonly type: 'unreached'; readonly failure: Failure; readonly started: StartState };

/** Whether the job was seen running; `no` if nothing was sent, so that it never starts. */
export type StartState = 'yes' | 'unknown' | 'no';
