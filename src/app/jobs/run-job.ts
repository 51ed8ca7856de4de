import { createHash } from 'node:crypto';
import { cancelled } from '../../base/failure.ts';
import type { ChangeKind } from '../../base/run-kind.ts';
import type { NewJob } from '../../jobs/job.ts';
import type { OtherJob } from '../../jobs/others.ts';
import type { Payload, SecretValues } from '../../plan/payload.ts';
import type { RunEvent } from '../../run/events.ts';
import { follow } from './follow.ts';
import { JobEvents, noFindings } from './job-events.ts';
import type { JobKey, JobRecord } from './job-files.ts';
import type { NodeConnection } from './node-connection.ts';
import type { Ports } from './ports.ts';
import type { JobReport } from './verdict.ts';

/** What all jobs of a run on a node share. */
export interface JobContext {
  readonly run: string;
  readonly kind: ChangeKind;
  readonly link: NodeConnection;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly secrets: SecretValues;
  /** Time limit for a step, milliseconds. */
  readonly stepLimitMs?: number;
}

/**
 * A job to start; a job of another run, which is only followed; or one that an earlier process started, with the number of events
 * already reported.
 */
export type JobRequest =
  | (Pick<NewJob, 'place' | 'hasMore'> & {
      readonly step: string;
      readonly payload: Payload;
      readonly attempt: number;
    })
  | { readonly step: string; readonly other: OtherJob; readonly attempt: number }
  | { readonly step: string; readonly unfinished: JobRecord; readonly reported: number };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

type StartRequest = Extract<JobRequest, { payload: Payload }>;

function newJob(context: JobContext, key: JobKey, { payload, place, hasMore }: StartRequest): NewJob {
  const { ports, secrets, run, kind } = context;
  const nonce = ports.names.nonce();
  const text = payload.text(nonce);
  return {
    job: `${key.run}.${key.step}.${key.attempt}`,
    nonce,
    step: key.step,
    text,
    sum: sha256(text),
    key: sha256(payload.text('')),
    origin: { run, who: ports.who, kind },
    place,
    hasMore,
    secrets: payload.secrets.map((name) => secrets.get(name) ?? ''),
    hidden: [...(ports.typed?.() ?? [])],
  };
}

/** Records the job before anything is sent, and opens its log; undefined if that cannot be written. */
async function prepare(context: JobContext, request: JobRequest) {
  const { ports, link, run } = context;
  if ('unfinished' in request) {
    const log = await ports.files.openLog(request.unfinished);
    return log && { record: request.unfinished, log, reported: request.reported };
  }
  if ('other' in request) {
    const { job, nonce, who } = request.other;
    // Not recorded: a job of another run is not resumed by this one.
    const key = { run, node: link.node.name, step: request.step, attempt: request.attempt };
    const log = await ports.files.openLog(key);
    return log && { record: { ...key, job, nonce }, log, startedBy: who, reported: 0 };
  }
  const place = { run, node: link.node.name, step: request.step, attempt: request.attempt };
  const job = newJob(context, place, request);
  const record: JobRecord = { ...place, job: job.job, nonce: job.nonce };
  const log = (await ports.files.record(record)) ? await ports.files.openLog(place) : undefined;
  return log && { record, log, job, reported: 0 };
}

/** Runs one step on one node as a job and yields its events; returns how it ended. */
export async function* runJob(context: JobContext, request: JobRequest): AsyncGenerator<RunEvent, JobReport> {
  const { ports, link, signal, stepLimitMs } = context;
  const on = { node: link.node.name, step: request.step };
  const startedAt = ports.clock.now();
  const prepared = await prepare(context, request);
  if (!prepared) {
    const failure = ports.writeGuard.failure(on.node) ?? cancelled(link.node.name);
    const started = 'payload' in request ? 'no' : 'yes';
    return { end: { type: 'unreached', failure, started }, ...noFindings, milliseconds: 0 };
  }
  const { reported, ...job } = prepared;
  const events = new JobEvents(on, reported);
  const limit = stepLimitMs === undefined || 'other' in request ? {} : { limitMs: stepLimitMs };
  const items = follow({ link, ports, signal, ...job, ...limit });
  let next = await items.next();
  for (; !next.done; next = await items.next()) for (const event of events.of(next.value)) yield event;
  for (const event of events.end()) yield event;
  return { end: next.value, ...events.findings, milliseconds: ports.clock.now() - startedAt };
}
