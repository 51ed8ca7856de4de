import { createHash } from 'node:crypto';
import { cancelled } from '../../base/failure.ts';
import type { NewJob } from '../../jobs/job.ts';
import type { Payload, SecretValues } from '../../plan/payload.ts';
import type { RunEvent } from '../../run/events.ts';
import { follow } from './follow.ts';
import { JobEvents, nothingFound } from './job-events.ts';
import type { JobPlace, JobRecord } from './job-files.ts';
import type { Link } from './link.ts';
import type { Ports } from './ports.ts';
import type { JobReport } from './verdict.ts';

/** What a run knows that concerns every one of its jobs. */
export interface JobContext {
  readonly run: string;
  readonly link: Link;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly secrets: SecretValues;
  /** So long may a step take, milliseconds. */
  readonly stepLimit?: number;
}

/** A job to start, or one that an earlier process has left: then with what it has told already. */
export type JobRequest =
  | { readonly step: string; readonly payload: Payload; readonly attempt: number }
  | { readonly step: string; readonly left: JobRecord; readonly told: number };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function newJob(context: JobContext, place: JobPlace, payload: Payload): NewJob {
  const { ports, secrets } = context;
  const nonce = ports.names.nonce();
  const text = payload.text(nonce);
  return {
    job: `${place.run}.${place.step}.${place.attempt}`,
    nonce,
    step: place.step,
    text,
    sum: sha256(text),
    key: sha256(payload.text('')),
    who: ports.who,
    secrets: payload.secrets.map((name) => secrets.get(name) ?? ''),
  };
}

/** Notes the job before anything is sent, and opens its log; undefined where that cannot be written. */
async function prepare(context: JobContext, request: JobRequest) {
  const { ports, link, run } = context;
  if ('left' in request) {
    const log = await ports.files.openLog(request.left);
    return log && { record: request.left, log, told: request.told };
  }
  const place = { run, node: link.node.name, step: request.step, attempt: request.attempt };
  const job = newJob(context, place, request.payload);
  const record: JobRecord = { ...place, job: job.job, nonce: job.nonce };
  const log = (await ports.files.note(record)) ? await ports.files.openLog(place) : undefined;
  return log && { record, log, job, told: 0 };
}

/** Runs one step on one node as a job there and tells what it does; the return value is how it ended. */
export async function* runJob(context: JobContext, request: JobRequest): AsyncGenerator<RunEvent, JobReport> {
  const { ports, link, signal, stepLimit } = context;
  const on = { node: link.node.name, step: request.step };
  const started = ports.clock.now();
  const prepared = await prepare(context, request);
  if (!prepared) {
    const failure = ports.keeping.failure(on.node) ?? cancelled(link.node.name);
    const begun = 'left' in request ? 'yes' : 'no';
    return { end: { type: 'unreached', failure, begun }, ...nothingFound, milliseconds: 0 };
  }
  const { told, ...job } = prepared;
  const events = new JobEvents(on, told);
  const limit = stepLimit === undefined ? {} : { limit: stepLimit };
  const items = follow({ link, ports, signal, ...job, ...limit });
  let next = await items.next();
  for (; !next.done; next = await items.next()) for (const event of events.of(next.value)) yield event;
  for (const event of events.end()) yield event;
  return { end: next.value, ...events.findings, milliseconds: ports.clock.now() - started };
}
