import { createHash } from 'node:crypto';
import type { Reason, StepOutcome } from '../../base/states.ts';
import type { NewJob } from '../../jobs/job.ts';
import type { Marker } from '../../plan/markers.ts';
import type { Payload, SecretValues } from '../../plan/payload.ts';
import type { RunEvent } from '../../run/events.ts';
import { addReason } from '../../run/reasons.ts';
import { createYumParser } from '../../yum/parser.ts';
import { follow } from './follow.ts';
import type { JobEnd } from './following.ts';
import type { JobPlace, JobRecord } from './job-files.ts';
import type { Link } from './link.ts';
import type { Ports } from './ports.ts';
import { cancelled } from './session.ts';

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

/** How a step's job ended, before what that means is found out. */
export interface JobReport {
  readonly end: JobEnd;
  readonly result?: Extract<Marker, { type: 'result' }>;
  /** The payload came to its own end. */
  readonly isWhole: boolean;
  /** Codes of what was noticed. */
  readonly noticed: ReadonlySet<string>;
  /** Reasons of the last check. */
  readonly reasons: readonly Reason[];
  readonly milliseconds: number;
}

/** Log lines that the yum parser only passes on are events already. */
const passedOn: ReadonlySet<string> = new Set(['text', 'unparsed', 'scriptlet']);
/** Events that follow from the log alone, so that a resumed job would tell them again. */
const fromLog: ReadonlySet<RunEvent['type']> = new Set(['log', 'phase', 'step-state', 'yum']);

/** Whether an event is one that a resumed job tells again. */
export function isFromLog({ type }: RunEvent): boolean {
  return fromLog.has(type);
}

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

function* ofMarker(
  marker: Marker,
  on: { readonly node: string; readonly step: string },
  reasons: Reason[],
): Generator<RunEvent> {
  if (marker.type === 'phase') {
    reasons.length = 0;
    yield { type: 'phase', ...on, phase: marker.phase };
  }
  if (marker.type === 'because') addReason(reasons, marker.reason);
  if (marker.type === 'state')
    yield { type: 'step-state', ...on, state: marker.state, reasons: [...reasons] };
  if (marker.type === 'notice') yield { type: 'notice', ...on, reason: marker.reason };
}

/** Runs one step on one node as a job there and tells what it does; the return value is how it ended. */
export async function* runJob(context: JobContext, request: JobRequest): AsyncGenerator<RunEvent, JobReport> {
  const { ports, link, signal, stepLimit } = context;
  const on = { node: link.node.name, step: request.step };
  const begun = ports.clock.now();
  const reasons: Reason[] = [];
  const noticed = new Set<string>();
  let applying = false;
  let isWhole = false;
  let result: JobReport['result'];
  const parser = createYumParser();
  const prepared = await prepare(context, request);
  if (!prepared) {
    const failure = ports.keeping.failure(on.node) ?? cancelled(link.node);
    return {
      end: { type: 'unreached', failure, begun: 'left' in request ? 'yes' : 'no' },
      isWhole,
      noticed,
      reasons,
      milliseconds: 0,
    };
  }
  const { told, ...job } = prepared;
  let again = told;
  const isNew = (event: RunEvent): boolean => !isFromLog(event) || again-- <= 0;
  const limit = stepLimit === undefined ? {} : { limit: stepLimit };
  const items = follow({ link, ports, signal, ...job, ...limit });
  let next = await items.next();
  for (; !next.done; next = await items.next()) {
    const item = next.value;
    if (item.type === 'notice') {
      noticed.add(item.reason.code);
      yield { type: 'notice', ...on, reason: item.reason };
    } else if (item.type === 'log') {
      const event: RunEvent = { type: 'log', ...on, stream: item.stream, line: item.line };
      if (isNew(event)) yield event;
      if (!applying) continue;
      for (const found of parser.push(`${item.line}\n`)) {
        if (passedOn.has(found.type)) continue;
        const yum: RunEvent = { type: 'yum', ...on, event: found };
        if (isNew(yum)) yield yum;
      }
    } else {
      const { marker } = item;
      if (marker.type === 'phase') applying = marker.phase === 'apply';
      if (marker.type === 'result') result = marker;
      if (marker.type === 'end') isWhole = true;
      if (marker.type === 'notice') noticed.add(marker.reason.code);
      for (const event of ofMarker(marker, on, reasons)) if (isNew(event)) yield event;
    }
  }
  for (const found of parser.end()) if (!passedOn.has(found.type)) yield { type: 'yum', ...on, event: found };
  const milliseconds = ports.clock.now() - begun;
  const end = next.value;
  return { end, isWhole, noticed, reasons, milliseconds, ...(result ? { result } : {}) };
}

/** What the report of a job comes to: its outcome and why. */
export function verdictOf(report: JobReport): {
  readonly outcome: StepOutcome;
  readonly reasons: readonly Reason[];
} {
  const { end, result, isWhole, noticed, reasons } = report;
  const because = (code: string, ...args: readonly string[]): Reason[] => [{ code, args }];
  switch (end.type) {
    case 'ended': {
      if (end.code === 'cancelled') return { outcome: 'cancelled', reasons: [] };
      if (!isWhole) return { outcome: 'interrupted', reasons: because('job-broke-off', end.code) };
      if (!result) return { outcome: 'failed', reasons: because('job-no-result') };
      if (result.outcome === 'cancelled')
        return noticed.has('timed-out')
          ? { outcome: 'failed', reasons: [...because('timed-out-ended'), ...reasons] }
          : { outcome: 'cancelled', reasons: [] };
      if (result.outcome === 'interrupted')
        return { outcome: 'interrupted', reasons: result.reason ? [result.reason] : [] };
      if (result.outcome !== 'failed') return { outcome: result.outcome, reasons: [] };
      return { outcome: 'failed', reasons: result.reason ? [result.reason, ...reasons] : reasons };
    }
    case 'gone':
      return { outcome: 'interrupted', reasons: because(`job-${end.state}`) };
    case 'refused':
      return {
        outcome: 'failed',
        reasons:
          end.why === 'not-root'
            ? because('not-root', ...end.values)
            : because(`job-${end.why}`, ...end.values),
      };
    case 'unreached': {
      const isCancelled = end.failure.code === 'cancelled';
      // A job that was never sent is at work nowhere, and never will be.
      if (end.begun === 'no')
        return { outcome: isCancelled ? 'cancelled' : 'failed', reasons: because('job-not-started') };
      const code = end.begun === 'unknown' ? 'job-unknown' : 'job-unreached';
      return {
        outcome: isCancelled ? 'cancelled' : 'interrupted',
        reasons: because(end.failure.code === 'not-kept' ? 'job-not-kept' : code),
      };
    }
  }
}
