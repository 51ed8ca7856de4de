import type { Reason, StepOutcome } from '../base/states.ts';
import type { TimedEvent, Trouble } from '../run/events.ts';
import { createLogReader, type LogReader } from '../yum/explain/log-reader.ts';

/** What is read of one step on one node while it runs. */
interface Reading {
  readonly reader: LogReader;
  /** Whether what it prints belongs to the change itself; a check may print anything. */
  applying: boolean;
  last: string;
}

function begin(): Reading {
  return { reader: createLogReader(), applying: true, last: '' };
}

/** The exit code that the step's change ended with, where the script tells it. */
function exitCodeOf(reasons: readonly Reason[]): number | undefined {
  const code = Number(reasons.find((reason) => reason.code === 'apply-failed')?.args[0] ?? Number.NaN);
  return Number.isInteger(code) ? code : undefined;
}

function troubleOf({ reader, last }: Reading, reasons: readonly Reason[]): Trouble {
  const words = reader.end();
  const { outcome } = words.summary;
  // Something else failed where yum itself says that all is well.
  const well = outcome === 'success' || outcome === 'nothing-to-do';
  const { summary, explanation } = well ? words : reader.end(exitCodeOf(reasons));
  const line = (well ? undefined : summary.mainError) ?? last;
  return { ...(line === '' ? {} : { line }), ...(explanation ? { explanation } : {}) };
}

/** Outcomes that somebody wants to know the cause of. */
function isFailure(outcome: StepOutcome): boolean {
  return outcome === 'failed' || outcome === 'interrupted';
}

/** Passes events through; those of steps that failed also say what line tells why, and what that means. */
export async function* explainFailures(events: AsyncIterable<TimedEvent>): AsyncGenerator<TimedEvent> {
  const readings = new Map<string, Reading>();
  for await (const event of events) {
    if (!('step' in event)) {
      yield event;
      continue;
    }
    const key = `${event.node}\n${event.step}`;
    let reading = readings.get(key);
    if (!reading) {
      reading = begin();
      readings.set(key, reading);
    }
    if (event.type === 'phase') reading.applying = event.phase === 'apply';
    if (event.type === 'log') {
      if (event.line.trim() !== '') reading.last = event.line;
      if (reading.applying) reading.reader.push(`${event.line}\n`);
    }
    if (event.type === 'step-finished') readings.delete(key);
    yield event.type === 'step-finished' && isFailure(event.outcome)
      ? { ...event, trouble: troubleOf(reading, event.reasons) }
      : event;
  }
}
