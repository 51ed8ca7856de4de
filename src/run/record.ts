import type { TimedEvent } from './events.ts';
import { emptyRunState, type RunState, reduceRun } from './state.ts';

/** A run as its journal describes it: its own nodes and steps, whatever the cluster file contains now. */
export interface RunRecord {
  readonly started: Extract<TimedEvent, { type: 'run-started' }>;
  readonly state: RunState;
  /** Time of the last event, milliseconds since 1970. */
  readonly last: number;
}

/** The record after an event; undefined until the run has started. */
export function reduceRecord(record: RunRecord | undefined, event: TimedEvent): RunRecord | undefined {
  const started = event.type === 'run-started' ? event : record?.started;
  if (!started) return undefined;
  return { started, state: reduceRun(record?.state ?? emptyRunState, event), last: event.at };
}
