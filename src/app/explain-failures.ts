import type { Reason, StepOutcome } from '../base/states.ts';
import type { FailureCause, TimedEvent } from '../run/events.ts';
import { createLogReader, type LogFindings, type LogReader } from '../yum/explain/log-reader.ts';

/** What is collected from one step on one node while it runs. */
interface StepLog {
  readonly reader: LogReader;
  /** Whether the output belongs to the apply phase; a check may print anything. */
  applying: boolean;
  last: string;
}

function begin(): StepLog {
  return { reader: createLogReader(), applying: true, last: '' };
}

/** The exit code of the apply phase, if the script reported one. */
function exitCodeOf(reasons: readonly Reason[]): number | undefined {
  const code = Number(reasons.find((reason) => reason.code === 'apply-failed')?.args[0] ?? Number.NaN);
  return Number.isInteger(code) ? code : undefined;
}

function failureCauseOf(
  words: LogFindings,
  { reader, last }: StepLog,
  reasons: readonly Reason[],
): FailureCause {
  const { outcome } = words.summary;
  // If yum itself reports success, something else failed.
  const well = outcome === 'success' || outcome === 'nothing-to-do';
  const { summary, explanation } = well ? words : reader.end(exitCodeOf(reasons));
  const line = (well ? undefined : summary.mainError) ?? last;
  return { ...(line === '' ? {} : { line }), ...(explanation ? { explanation } : {}) };
}

/** Outcomes that need an explanation. */
function isFailure(outcome: StepOutcome): boolean {
  return outcome === 'failed' || outcome === 'interrupted';
}

/** Notes that a step gives itself. */
const ownNotes: ReadonlySet<string> = new Set(['reboot-needed']);
const maxNotes = 5;

/** Problems that did not stop the step, such as a scriptlet that failed, each with the line that shows it. */
function notesOf({ notes }: LogFindings): readonly Reason[] {
  return notes
    .filter(({ id }) => !ownNotes.has(id))
    .slice(0, maxNotes)
    .map(({ id, line }) => ({ code: 'package-note', args: [id, line.slice(0, 500)] }));
}

type Finished = Extract<TimedEvent, { type: 'step-finished' }>;

function* finish(event: Finished, log: StepLog): Generator<TimedEvent> {
  const { node, step, at, outcome, reasons } = event;
  const words = log.reader.end();
  for (const reason of notesOf(words)) yield { type: 'notice', node, step, at, reason };
  yield isFailure(outcome) ? { ...event, trouble: failureCauseOf(words, log, reasons) } : event;
}

/** Adds to each step notes about its log, and to a failed one the log line that shows the cause, and its explanation. */
export async function* explainFailures(events: AsyncIterable<TimedEvent>): AsyncGenerator<TimedEvent> {
  const logs = new Map<string, StepLog>();
  for await (const event of events) {
    if (!('step' in event)) {
      yield event;
      continue;
    }
    const key = `${event.node}\n${event.step}`;
    let log = logs.get(key);
    if (!log) {
      log = begin();
      logs.set(key, log);
    }
    if (event.type === 'phase') log.applying = event.phase === 'apply';
    if (event.type === 'log') {
      if (event.line.trim() !== '') log.last = event.line;
      if (log.applying) log.reader.push(`${event.line}\n`);
    }
    if (event.type !== 'step-finished') {
      yield event;
      continue;
    }
    logs.delete(key);
    yield* finish(event, log);
  }
}
